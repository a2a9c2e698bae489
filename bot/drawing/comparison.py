"""The drugs side by side: what single studies found, and what is said over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.answer import State
from bot.domain.catalogue import Catalogue
from bot.domain.finding import Finding, Statement
from bot.domain.reply import Passage
from bot.drawing.plan import Line, Mark, Plan, Row, Section, Shape, read_of, used
from bot.drawing.shares import PERCENT, gather, others, tag, together
from bot.studies.outcomes import NEUROPATHY, RELAPSE, RESPONSE, Measure, Outcome

MEASURES = (RESPONSE, RELAPSE, NEUROPATHY)
SIGNS = (Shape.STROKE, Shape.RING, Shape.TRIANGLE, Shape.CROSS)
"""The mark of a single study, drug by drug."""
_LEGEND: dict[Shape | Line, str] = {
    Shape.DIAMOND: "pooled",
    Line.CAPPED: "95% interval, as printed",
    Line.DASHED: "range over studies",
}
_NOTES = (
    "Figures of different studies, side by side: no comparison of the drugs.",
    "The charts of each drug name the single studies.",
)


def plan(catalogue: Catalogue) -> Plan | None:
    """The picture; None where fewer than two drugs have a study to show."""
    measures = [measure for measure in MEASURES if measure.topic in catalogue.topics]
    drawn = [drug for drug in catalogue.drugs if any(outcomes(catalogue, drug, measure) for measure in measures)]
    if len(drawn) < 2:
        return None
    sections = tuple(_section(catalogue, measure) for measure in measures)
    names = " and ".join(drug.name for drug in catalogue.drugs.values()).capitalize()
    signs: dict[Shape | Line, str] = {
        sign: f"one study, {drug.name}" for sign, drug in zip(SIGNS, catalogue.drugs.values(), strict=False)
    }
    return Plan(
        title=names,
        subtitle="Share of patients, by drug",
        scale=PERCENT,
        sections=sections,
        legend=used(signs | _LEGEND, sections),
        notes=(*_cautions(catalogue), *_NOTES, read_of(sections)),
        footer=catalogue.messages.disclaimer,
        caption=f"{names}: {', '.join(section.heading.lower() for section in sections)}, side by side. "
        "Figures of different studies are no comparison of the drugs.",
    )


def outcomes(catalogue: Catalogue, drug: str, measure: Measure) -> tuple[Outcome, ...]:
    """The single studies that are on the subject in general, the lowest share first."""
    found = (one for one in gather(catalogue, drug, measure).outcomes if not others(catalogue, one.findings[0]))
    return tuple(sorted(found, key=lambda one: one.percent))


def _section(catalogue: Catalogue, measure: Measure) -> Section:
    """The drugs one below the other; every second one shaded."""
    rows = (
        replace(row, shaded=place % 2 == 1)
        for place, (drug, sign) in enumerate(zip(catalogue.drugs, SIGNS, strict=False))
        for row in _rows(catalogue, drug, measure, sign)
    )
    return Section(catalogue.topics[measure.topic].title, tuple(rows))


def _rows(catalogue: Catalogue, drug: str, measure: Measure, sign: Shape) -> Iterator[Row]:
    """The studies on one line, then what is said over all of them; or that nothing was found, or nothing said."""
    name = catalogue.drugs[drug].name.capitalize()
    single = outcomes(catalogue, drug, measure)
    overall = tuple(together(catalogue, drug, measure))
    if single:
        yield _strip(catalogue, name, single, sign)
    for row in overall:
        yield replace(row, label=f"{name}, {row.label}", spoken=f"{name}, {row.spoken}")
    if not single and not overall:
        none = catalogue.state_of(drug, measure.topic) is State.REPORTED_NONE
        said = "none reported" if none else "no share reported"
        yield Row(name, said, f"{name}, {said}")


def _strip(catalogue: Catalogue, name: str, single: tuple[Outcome, ...], sign: Shape) -> Row:
    each = [(tag(catalogue, one.study), one.words) for one in single]
    marks = tuple(Mark(float(one.percent), sign) for one in single)
    sources = tuple(citation for one in single for found in one.findings for citation in found.citations)
    if len(each) == 1:
        ((who, words),) = each
        return Row(f"{name}, {who}", words, f"{name}, {who}, {words}", marks, sources=sources)
    label, span = f"{name}, {len(each)} studies", f"{single[0].percent:.0f} to {single[-1].percent:.0f}%"
    named = ", ".join(f"{who} {words}" for who, words in each)
    return Row(label, span, f"{label}, {span} ({named})", marks, sources=sources)


def _cautions(catalogue: Catalogue) -> Iterator[str]:
    """What must be known of "none reported": the caution on that very finding."""
    for measure in MEASURES:
        for drug in catalogue.drugs:
            answer = catalogue.answers.get((drug, measure.topic))
            if answer and answer.state is State.REPORTED_NONE:
                scope = catalogue.scope(drug, measure.topic)
                lead = (located.finding for located in Passage(answer.answer, scope).findings)
                name, title = catalogue.drugs[drug].name.capitalize(), catalogue.topics[measure.topic].title.lower()
                yield from (f"{name}, {title}: {finding.caution}" for finding in lead if _is_none(finding))


def _is_none(finding: Finding) -> bool:
    return isinstance(finding, Statement) and finding.kind == "none_reported" and finding.caution is not None

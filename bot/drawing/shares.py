"""Shares of patients, study by study: response, relapse and neuropathy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.domain.catalogue import Catalogue, Located
from bot.domain.figure import Bound, Range, Share, Unit, wilson
from bot.domain.finding import CountFinding, Method, Statement
from bot.domain.reference import Design
from bot.domain.reply import Passage
from bot.drawing.plan import Line, Mark, Plan, Row, Scale, Section, Shape, Stretch, read_of, striped, used
from bot.rendering.figures import figure, number
from bot.studies.outcomes import Measure, Outcome, outcome, single_studies, told_by_others

PERCENT = Scale(0, 100, tuple((float(percent), f"{percent}%") for percent in (0, 25, 50, 75, 100)))
METHODS = {
    Method.NERVE_TESTS: ("Nerve tests", Shape.SQUARE),
    Method.CONFIRMED: ("Symptoms, then nerve tests", Shape.DISC),
    Method.SYMPTOMS: ("Symptoms alone", Shape.TRIANGLE),
    Method.NOT_STATED: ("How is not stated", Shape.CROSS),
}
_LEGEND: dict[Shape | Line, str] = {
    Shape.DISC: "counts printed",
    Shape.RING: "percentage alone",
    Shape.DIAMOND: "pooled",
    Line.CAPPED: "95% interval (Wilson or printed)",
    Line.DASHED: "range over studies",
}
"""What the marks mean. Those of the methods stand before their headings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A picture of this kind: its measure, and what is marked by shape."""

    measure: Measure
    by_method: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """What there is to draw of a measure, and who is left out for which reason."""

    outcomes: tuple[Outcome, ...]
    left_out: Mapping[str, tuple[str, ...]]


def plan(catalogue: Catalogue, drug: str, kind: Kind) -> Plan | None:
    """The picture; None where no study gives a share."""
    gathered = gather(catalogue, drug, kind.measure)
    if not gathered.outcomes:
        return None
    sections = (*_together(catalogue, drug, kind.measure), *_sections(catalogue, gathered.outcomes, kind))
    legend = {sign: words for sign, words in _LEGEND.items() if not (kind.by_method and sign is Shape.DISC)}
    topic, name = catalogue.topics[kind.measure.topic].title, catalogue.drugs[drug].name.capitalize()
    return Plan(
        title=f"{name}: {topic[0].lower()}{topic[1:]}",
        subtitle="Share of patients, study by study",
        scale=PERCENT,
        sections=sections,
        legend=used(legend, sections),
        notes=(*_sums(gathered), *_omissions(gathered), read_of(sections)),
        footer=catalogue.messages.disclaimer,
        caption=f"{name}, {topic[0].lower()}{topic[1:]}: {_summary(catalogue, drug, kind.measure, gathered)}",
    )


def gather(catalogue: Catalogue, drug: str, measure: Measure) -> Gathered:
    """The share of each study once, the largest study first."""
    found: list[Outcome] = []
    left_out: dict[str, list[str]] = {}
    for key, study in single_studies(catalogue, drug).items():
        one = outcome(catalogue, key, measure)
        if why := _reason(catalogue, key, one, measure):
            left_out.setdefault(why, []).append(tag(catalogue, key))
        elif one and study.same_patients_as is None:
            found.append(one)
    return Gathered(
        tuple(sorted(found, key=lambda one: (-(one.of or 0), tag(catalogue, one.study)))),
        {why: tuple(who) for why, who in left_out.items()},
    )


def _reason(catalogue: Catalogue, key: str, one: Outcome | None, measure: Measure) -> str | None:
    """Why a study that has something to say of it is not drawn."""
    if one is None:
        said = [located for name in measure.names if (located := catalogue.findings.get(f"{key}.{name}"))]
        if any(isinstance(located.finding, CountFinding) for located in said):
            return "counted without saying of how many"
        if any(isinstance(located.finding, Statement) and located.finding.kind == "none_reported" for located in said):
            return "said to be none, without a count"
        return None
    if any(map(told_by_others, one.findings)):
        return "as only others tell it"
    if catalogue.studies[key].same_patients_as:
        return "the same patients as in another study"
    return None


def tag(catalogue: Catalogue, study: str) -> str:
    """The short name of a study's source."""
    return catalogue.references[catalogue.studies[study].source.reference].tag


def others(catalogue: Catalogue, located: Located) -> str | None:
    """Name of the group of patients, where the figure is not for the subject in general."""
    population = located.finding.population
    if population is None:
        return None
    record = catalogue.populations[population]
    general = record.general_figure and catalogue.lineage(population)[-1] == next(iter(catalogue.populations))
    return None if general else record.name


def _sections(catalogue: Catalogue, outcomes: tuple[Outcome, ...], kind: Kind) -> Iterator[Section]:
    if not kind.by_method:
        yield Section("Single studies", striped(_row(catalogue, one, None) for one in outcomes))
        return
    for method, (words, shape) in METHODS.items():
        if rows := striped(_row(catalogue, one, shape) for one in outcomes if _method(one) is method):
            yield Section(words, rows, shape)


def _method(one: Outcome) -> Method:
    return one.findings[0].finding.method or Method.NOT_STATED


def _row(catalogue: Catalogue, one: Outcome, shape: Shape | None) -> Row:
    name = tag(catalogue, one.study)
    aside = ", ".join(filter(None, (one.qualifier, others(catalogue, one.findings[0]))))
    interval = interval_of(one)
    said = "cleared or improved in part" if one.summed else one.findings[0].finding.says
    spoken = f"{name}{f' ({aside})' if aside else ''}, {said}, {one.words}"
    if interval:
        spoken += f" (interval {interval[0]:.0f}% to {interval[1]:.0f}%)"
    return Row(
        label=f"{name} ({aside})" if aside else name,
        figure=f"{one.words}*" if one.summed else one.words,
        spoken=spoken,
        marks=(Mark(float(one.percent), shape or (Shape.RING if one.count is None else Shape.DISC)),),
        stretches=(Stretch(*interval, Line.CAPPED),) if interval else (),
        sources=tuple(citation for located in one.findings for citation in located.citations),
    )


def interval_of(one: Outcome) -> tuple[float, float] | None:
    """The 95% Wilson interval in percent; None where nobody says of how many patients.

    Where the source prints a percentage alone, it is that of the nearest count.
    """
    if not one.of:
        return None
    low, high = wilson(one.count if one.count is not None else round(one.percent * one.of / 100), one.of)
    return max(low, 0.0), min(high, 100.0)


def _together(catalogue: Catalogue, drug: str, measure: Measure) -> Iterator[Section]:
    if rows := striped(together(catalogue, drug, measure)):
        yield Section("All studies together", rows)


def together(catalogue: Catalogue, drug: str, measure: Measure) -> Iterator[Row]:
    """What is said over many studies: pooled by a meta-analysis, then by the answer's first screen."""
    for key, study in catalogue.studies.items():
        if study.drug == drug and study.design is Design.META_ANALYSIS:
            for name, words in measure.pooled.items():
                if located := catalogue.findings.get(f"{key}.{name}"):
                    yield _over_studies(f"{tag(catalogue, key)}, {words}", located)
    answer = catalogue.answers.get((drug, measure.topic))
    lead = Passage(answer.answer, catalogue.scope(drug, measure.topic)).findings if answer else ()
    for located in lead:
        if located.study is None and located.finding.kind in {"share_of_patients", "range_of_studies"}:
            source = catalogue.references[located.citations[0].reference].tag
            words = "across studies" if located.finding.kind == "range_of_studies" else "in most reports"
            yield _over_studies(f"{source}, {words}", located)


def _over_studies(label: str, located: Located) -> Row:
    """A figure over many studies: a diamond with its printed interval, a span, or an arrow from a limit."""
    said = figure(located)
    row = Row(label, said, f"{label}, {located.finding.says}, {said}", sources=located.citations)
    match located.value:
        case Range(unit=Unit.PERCENT, low=low, high=high):
            ends = (None if low is None else float(low), None if high is None else float(high))
            return replace(row, stretches=(Stretch(*ends, Line.DASHED),))
        case Share(percent=percent, bound=Bound.MORE_THAN | Bound.AT_LEAST) if percent is not None:
            return replace(row, stretches=(Stretch(float(percent), None, Line.DASHED),))
        case Share(percent=percent, ci=ci) if percent is not None:
            short = f"{number(percent)}% ({number(ci.low)} to {number(ci.high)})" if ci else said
            lines = (Stretch(float(ci.low), float(ci.high), Line.CAPPED),) if ci else ()
            return replace(row, figure=short, marks=(Mark(float(percent), Shape.DIAMOND),), stretches=lines)
    return row


def _sums(gathered: Gathered) -> Iterator[str]:
    if any(one.summed for one in gathered.outcomes):
        yield "* Cleared and improved in part, added up here."


def _omissions(gathered: Gathered) -> Iterator[str]:
    return (f"Not drawn, {why}: {', '.join(who)}." for why, who in gathered.left_out.items())


def _summary(catalogue: Catalogue, drug: str, measure: Measure, gathered: Gathered) -> str:
    """The picture in a sentence: over how many studies, from where to where, and the first pooled figure."""
    shares = sorted(one.percent for one in gathered.outcomes)
    counted = "a single study" if len(shares) == 1 else f"{len(shares)} studies"
    span = f"{counted}, {shares[0]:.0f}%" + (f" to {shares[-1]:.0f}%" if len(shares) > 1 else "")
    first = next(together(catalogue, drug, measure), None)
    over_all = f" {first.label}: {first.figure}." if first else ""
    return f"{span}.{over_all} Lines with two ends are 95% intervals."

"""Time to response and time to relapse on one axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.domain.catalogue import Catalogue, Located
from bot.domain.figure import DAYS, Bound, Point, Range, Unit
from bot.drawing.plan import Line, Mark, Plan, Row, Scale, Section, Shape, Stretch, read_of, striped, used
from bot.drawing.shares import others, tag
from bot.rendering.figures import figure, kind
from bot.studies.outcomes import told_by_others

TICKS = ((1, Unit.DAY), (1, Unit.WEEK), (1, Unit.MONTH), (3, Unit.MONTH), (1, Unit.YEAR), (5, Unit.YEAR))
STAGES = (
    ("First benefit", None, ("first_effect",)),
    ("Response", "time_to_response", ("time_to_response",)),
    ("Best effect or clear skin", None, ("best_effect", "time_to_clearing", "time_to_complete_response")),
    ("Relapse after stopping", "time_to_relapse", ("time_to_relapse",)),
)
"""Heading, the topic whose own figures stand there, and the names of the studies' findings."""
_CENTRES = {"mean": Shape.DIAMOND, "median": Shape.DIAMOND}
_LEGEND: dict[Shape | Line, str] = {
    Line.THICK: "usual range",
    Line.CAPPED: "lowest to highest",
    Shape.DISC: "usual or single value",
    Shape.DIAMOND: "mean or median",
}


def plan(catalogue: Catalogue, drug: str) -> Plan | None:
    """The picture; None where no time is given."""
    sections = tuple(section for stage in STAGES if (section := _section(catalogue, drug, *stage)).rows)
    if not sections:
        return None
    name = catalogue.drugs[drug].name.capitalize()
    return Plan(
        title=f"{name}: how soon",
        subtitle="Time to response and to relapse, early times stretched",
        scale=time_scale(),
        sections=sections,
        legend=used(_LEGEND, sections),
        notes=(*_arrows(sections), read_of(sections)),
        footer=catalogue.messages.disclaimer,
        caption=f"{name}, time to response and to relapse. {_summary(catalogue, drug)}",
    )


def time_scale() -> Scale:
    """From a day to five years, each step in proportion."""
    ticks = tuple((float(DAYS[unit] * amount), f"{amount} {_SHORT[unit]}") for amount, unit in TICKS)
    return Scale(ticks[0][0], ticks[-1][0], ticks, logarithmic=True)


_SHORT = {Unit.DAY: "day", Unit.WEEK: "week", Unit.MONTH: "mo", Unit.YEAR: "yr"}


def _section(catalogue: Catalogue, drug: str, heading: str, topic: str | None, names: tuple[str, ...]) -> Section:
    found = (*_of_topic(catalogue, drug, topic), *_of_studies(catalogue, drug, names))
    return Section(heading, striped(row for label, located in found if (row := _row(label, located))))


def _of_topic(catalogue: Catalogue, drug: str, topic: str | None) -> Iterator[tuple[str, Located]]:
    """What the answer's first screen gives over all studies."""
    for name, words in (("usual", "most patients"), ("range", "extremes")):
        if located := catalogue.findings.get(f"{drug}.{topic}.{name}"):
            yield f"{catalogue.references[located.citations[0].reference].tag}, {words}", located


def _of_studies(catalogue: Catalogue, drug: str, names: tuple[str, ...]) -> Iterator[tuple[str, Located]]:
    for key, study in catalogue.studies.items():
        for name in names:
            located = catalogue.findings.get(f"{key}.{name}")
            if study.drug == drug and not study.same_patients_as and located and not told_by_others(located):
                yield _label(catalogue, key, located), located


def _label(catalogue: Catalogue, study: str, located: Located) -> str:
    """The study, who was in it where that is not the subject in general, and who tells it where that is another."""
    own, teller = tag(catalogue, study), catalogue.references[located.citations[0].reference].tag
    group = others(catalogue, located)
    return own + (f" ({group})" if group else "") + (f", in {teller}" if teller != own else "")


def _row(label: str, located: Located) -> Row | None:
    words = figure(located)
    row = Row(label, words, f"{label}, {located.finding.says}, {kind(located)} {words}", sources=located.citations)
    match value := located.value:
        case Range(unit=unit) if unit in DAYS:
            line = Line.THICK if located.finding.kind == "usual_range" else Line.CAPPED
            stretch = Stretch(_days(value.low, value.low_unit or unit), _days(value.high, unit), line)
            return replace(row, stretches=(stretch,))
        case Point(unit=unit) if unit in DAYS:
            shape = _CENTRES.get(located.finding.kind, Shape.DISC)
            said = f"{located.finding.kind} {words}" if shape is Shape.DIAMOND else words
            mark = Mark(float(value.amount * DAYS[unit]), shape)
            return replace(row, figure=said, marks=(mark,), stretches=tuple(_spread(value)))
    return None


def _spread(value: Point) -> Iterator[Stretch]:
    if value.low is not None and value.high is not None:
        yield Stretch(_days(value.low, value.unit), _days(value.high, value.unit), Line.CAPPED)
    elif value.bound in {Bound.UP_TO, Bound.LESS_THAN}:
        yield Stretch(None, _days(value.amount, value.unit), Line.CAPPED)


def _days(amount: Decimal | None, unit: Unit) -> float | None:
    return None if amount is None else float(amount * DAYS[unit])


def _arrows(sections: tuple[Section, ...]) -> Iterator[str]:
    if any(stretch.low is None for section in sections for row in section.rows for stretch in row.stretches):
        yield "An arrow to the left: the source gives the latest time alone."


def _summary(catalogue: Catalogue, drug: str) -> str:
    """The first figure of each of the two topics, as printed."""
    said = []
    for heading, topic, _ in STAGES:
        for label, located in list(_of_topic(catalogue, drug, topic))[:1]:
            said.append(f"{heading}: {figure(located)} ({label}).")
    return " ".join(said)

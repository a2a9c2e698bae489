"""The drugs side by side: what single studies found, and what is said over all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from bot.domain.answer import State
from bot.domain.catalogue import Catalogue
from bot.domain.finding import Statement
from bot.drawing.plan import Line, Mark, Plan, Row, Section, Shape, used
from bot.drawing.shares import PERCENT, gather, others, tag, together
from bot.domain.reply import Passage
from bot.studies.outcomes import NEUROPATHY, RELAPSE, RESPONSE, Measure, Outcome

MEASURES = (RESPONSE, RELAPSE, NEUROPATHY)
_LEGEND: dict[Shape | Line, str] = {
    Shape.STROKE: "one study",
    Shape.DIAMOND: "pooled",
    Line.CAPPED: "95% interval",
    Line.DASHED: "study to study",
}


def plan(catalogue: Catalogue) -> Plan | None:
    """The picture; None where fewer than two drugs have a share to show."""
    sections = tuple(_section(catalogue, measure) for measure in MEASURES if measure.topic in catalogue.topics)
    drawn = {drug for drug in catalogue.drugs if any(_outcomes(catalogue, drug, measure) for measure in MEASURES)}
    if len(drawn) < 2:
        return None
    names = [drug.name for drug in catalogue.drugs.values()]
    return Plan(
        title=" and ".join(names).capitalize(),
        subtitle="Share of patients",
        scale=PERCENT,
        sections=sections,
        legend=used(_LEGEND, sections),
        notes=(*_cautions(catalogue), "Studies of different patients, side by side: no trial compared the drugs."),
        footer=catalogue.messages.disclaimer,
        caption=f"{' and '.join(names).capitalize()} side by side. Not compared within any study.",
    )

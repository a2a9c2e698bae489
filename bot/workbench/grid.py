"""The coverage as a grid: a row for each topic, a column for each drug."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.keyboard import data_of
from bot.domain.answer import State
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Option
from bot.reviewing.coverage import Cover, coverage_of

WORDS = {
    State.REPORTED: "reported",
    State.REPORTED_NONE: "reported as none",
    State.NOT_MEASURED: "not measured",
    State.NOT_REPORTED: "not reported",
    State.NOT_CURATED: "not entered yet",
}
"""What each kind of presence or absence is called."""
NO_DRUG = "General"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known, and the button that asks for it."""

    cover: Cover
    words: str
    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Row:
    """A topic. A cell is None where the topic cannot be asked of that drug; a topic of no drug has one cell alone."""

    title: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Topics under drugs, and how many cells there are of each kind."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counts: tuple[tuple[State, str, int], ...]


def grid_of(catalogue: Catalogue) -> Grid:
    """Every cell that can be asked for."""
    covers = coverage_of(catalogue).cells
    rows = tuple(
        _row(catalogue, topic, {one.drug: one for one in covers if one.topic == topic}) for topic in catalogue.topics
    )
    counts = ((state, words, sum(one.state is state for one in covers)) for state, words in WORDS.items())
    return Grid(tuple(_name(catalogue, drug) for drug in catalogue.drugs), rows, tuple(counts))


def _row(catalogue: Catalogue, topic: str, covers: dict[str | None, Cover]) -> Row:
    columns = (None,) if None in covers else tuple(catalogue.drugs)
    return Row(catalogue.topics[topic].title, tuple(_cell(catalogue, covers.get(drug)) for drug in columns))


def _cell(catalogue: Catalogue, cover: Cover | None) -> Cell | None:
    if cover is None:
        return None
    label = f"{_name(catalogue, cover.drug)}: {catalogue.topics[cover.topic].title}"
    return Cell(cover, WORDS[cover.state], label, data_of(Option(label, cover.topic, cover.drug)))


def _name(catalogue: Catalogue, drug: str | None) -> str:
    return catalogue.drugs[drug].name.capitalize() if drug else NO_DRUG

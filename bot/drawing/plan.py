"""What stands on a picture, before it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log10

from bot.domain.finding import Citation
from bot.rendering.page import CHECKED


class Shape(StrEnum):
    """A mark. What it means is told by its shape, never by its colour."""

    DISC = "disc"
    RING = "ring"
    SQUARE = "square"
    TRIANGLE = "triangle"
    CROSS = "cross"
    DIAMOND = "diamond"
    STROKE = "stroke"


class Line(StrEnum):
    """A stretch from low to high, told by its style."""

    CAPPED = "capped"
    THICK = "thick"
    DASHED = "dashed"


@dataclass(frozen=True, slots=True)
class Scale:
    """The common axis of a picture: its ends, and what is written where."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where a value stands, from 0 at the left end to 1 at the right end; what lies beyond stands at the end."""
        inside = min(max(value, self.low), self.high)
        if self.logarithmic:
            return log10(inside / self.low) / log10(self.high / self.low)
        return (inside - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Mark:
    """A value."""

    at: float
    shape: Shape


@dataclass(frozen=True, slots=True)
class Stretch:
    """From low to high; None is an end that nobody knows, drawn as an arrow to the end of the scale."""

    low: float | None
    high: float | None
    line: Line


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a picture: whose figure, the figure in words, and what is drawn. `spoken` is all of it in words."""

    label: str
    figure: str
    spoken: str
    marks: tuple[Mark, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    sources: tuple[Citation, ...] = ()
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading, which has the sign of its rows before it where that is the same for all."""

    heading: str
    rows: tuple[Row, ...]
    sign: Shape | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole picture. The legend explains only what is drawn; the notes stand below it."""

    title: str
    subtitle: str
    scale: Scale
    sections: tuple[Section, ...]
    legend: tuple[tuple[Shape | Line, str], ...]
    notes: tuple[str, ...]
    footer: str
    caption: str

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, from the top."""
        return (row for section in self.sections for row in section.rows)

    @property
    def alt(self) -> str:
        """The picture in words, for those who cannot see it."""
        sections = (
            f"{section.heading}: {'; '.join(row.spoken for row in section.rows)}."
            for section in self.sections
            if section.rows
        )
        return "\n".join([f"{self.title}. {self.subtitle}.", *sections, *self.notes, f"{self.footer}."])


def striped(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Every second row shaded, so that words and marks of a row are seen as one."""
    return tuple(replace(row, shaded=place % 2 == 0) for place, row in enumerate(rows))


def used(legend: dict[Shape | Line, str], sections: tuple[Section, ...]) -> tuple[tuple[Shape | Line, str], ...]:
    """The entries of a legend whose marks or lines are drawn."""
    rows = [row for section in sections for row in section.rows]
    drawn = {mark.shape for row in rows for mark in row.marks} | {line.line for row in rows for line in row.stretches}
    return tuple((sign, words) for sign, words in legend.items() if sign in drawn)


def read_of(sections: tuple[Section, ...]) -> str:
    """What was read of the sources that are named on the picture."""
    found = (citation.checked for section in sections for row in section.rows for citation in row.sources)
    return f"Sources as named ({'; '.join(dict.fromkeys(CHECKED[checked] for checked in found))})."

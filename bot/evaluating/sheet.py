"""What a report shows: titled tables, some of them with a plot of the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Plot:
    """Series over a common axis from 0 to 1. `mark` is the place on it that is in force, where there is one."""

    kind: Literal["lines", "bars"]
    axis: str
    places: tuple[float, ...]
    series: dict[str, tuple[float, ...]]
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: a heading for each column, a row for each thing that was counted, and what is to be known of it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    plot: Plot | None = None

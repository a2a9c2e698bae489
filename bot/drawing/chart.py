"""A picture as it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with what stands below it, and all of it in words for a screen reader."""

    png: bytes = field(repr=False)
    caption: str
    alt: str


class UnknownChartError(Exception):
    """No picture of that name, or the name of a drug is missing. Says what exists."""


class NothingToDrawError(Exception):
    """The sources give nothing that this picture could show."""

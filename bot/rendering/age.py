"""How old what stands behind an answer is, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.reference import Reference
from bot.domain.reply import Library, Stated


def literature(stated: Stated, library: Library) -> str:
    """Up to when it goes, as in `literature to 2021, checked Nov 2026`.

    Empty where no source has a year, and for one study whose name says it.
    """
    years = _years(stated, library)
    if not years or any(str(year) in stated.title for year in years):
        return ""
    year, checked = max(years), last_checked(stated, library)
    return f"literature to {year}" + (f", checked {checked:%b %Y}" if checked else "")


def literature_to(stated: Stated, library: Library) -> int | None:
    """The year of the newest source behind an answer, as far as sources have one. Safety lines are no part of it."""
    return max(_years(stated, library), default=None)


def last_checked(stated: Stated, library: Library) -> date | None:
    """The day since which no source was looked at again: the longest ago of all; None where one was never noted."""
    days = [source.looked_at for source in _sources(stated, library)]
    noted = [day for day in days if day is not None]
    return min(noted) if noted and len(noted) == len(days) else None


def withheld(stated: Stated) -> tuple[str, ...]:
    """Ids of the findings that would be stated, were they not past their last day."""
    return tuple(found.id for found in stated.findings if found.withheld)


def _years(stated: Stated, library: Library) -> set[int]:
    return {source.year for source in _sources(stated, library) if source.year}


def _sources(stated: Stated, library: Library) -> Iterator[Reference]:
    """The sources of what is shown, each once."""
    shown = (found for found in stated.findings if not found.withheld)
    keys = dict.fromkeys(citation.reference for found in shown for citation in found.citations)
    return (library.references[key] for key in keys)

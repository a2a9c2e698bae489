"""The dates in content files by which somebody must look again, each where an editor moves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.content.layout import path_of
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import DerivedFinding
from bot.domain.place import Place
from bot.domain.reference import Reference


class Standing(StrEnum):
    """How a date stands on a day, worst first."""

    WITHHELD = "withheld"
    """Past the last day: readers no longer see the figures."""
    OVERDUE = "overdue"
    """Nobody has looked in time."""
    DUE = "due"
    """It falls due soon."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a source, or a finding with dates of its own, sets for the findings that hang on it."""

    place: Place
    name: str
    """The source's tag, or the finding's id."""
    review_by: date | None
    withhold_after: date | None
    findings: tuple[str, ...]
    """Ids; none for a source that only safety lines cite."""

    def standing(self, today: date, days: int = 0) -> Standing | None:
        """How it stands today; None where nothing falls due today or within so many days after it."""
        last, horizon = self.withhold_after, today + timedelta(days=days)
        if last is not None and today > last:
            return Standing.WITHHELD
        if self.review_by is not None and today > self.review_by:
            return Standing.OVERDUE
        dates = (day for day in (self.review_by, last) if day is not None)
        return Standing.DUE if any(day <= horizon for day in dates) else None


def deadlines(catalogue: Catalogue) -> Iterator[Deadline]:
    """Every one in the content: first those of the sources, then those of findings with dates of their own."""
    for key, reference in catalogue.references.items():
        if reference.review_by or reference.withhold_after:
            yield _of_source(key, reference, catalogue)
    for located in catalogue.findings.values():
        finding = located.finding
        if finding.review_by or finding.withhold_after:
            yield Deadline(located.place, located.id, finding.review_by, finding.withhold_after, (located.id,))


def _of_source(key: str, source: Reference, catalogue: Catalogue) -> Deadline:
    dated = "review_by" if source.review_by else "withhold_after"
    hanging = tuple(one.id for one in catalogue.findings.values() if _hangs(one, key, source))
    place = catalogue.place(path_of("reference", key), dated)
    return Deadline(place, source.tag, source.review_by, source.withhold_after, hanging)


def _hangs(located: Located, key: str, source: Reference) -> bool:
    """Whether a finding takes a date from this source: not where it has its own of each kind."""
    finding = located.finding
    if isinstance(finding, DerivedFinding) or finding.source.reference != key:
        return False
    review, last = source.review_by and not finding.review_by, source.withhold_after and not finding.withhold_after
    return bool(review or last)

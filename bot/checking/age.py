"""Rules on the age of evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem, Severity


def overdue(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Evidence that nobody has looked at in time: a warning, and past its last day the figure is withheld."""
    for located in catalogue.findings.values():
        if located.withheld:
            yield Problem(
                located.place,
                "withheld",
                f"`{located.id}` is past its last day, and readers no longer see the figure",
                "Look whether the source still says so, then move `withhold_after` in the finding or its reference.",
                Severity.WARNING,
            )
        elif located.review_by is not None and today > located.review_by:
            yield Problem(
                located.place,
                "review-overdue",
                f"`{located.id}` was to be looked at again by {located.review_by.isoformat()}",
                "Look whether the source still says so, then move `review_by` in the finding or its reference.",
                Severity.WARNING,
            )

"""Rules on the age of evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.checking.deadlines import Deadline, Standing, deadlines
from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem, Severity

_REMEDY = "Look whether the source still says so, note the day as `looked_at` in its file, and move `{date}`."


def overdue(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """Evidence that nobody has looked at in time: a warning for each date that has passed, whatever hangs on it."""
    for deadline in deadlines(catalogue):
        match deadline.standing(today):
            case Standing.WITHHELD:
                yield _problem(deadline, "withheld", _withheld(deadline), "withhold_after")
            case Standing.OVERDUE:
                day = deadline.review_by.isoformat() if deadline.review_by else ""
                said = f"`{deadline.name}` was to be looked at again by {day}"
                yield _problem(deadline, "review-overdue", said, "review_by")


def _withheld(deadline: Deadline) -> str:
    figures = f"its figures ({len(deadline.findings)})" if len(deadline.findings) != 1 else "its figure"
    return f"`{deadline.name}` is past its last day, and readers no longer see {figures}"


def _problem(deadline: Deadline, rule: str, said: str, moved: str) -> Problem:
    return Problem(deadline.place, rule, said, _REMEDY.format(date=moved), Severity.WARNING)

"""What falls due, file by file: for editors in the terminal and in the weekly digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.checking.deadlines import Deadline, Standing, deadlines
from bot.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Due:
    """Deadlines that have passed or fall due, by how they stand, each group in the order of the files."""

    today: date
    days: int
    groups: Mapping[Standing, tuple[Deadline, ...]]

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many of each standing, also where there is none."""
        return {standing: len(self.groups.get(standing, ())) for standing in Standing}

    def text(self) -> str:
        """For the terminal: the dates by standing and by file, and a last line that counts them."""
        lines = [line for standing, group in self.groups.items() for line in (_heading(standing), *_by_file(group))]
        count = ", ".join(f"{number} {standing}" for standing, number in self.counts.items())
        return "\n".join([*lines, f"{count} (within {self.days} days of {self.today.isoformat()})."])


def due(catalogue: Catalogue, today: date, days: int) -> Due:
    """What has passed today, and what falls due within so many days."""
    found = [(standing, one) for one in deadlines(catalogue) if (standing := one.standing(today, days))]
    grouped = {
        wanted: tuple(sorted((one for standing, one in found if standing is wanted), key=lambda one: one.place))
        for wanted in Standing
    }
    return Due(today, days, {standing: group for standing, group in grouped.items() if group})


def _heading(standing: Standing) -> str:
    return f"{standing.capitalize()}:"


def _by_file(group: tuple[Deadline, ...]) -> list[str]:
    """A line for each file and, below it, one for each date in it; a file with one date needs only one line."""
    lines: list[str] = []
    for path, dated in groupby(group, key=lambda one: one.place.path):
        of_file = list(dated)
        if len(of_file) == 1:
            lines.append(f"  {of_file[0].place}: {said(of_file[0])}")
        else:
            lines += [f"  {path}", *(f"    line {one.place.line}: {said(one)}" for one in of_file)]
    return lines


def said(deadline: Deadline) -> str:
    """One date in words: `Yuki 2021, review by 2027-11-22 (31 findings)`."""
    dates = (("review by", deadline.review_by), ("withheld after", deadline.withhold_after))
    named = ", ".join(f"{what} {day.isoformat()}" for what, day in dates if day)
    number = len(deadline.findings)
    return f"{deadline.name}, {named} ({number} finding{'' if number == 1 else 's'})"

"""The values of findings: one model for each shape that a figure in the literature takes.

Amounts are decimals, kept as the source prints them. A percentage is a number from 0 to 100.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from math import sqrt
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.domain.record import Record
from bot.domain.sentence import Plain

MOST_PERCENT = 100
Percent = Annotated[Decimal, Field(ge=0, le=MOST_PERCENT)]
Natural = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]
Amount = Annotated[Decimal, Field(ge=0)]


class Unit(StrEnum):
    """What an amount counts."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    MG = "mg"
    MG_DAILY = "mg daily"
    MG_AT_NIGHT = "mg at night"
    MG_EVERY_OTHER_DAY = "mg every other day"
    MG_EVERY_SECOND_OR_THIRD_DAY = "mg every second or third day"
    GRAM = "g"
    PERCENT = "percent"
    POINT = "point"
    PATIENT = "patient"
    STUDY = "study"
    METHOD = "method"
    TEST = "test"
    EVENT = "event"
    PER_100_PATIENT_YEARS = "per 100 patient-years"


DAYS = {
    Unit.HOUR: Decimal(1) / 24,
    Unit.DAY: Decimal(1),
    Unit.WEEK: Decimal(7),
    Unit.MONTH: Decimal("30.44"),
    Unit.YEAR: Decimal("365.25"),
}
"""Length of each unit of time in days."""


class Bound(StrEnum):
    """How the printed number limits the true one."""

    EXACTLY = "exactly"
    ABOUT = "about"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    AT_LEAST = "at least"
    UP_TO = "up to"


class Interval95(Record):
    """A 95% confidence interval."""

    low: Amount
    """Lower limit."""
    high: Amount
    """Upper limit."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"the interval is upside down: low is {self.low}, high is {self.high}")
        return self

    def must_hold(self, figure: Decimal) -> None:
        """Raises ValueError for a figure outside its own interval: one of the three numbers is mistyped."""
        if not self.low <= figure <= self.high:
            raise ValueError(f"{figure} lies outside its own interval {self.low} to {self.high}")


class Share(Record):
    """A part of a whole: counts, a percentage, or both."""

    count: Natural | None = None
    """How many had it."""
    of: Positive | None = None
    """Out of how many: the denominator that the source gives."""
    percent: Percent | None = None
    """As the source prints it. Leave it out where the source gives counts alone."""
    bound: Bound = Bound.EXACTLY
    """Whether the figure is exact, or a limit such as "more than"."""
    ci: Interval95 | None = None
    """95% confidence interval, in percent."""
    misprinted: Percent | None = None
    """The percentage that the source prints although its own counts say otherwise; readers see both."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.percent is None and self.count is None:
            raise ValueError("a share needs `percent`, or `count` with `of`")
        if self.count is not None and self.of is not None and self.count > self.of:
            raise ValueError(f"{self.count} of {self.of} is more than all")
        return self

    @model_validator(mode="after")
    def _lies_within_its_interval(self) -> Self:
        """A pooled percentage need not be what the counts give: these are asked only where they stand alone."""
        if self.ci and self.ci.high > MOST_PERCENT:
            raise ValueError(f"the interval ends at {self.ci.high}%, which is more than all")
        if self.ci and self.percent is not None:
            self.ci.must_hold(self.percent)
        elif self.ci and self.count is not None and self.of is not None:
            self.ci.must_hold(round(Decimal(MOST_PERCENT * self.count) / self.of, 1))
        return self


class Range(Record):
    """From `low` to `high`; one of the two may be missing ("within 3 months")."""

    low: Amount | None = None
    """Lower end."""
    high: Amount | None = None
    """Upper end."""
    unit: Unit
    """Unit of both ends, or of the upper one where `low_unit` is given."""
    low_unit: Unit | None = None
    """Unit of the lower end where it differs."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a range needs `low`, `high` or both")
        if self.low is not None and self.high is not None and not self.low_unit and self.low > self.high:
            raise ValueError(f"the range is upside down: low is {self.low}, high is {self.high}")
        return self


class Point(Record):
    """One number with its spread, where the source gives it."""

    amount: Amount
    """The number."""
    unit: Unit
    """Its unit."""
    bound: Bound = Bound.EXACTLY
    """Whether the figure is exact, or a limit such as "about"."""
    sd: Amount | None = None
    """Standard deviation."""
    low: Amount | None = None
    """Smallest value observed."""
    high: Amount | None = None
    """Largest value observed."""

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if (self.low is not None and self.low > self.amount) or (self.high is not None and self.high < self.amount):
            raise ValueError(f"{self.amount} lies outside its own range {self._range}")
        if self.sd is not None and self.low is not None and self.high is not None and self.sd > self.high - self.low:
            raise ValueError(f"the standard deviation {self.sd} is wider than the whole range {self._range}")
        return self

    @property
    def _range(self) -> str:
        ends = (("from", self.low), ("to", self.high))
        return " ".join(f"{word} {end}" for word, end in ends if end is not None)


class Tally(Record):
    """A plain number of things."""

    number: Natural
    """How many."""
    unit: Unit
    """Of what."""
    bound: Bound = Bound.EXACTLY
    """Whether the figure is exact, or a limit such as "less than"."""


class Effect(Record):
    """A ratio of risks, odds or hazards."""

    amount: Amount
    """The ratio."""
    ci: Interval95 | None = None
    """95% confidence interval."""
    against: Plain | None = None
    """What it is compared with, in words."""

    @model_validator(mode="after")
    def _lies_within_its_interval(self) -> Self:
        if self.ci:
            self.ci.must_hold(self.amount)
        return self


class Schedule(Record):
    """How often something is done: every so many days, weeks or months, for how long."""

    every: Amount
    """Length of one interval."""
    unit: Unit
    """Unit of the interval."""
    every_high: Amount | None = None
    """Longest interval, where the source gives a range ("every 3 to 6 months")."""
    during: Amount | None = None
    """For how long, in `during_unit`."""
    during_unit: Unit | None = None
    """Unit of `during`."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.every_high is not None and self.every > self.every_high:
            raise ValueError(f"the range is upside down: every is {self.every}, every_high is {self.every_high}")
        return self


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95% Wilson score interval of a share, in percent (Wilson 1927)."""
    z, share = 1.959964, count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return 100 * (middle - reach), 100 * (middle + reach)

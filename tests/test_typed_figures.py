"""Figures as editors type them."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.domain.figure import Effect, Point, Range, Schedule, Share, Tally, Unit
from bot.writing.figures import FigureError, figure
from bot.writing.typed import Value, typed

SHARE = Share(percent=71)
RANGE = Range(low=25, high=75, unit=Unit.PERCENT)
TIME = Range(low=8, high=10, unit=Unit.WEEK)
DOSE = Point(amount=50, unit=Unit.MG_DAILY)
TALLY = Tally(number=25, unit=Unit.STUDY)
EFFECT = Effect(amount="2.3")
SCHEDULE = Schedule(every=4, unit=Unit.WEEK)

READ: list[tuple[str, Value, Value]] = [
    ("25-70%", RANGE, Range(low=25, high=70, unit=Unit.PERCENT)),
    ("25 – 70", RANGE, Range(low=25, high=70, unit=Unit.PERCENT)),
    ("8 to 10 weeks", TIME, TIME),
    ("2 weeks to 3 months", TIME, Range(low=2, high=3, unit=Unit.MONTH, low_unit=Unit.WEEK)),
    ("Up to 3 months", TIME, Range(high=3, unit=Unit.MONTH)),
    ("at least 2 wk", TIME, Range(low=2, unit=Unit.WEEK)),
    ("n 17/48", SHARE, Share(count=17, of=48)),
    ("17 of 48 (35%)", SHARE, Share(count=17, of=48, percent=35)),
    ("more than 50%", SHARE, Share(percent=50, bound="more than")),
    ("71%, 95% CI 65-77", SHARE, Share(percent=71, ci={"low": 65, "high": 77})),
    ("about 100 mg/day", DOSE, Point(amount=100, unit=Unit.MG_DAILY, bound="about")),
    ("50 mg every other day", DOSE, Point(amount=50, unit=Unit.MG_EVERY_OTHER_DAY)),
    (
        "6.3 weeks, SD 2.1, 2 to 12",
        Point(amount=1, unit=Unit.WEEK),
        Point(amount="6.3", unit="week", sd="2.1", low=2, high=12),
    ),
    ("> 20", TALLY, Tally(number=20, unit=Unit.STUDY, bound="more than")),
    (
        "2.3, CI 1.1 to 4.5 against Placebo",
        EFFECT,
        Effect(amount="2.3", ci={"low": "1.1", "high": "4.5"}, against="Placebo"),
    ),
    (
        "every 3 to 6 months for 2 years",
        SCHEDULE,
        Schedule(every=3, every_high=6, unit="month", during=2, during_unit="year"),
    ),
]


@pytest.mark.parametrize(("words", "like", "value"), READ, ids=[words for words, _, _ in READ])
def test_a_figure_is_read_as_people_write_it(words: str, like: Value, value: Value) -> None:
    assert figure(words, like) == value


REFUSED: list[tuple[str, Value, str]] = [
    ("", SHARE, "There is no figure in that."),
    ("35", SHARE, "“35” is no part of a share of a whole: write 35%, 17/48, or both with a comma between."),
    ("48/17", SHARE, "That is no such figure: 48 of 17 is more than all."),
    ("135%", SHARE, "That is no such figure: Input should be less than or equal to 100."),
    ("17/48, 18/48", SHARE, "That says the same thing twice."),
    ("5%, 5%", SHARE, "That says the same thing twice."),
    ("35% of 48, 17/48", SHARE, "That says the same thing twice."),
    ("25 to 70 weeks", RANGE, "This figure is in percent, and week counts something else."),
    ("70-25%", RANGE, "That is no such figure: the range is upside down: low is 70, high is 25."),
    ("25", RANGE, "“25” is no range: write 25 to 70 with its unit, “up to 70”, or “at least 25”."),
    ("8 to 10 moons", TIME, "“moons” is no unit that is used here: this figure is in week."),
    ("8 to 10 weeks, 3", TIME, "“3” is one part too many for a figure of this kind."),
    (
        "1,200 mg daily",
        DOSE,
        "A comma between digits can be read in two ways: use a point for decimals and no other sign.",
    ),
    ("100 mg; drop table", DOSE, "“drop table” is no part of a single number: write SD 2.1, or its range as 2 to 12."),
    ("many", DOSE, "“many” is no single number with its unit."),
    (
        "2.5 studies",
        TALLY,
        "That is no such figure: Input should be a valid integer, unable to parse string as an integer.",
    ),
    ("often", SCHEDULE, "“often” is no interval: write every 4 weeks, or every 3 to 6 months for 2 years."),
    ("2.3 4.5", EFFECT, "“2.3 4.5” is no part of a ratio: write 2.3, CI 1.1 to 4.5."),
]


@pytest.mark.parametrize(("words", "like", "why"), REFUSED, ids=[words for words, _, _ in REFUSED])
def test_what_is_no_such_figure_is_refused_with_the_reason(words: str, like: Value, why: str) -> None:
    with pytest.raises(FigureError) as refused:
        figure(words, like)
    assert str(refused.value) == why


def test_every_figure_that_is_shipped_is_read_again_as_it_is_shown_to_an_editor(engine: Engine) -> None:
    values = [getattr(one.finding, "value", None) for one in engine.catalogue.findings.values()]
    figures = [value for value in values if value is not None]
    assert len(figures) > 400
    assert [typed(value) for value in figures if figure(typed(value), value) != value] == []

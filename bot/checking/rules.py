"""Every rule on content that parses and links, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bot.checking.age import overdue
from bot.checking.figures import (
    derived_without_value,
    disagreement_not_shown,
    percent_contradicts_counts,
    usual_outside_range,
)
from bot.checking.headlines import (
    headline_beyond_answer,
    headline_of_another,
    headline_too_long,
    share_without_whole,
)
from bot.checking.names import abbreviation_shadows_name, name_in_two_lists
from bot.checking.people import people_as_names, people_taught
from bot.checking.prose import banned_notation, digits_in_prose
from bot.checking.use import (
    answer_without_source,
    detail_without_source,
    empty_part,
    first_screen_too_long,
    unknown_part,
    unused_findings,
    unused_references,
)
from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem, Severity

Rule = Callable[[Catalogue], Iterator[Problem]]

ALONE: tuple[Rule, ...] = (
    digits_in_prose,
    banned_notation,
    percent_contradicts_counts,
    name_in_two_lists,
    abbreviation_shadows_name,
    people_taught,
    people_as_names,
)
"""Rules on one sentence, figure or name: they hold or not, whatever stands in files that could not be read."""

TOGETHER: tuple[Rule, ...] = (
    usual_outside_range,
    disagreement_not_shown,
    derived_without_value,
    unknown_part,
    answer_without_source,
    detail_without_source,
    unused_findings,
    unused_references,
    headline_beyond_answer,
    headline_of_another,
)
"""Rules that see several files at once."""

PRINTED: tuple[Rule, ...] = (empty_part, first_screen_too_long, headline_too_long, share_without_whole)
"""Rules on what is printed: asked only of figures that can be."""


def rules_broken_alone(catalogue: Catalogue) -> Iterator[Problem]:
    """What breaks a rule in content of which a part could not be read or linked."""
    for rule in ALONE:
        yield from rule(catalogue.in_date)


def broken_rules(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What breaks a rule. The rules see no date, so that good content stays good: with time come warnings alone."""
    problems = [problem for rule in (*ALONE, *TOGETHER) for problem in rule(catalogue.in_date)]
    yield from problems
    yield from overdue(catalogue, today)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        for rule in PRINTED:
            yield from rule(catalogue.in_date)

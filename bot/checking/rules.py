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
from bot.checking.prose import banned_notation, digits_in_prose
from bot.checking.use import (
    detail_without_source,
    first_screen_too_long,
    unknown_part,
    unused_findings,
    unused_references,
)
from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem, Severity

Rule = Callable[[Catalogue], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    digits_in_prose,
    banned_notation,
    percent_contradicts_counts,
    usual_outside_range,
    disagreement_not_shown,
    derived_without_value,
    unknown_part,
    detail_without_source,
    unused_findings,
    unused_references,
)


def broken_rules(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What breaks a rule. How long an answer gets is only asked of figures that can be printed."""
    problems = [problem for rule in RULES for problem in rule(catalogue)]
    problems += overdue(catalogue, today)
    yield from problems
    if not any(problem.severity is Severity.ERROR for problem in problems):
        yield from first_screen_too_long(catalogue)

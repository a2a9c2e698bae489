"""All that is wrong with the content in a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.checking.rules import broken_rules
from bot.content.linking import load
from bot.domain.place import ContentError, Problem


def check_content(root: Path, today: date = date.min) -> tuple[Problem, ...]:
    """Every problem as of a day, by file: of reading and linking, or, where those hold, of the rules."""
    try:
        catalogue = load(root, today)
    except ContentError as error:
        return error.problems
    return tuple(sorted(broken_rules(catalogue, today)))

"""All that is wrong with the content in a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.checking.rules import broken_rules
from bot.content.files import Files, gather
from bot.content.linking import link
from bot.domain.place import ContentError, Problem


def check_content(root: Path, today: date = date.min) -> tuple[Problem, ...]:
    """Every problem as of a day, by file: of reading and linking, or, where those hold, of the rules."""
    return problems_of(gather(root), today)


def problems_of(files: Files, today: date = date.min) -> tuple[Problem, ...]:
    """The same, of files that have been read."""
    try:
        catalogue = link(files, today)
    except ContentError as error:
        return error.problems
    return tuple(sorted(broken_rules(catalogue, today)))

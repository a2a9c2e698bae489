"""`check` and `schemas`: for those who edit the content."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.calendar import current_day
from bot.checking.check import check_content
from bot.content.schemas import outdated, write_schemas
from bot.domain.place import Problem, Severity


@click.command()
@click.pass_obj
def check(content: Path) -> None:
    """List everything in the content that an editor must mend.

    Exits with 1 where a problem keeps the content from going live; warnings alone do not.
    """
    problems = check_content(content, current_day())
    for problem in problems:
        click.echo(problem)
    click.echo(_count(problems))
    sys.exit(any(problem.severity is Severity.ERROR for problem in problems))


def _count(problems: tuple[Problem, ...]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{errors} error(s), {len(problems) - errors} warning(s)."


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a schema is out of date.")
@click.pass_obj
def schemas(content: Path, only_check: bool) -> None:
    """Write the JSON Schemas that give editors hover text and completion."""
    if not only_check:
        write_schemas(content)
        return
    old = outdated(content)
    for path in old:
        click.echo(f"{path} is out of date: run `python -m bot schemas`")
    sys.exit(bool(old))

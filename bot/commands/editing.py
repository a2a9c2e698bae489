"""`check` and `schemas`: for those who edit the content."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from bot.calendar import current_day
from bot.checking.check import check_folder
from bot.commands.opening import finish_publication
from bot.content.schemas import outdated, write_schemas
from bot.live import changes

_WIDTH = 72


@click.command()
@click.option("--watch", is_flag=True, help="List them anew whenever a file changes, until Ctrl-C.")
@click.pass_obj
def check(content: Path, *, watch: bool) -> None:
    """List everything in the content that an editor must mend.

    Exits with 1 where a problem keeps the content from going live; warnings alone do not.
    """
    if not watch:
        sys.exit(_list(content))
    with suppress(KeyboardInterrupt):
        for _ in changes(content):
            _list_anew(content)


def _list_anew(content: Path) -> None:
    click.echo(f"{datetime.now().astimezone():%H:%M:%S} ".ljust(_WIDTH, "─"))
    _list(content)
    click.echo("Watching for changes; Ctrl-C ends.")


def _list(content: Path) -> bool:
    """Print every problem. Whether one keeps the content from going live."""
    finish_publication(content)
    checked = check_folder(content, current_day())
    for problem in checked.problems:
        click.echo(problem)
    errors = len(checked.errors)
    click.echo(f"{errors} error(s), {len(checked.problems) - errors} warning(s).")
    for path in checked.hiding:
        click.echo(f"There may be more in {path}: of what cannot be read nothing more is known.")
    if errors:
        click.echo("Some rules are asked only of content without errors: check again when these are mended.")
    return errors > 0


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

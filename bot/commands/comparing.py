"""`diff`: what a change of the content means for the people who ask."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.calendar import current_day
from bot.changing import HistoryError, Press, Review, Snapshot, review
from bot.changing.data import data
from bot.changing.page import page
from bot.changing.repository import Repository
from bot.content.layout import FOLDERS

SAME, DIFFERS, MAY_NOT = 0, 1, 2


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff(content: Path, old: str | None, new: str | None, *, as_json: bool) -> None:
    """Show what changes from OLD to NEW for the people who ask, and whether NEW may go live.

    OLD and NEW are folders that hold knowledge/ and intents/, or git revisions of the content. Without NEW it is the
    files as they lie there now; without OLD, what was published last.

    \b
    Exit codes, as of diff(1): 0 nothing differs, 1 it differs and may go live,
    2 it may not go live, or OLD or NEW cannot be read.
    """
    try:
        before = _snapshot(old, content) if old else Press(content).live()
        after = _snapshot(new, content) if new else Snapshot.of(content)
    except HistoryError as error:
        raise click.UsageError(f"There is no such folder, and no such revision: {error}.") from error
    found = review(before, after, current_day())
    click.echo(json.dumps(data(found), indent=2, ensure_ascii=False) if as_json else page(found))
    sys.exit(_code(found))


def _snapshot(name: str, content: Path) -> Snapshot:
    """The content of a folder, else that of a revision. Raises HistoryError where it is neither."""
    folder = Path(name)
    if any((folder / part).is_dir() for part in FOLDERS):
        return Snapshot.of(folder)
    return Snapshot.holding(Repository(content).at(name))


def _code(found: Review) -> int:
    if not found.may_go_live:
        return MAY_NOT
    return DIFFERS if found.differences or found.answers else SAME

"""Opens the settings and the content for a command; what is wrong with them ends it in clear lines."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from bot.answering.engine import Engine
from bot.assembly import build_engine, engine_of
from bot.cache import usual_cache
from bot.calendar import current_day
from bot.content.journal import JOURNAL
from bot.domain.place import ContentError
from bot.errors import ExitCode, SettingsError
from bot.settings import Settings, read_settings


def engine_over(content: Path) -> Engine:
    """The engine, or every problem and exit code 4. What a crash interrupted is finished before."""
    finish_publication(content)
    try:
        return build_engine(content)
    except ContentError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        click.echo("The content cannot go live until these are mended.", err=True)
        sys.exit(ExitCode.CONTENT)


def finish_publication(content: Path) -> None:
    """Bring to its end what a crash interrupted. Where that fails it says that the content is read as it will be."""
    if not (content / JOURNAL).exists():
        return
    from bot.changing import BusyError, Press, PressError  # noqa: PLC0415  (loads what only a change of the content needs)

    try:
        Press(content).recover()
    except BusyError:
        return  # whoever publishes at this moment finishes it
    except PressError as error:
        click.echo(f"A publication lies unfinished over the files. {error}", err=True)


def engine_at_hand(content: Path) -> Engine:
    """The engine over what was published last, where the files as they are cannot go live; else as above."""
    finish_publication(content)
    with suppress(ContentError):
        return build_engine(content)
    from bot.changing import HistoryError, Press  # noqa: PLC0415  (loads what only a change of the content needs)

    with suppress(HistoryError, ContentError):
        return engine_of(Press(content).live().files, current_day(), usual_cache())
    return engine_over(content)


def settings() -> Settings:
    """The settings, or one clear line for each that is wrong and exit code 5."""
    try:
        return read_settings()
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(ExitCode.SETTINGS)

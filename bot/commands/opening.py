"""Opens the settings and the content for a command; what is wrong with them ends it in clear lines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.answering.engine import Engine
from bot.assembly import build_engine
from bot.content.journal import JOURNAL
from bot.domain.place import ContentError
from bot.errors import ExitCode, SettingsError
from bot.settings import Settings, read_settings


def engine_over(content: Path) -> Engine:
    """The engine, or every problem and exit code 4."""
    try:
        return build_engine(content)
    except ContentError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        click.echo("The content cannot go live until these are mended.", err=True)
        sys.exit(ExitCode.CONTENT)


def finish_publication(content: Path) -> None:
    """Bring to its end what a crash interrupted. Where that fails the content is read as it will be, all the same."""
    if not (content / JOURNAL).exists():
        return
    from bot.changing import Press, PressError  # noqa: PLC0415  (loads what only a change of the content needs)

    try:
        Press(content).recover()
    except PressError as error:
        click.echo(error, err=True)


def settings() -> Settings:
    """The settings, or one clear line for each that is wrong and exit code 5."""
    try:
        return read_settings()
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(ExitCode.SETTINGS)

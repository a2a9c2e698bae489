"""`run`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands.opening import engine_over
from bot.errors import ExitCode, SettingsError
from bot.settings import Settings, read_settings
from bot.terminal import converse


@click.command()
@click.pass_obj
def run(content: Path) -> None:
    """Serve Telegram if TELEGRAM_BOT_TOKEN is set, else answer in this terminal.

    In the terminal it shows a prompt to a person and answers one line of input after another from a pipe. Content
    is read anew whenever a file changes.

    \b
    Exit codes: 0 ended by request, 2 the token is wrong, 3 no network,
    4 the content cannot go live, 5 a setting is wrong.
    """
    settings = _settings()
    if settings.telegram_bot_token is None:
        click.echo("Rounds in the terminal. Type a question, or a number to choose an option; Ctrl-D ends.", err=True)
        click.echo("To serve Telegram instead, set TELEGRAM_BOT_TOKEN to the token of your bot.", err=True)
        converse(engine_over(content))
        return
    from bot.chat.serving import serve  # noqa: PLC0415  (Telegram's libraries load only where they are used)

    click.echo("Rounds in Telegram, by long polling. Ctrl-C ends.", err=True)
    click.echo("To use the terminal instead, unset TELEGRAM_BOT_TOKEN.", err=True)
    sys.exit(serve(settings, content, engine_over(content)))


def _settings() -> Settings:
    """The settings, or one clear line for each that is wrong."""
    try:
        return read_settings()
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(ExitCode.SETTINGS)

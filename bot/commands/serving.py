"""`run`."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from bot.assembly import build_engine
from bot.commands.opening import engine_over, settings
from bot.errors import ExitCode
from bot.live import LiveEngine
from bot.terminal import converse

NOBODY = "TELEGRAM_BOT_TOKEN is not set, and there is neither a person at a terminal nor a question to answer."


@click.command()
@click.pass_obj
def run(content: Path) -> None:
    """Serve Telegram if TELEGRAM_BOT_TOKEN is set, else answer in this terminal.

    In the terminal it shows a prompt to a person and answers one line of input after another from a pipe. Content
    is read anew whenever a file changes.

    \b
    Exit codes: 0 ended by request, 2 the token is wrong, 3 no network,
    4 the content cannot go live, 5 a setting is wrong, 6 the database cannot be used.
    """
    chosen = settings()
    if chosen.telegram_bot_token is None:
        from bot.changing.gate import Gate  # noqa: PLC0415  (loads what only a change of the content needs)

        click.echo(
            "Rounds in the terminal. Type a question, or a number to choose an option; Ctrl-D or Ctrl-C ends.", err=True
        )
        click.echo("To serve Telegram instead, set TELEGRAM_BOT_TOKEN to the token of your bot.", err=True)
        with suppress(KeyboardInterrupt):
            if not converse(LiveEngine(content, engine_over(content), build_engine, judge=Gate(content).judge)):
                click.echo(NOBODY, err=True)
                sys.exit(ExitCode.SETTINGS)
        return
    from bot.chat.serving import serve  # noqa: PLC0415  (Telegram's libraries load only where they are used)

    way = "by webhook" if chosen.webhook_url else "by long polling"
    if chosen.log_format == "text":
        click.echo(f"Rounds in Telegram, {way}. Ctrl-C ends.", err=True)
        click.echo("To use the terminal instead, unset TELEGRAM_BOT_TOKEN.", err=True)
    sys.exit(serve(chosen, content, engine_over(content)))

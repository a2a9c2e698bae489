"""`health`."""

from __future__ import annotations

import sys
from http.client import HTTPConnection, HTTPException

import click

from bot.commands.opening import settings
from bot.errors import ExitCode
from bot.settings import Settings

PATIENCE = 5.0
"""Seconds."""


@click.command()
@click.option("--ready", is_flag=True, help="Ask whether it serves, not only whether it runs.")
def health(ready: bool) -> None:
    """Ask the bot that runs with the same settings how it does: for supervisors.

    Ends with 0 if all is well. Else it prints what is wrong, a word each, and ends with 1. Needs HEALTH_PORT or a
    webhook.
    """
    chosen = settings()
    host, port = _address(chosen)
    connection = HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz" if ready else "/healthz")
        answer = connection.getresponse()
        said = answer.read().decode()
    except (OSError, HTTPException) as error:
        click.echo(f"nobody answers ({type(error).__name__})")
        sys.exit(ExitCode.FAILED)
    finally:
        connection.close()
    click.echo(said.strip())
    sys.exit(ExitCode.STOPPED if answer.status == 200 else ExitCode.FAILED)


def _address(chosen: Settings) -> tuple[str, int]:
    """Where it listens, or one clear line and exit code 5."""
    if chosen.health_port:
        return chosen.health_host, chosen.health_port
    if chosen.webhook_url:
        return chosen.webhook_host, chosen.webhook_port
    click.echo("HEALTH_PORT: it is not set, so that nobody can ask how the bot does", err=True)
    sys.exit(ExitCode.SETTINGS)

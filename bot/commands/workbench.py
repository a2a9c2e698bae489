"""`workbench`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import click

from bot.assembly import build_engine
from bot.commands.opening import engine_at_hand, settings
from bot.errors import ExitCode
from bot.live import LiveEngine


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 for any.")
@click.pass_obj
def workbench(content: Path, host: str, port: int) -> None:
    """Open a page in the browser for those who edit: the chat, and beside it why it answered so.

    It follows the files as they are saved, and writes nothing. Only this machine can reach it; where --host says
    otherwise it asks for a token: WORKBENCH_TOKEN, or a new one that stands in the link it prints.
    """
    from bot.changing.gate import Gate  # noqa: PLC0415  (loads what only a change of the content needs)
    from bot.workbench.serving import Address, listening, serve  # noqa: PLC0415  (the web's libraries load only where they are used)

    chosen = settings()
    live = LiveEngine(content, engine_at_hand(content), build_engine, judge=Gate(content).judge)
    try:
        door = listening(host, port)
    except OSError as error:
        click.echo(f"The workbench cannot listen at {host}, port {port}: {error.strerror}. Choose another.", err=True)
        sys.exit(ExitCode.FAILED)
    address = Address.of(host, door.getsockname()[1], chosen)
    click.echo(f"The workbench is at {address.link}\nCtrl-C ends it.", err=True)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(live, content, address, door, chosen))

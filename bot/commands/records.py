"""`forget` and `feedback`: what the chat keeps of people, and what they said."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

import click

from bot.commands.opening import settings
from bot.errors import ExitCode
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.store import Missed, Opinion, Store

T = TypeVar("T")


@click.command()
@click.argument("user", type=int)
def forget(user: int) -> None:
    """Delete all that is kept of the person whose Telegram account has the number USER.

    What was last spoken of, questions that were missed, which figures were shown and corrections of them, and
    membership. A bot that runs meanwhile holds the first and the last in memory: restart it. Feedback is kept without
    any person; that somebody wants no corrections stays, under a pseudonym, because nothing else could honour it.
    """
    from bot.chat.missed import pseudonym  # noqa: PLC0415  (Telegram's libraries load only where they are used)

    chosen = settings()
    token = chosen.telegram_bot_token.get_secret_value() if chosen.telegram_bot_token else ""

    async def forgotten(store: Store) -> dict[str, int]:
        return await store.forget_person(user, pseudonym(user, token))

    for kind, number in _within(chosen, forgotten).items():
        click.echo(f"{number} {kind} deleted")


@click.command()
def feedback() -> None:
    """Print what people thought of replies, and the questions that were not understood, if they are kept."""

    async def kept(store: Store) -> tuple[list[Opinion], list[Missed]]:
        return await store.opinions(), list((await store.missed()).values())

    opinions, missed = _within(settings(), kept)
    for one, number in Counter(opinions).most_common():
        click.echo(f"{number} x {one.verdict}: {one.drug or '-'}/{one.topic or '-'} @ {one.content_version}")
    for question in missed:
        click.echo(f"{question.who[:8]} {question.outcome}: {question.question}")
    if not opinions and not missed:
        click.echo("Nothing is kept.")


def _within(chosen: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """The work, done with the database; one that cannot be used is a clear line and exit code 6."""
    from bot.store.database import StoreError  # noqa: PLC0415
    from bot.store.store import opened  # noqa: PLC0415

    async def done() -> T:
        async with opened(chosen.database_url) as store:
            return await work(store)

    try:
        return asyncio.run(done())
    except StoreError as error:
        click.echo(f"The database cannot be used: {error}. Setting: DATABASE_URL.", err=True)
        sys.exit(ExitCode.STORE)

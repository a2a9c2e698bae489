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

HIGHEST_ACCOUNT = 2**52 - 1
"""Telegram's numbers of accounts have no more bits than this."""
STRANGE = (
    "{number} records are kept under pseudonyms that the token in TELEGRAM_BOT_TOKEN may not have made: whether this "
    "person is among them cannot be told. Run this with the token that the bot had, or wait until they expire."
)
T = TypeVar("T")


@click.command()
@click.argument("user", type=click.IntRange(1, HIGHEST_ACCOUNT))
def forget(user: int) -> None:
    """Delete all that is kept of the person whose Telegram account has the number USER.

    What was last spoken of, what waits to be answered or sent, questions that were missed, which figures were shown
    and corrections of them, membership, and what an editor has in hand. A bot that runs meanwhile forgets it, too,
    within a minute. Feedback is kept without any person; that somebody wants no corrections stays, under a pseudonym,
    because nothing else could honour it. Ends with 1 where something is kept under a pseudonym of another token.
    """
    from bot.chat.missed import fingerprint, pseudonym  # noqa: PLC0415  (Telegram's libraries load only where needed)

    chosen = settings()
    token = chosen.telegram_bot_token.get_secret_value() if chosen.telegram_bot_token else ""

    async def forgotten(store: Store) -> tuple[dict[str, int], int]:
        found = await store.forget_person(user, pseudonym(user, token))
        return found, await store.ledger.strange(fingerprint(token))

    found, strange = _within(chosen, forgotten)
    for kind, number in found.items():
        click.echo(f"{number} {kind} deleted")
    if strange:
        click.echo(STRANGE.format(number=strange), err=True)
        sys.exit(ExitCode.FAILED)


@click.command()
def feedback() -> None:
    """Print what people thought of replies, and the questions that were not understood, if they are kept."""

    async def kept(store: Store) -> tuple[list[Opinion], list[Missed]]:
        return await store.opinions(), list((await store.missed()).values())

    opinions, missed = _within(settings(), kept)
    for one, number in Counter(opinions).most_common():
        click.echo(f"{number} x {one.verdict}: {one.about} @ {one.content_version}")
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

"""Takes updates from the inbox, one of a chat at a time, and has them handled."""

from __future__ import annotations

import asyncio
import logging

from telegram import Update

from bot.chat.connection import App
from bot.chat.inbox import Arrival, Inbox
from bot.errors import summary

log = logging.getLogger(__name__)
WORKERS = 32


async def work(inbox: Inbox, application: App) -> None:
    """Until cancelled: as many chats at once as there are workers."""
    async with asyncio.TaskGroup() as group:
        for _ in range(WORKERS):
            group.create_task(_work(inbox, application))


async def _work(inbox: Inbox, application: App) -> None:
    while True:
        arrival = await inbox.next()
        if (update := _read(arrival, application)) is not None:
            await application.process_update(update)
        await inbox.done(arrival)


def _read(arrival: Arrival, application: App) -> Update | None:
    """The update, or None for one that the library cannot read: it is set aside and holds up nobody."""
    try:
        return Update.de_json(dict(arrival.raw), application.bot)
    except Exception as error:  # noqa: BLE001 - what Telegram may send tomorrow can fail in any way
        log.warning("update %d cannot be read and is set aside: %s", arrival.number, summary(error))
        return None

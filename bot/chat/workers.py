"""Take updates from the inbox, one of a chat at a time, and have them handled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.chat.connection import App
from bot.chat.inbox import Arrival, Inbox
from bot.chat.metrics import Metrics
from bot.chat.outbox import Outbox
from bot.chat.visit import Visit
from bot.errors import summary

log = logging.getLogger(__name__)
WORKERS = 32
MOST_ATTEMPTS = 5
"""An update that was in hand whenever the program ended, so many times, is not tried again."""


class Workers:
    """As many chats at once as there are workers. No update, whatever it does, holds up the next."""

    def __init__(
        self,
        inbox: Inbox,
        outbox: Outbox,
        application: App,
        apologise: Callable[[Visit], Awaitable[None]],
        metrics: Metrics,
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._application = application
        self._apologise = apologise
        self._metrics = metrics

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(WORKERS):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            arrival = await self._inbox.next()
            try:
                await self._handle(arrival)
            except Exception as error:  # noqa: BLE001 - beyond all error handlers: still one update among many
                self._metrics.failed("answering", error)
                number = arrival.number
                log.error("update %d failed beyond repair: %s", number, summary(error), extra={"update": number})
            await self._seal(arrival.number)
            await self._inbox.done(arrival)

    async def _seal(self, number: int) -> None:
        try:
            await self._outbox.seal(number)
        except Exception as error:  # noqa: BLE001 - as above: the next start answers it anew
            self._metrics.failed("keeping", error)
            log.error("update %d cannot be sealed: %s", number, summary(error), extra={"update": number})

    async def _handle(self, arrival: Arrival) -> None:
        if arrival.attempts > MOST_ATTEMPTS:
            await self._set_aside(arrival)
        elif (update := self._read(arrival)) is not None:
            await self._application.process_update(update)

    async def _set_aside(self, arrival: Arrival) -> None:
        """Apologise without reading it. In a group nobody knows whether the bot was spoken to."""
        number = arrival.number
        text = "update %d was in hand at %d ends of the program and is set aside"
        log.error(text, number, MOST_ATTEMPTS, extra={"update": number})
        match arrival.lane:
            case "chat", int(chat) if chat > 0:
                await self._apologise(Visit(number, chat, user=chat))

    def _read(self, arrival: Arrival) -> Update | None:
        """The update, or None for one that the library cannot read: it is set aside and holds up nobody."""
        try:
            return Update.de_json(dict(arrival.raw), self._application.bot)
        except Exception as error:  # noqa: BLE001 - what Telegram may send tomorrow can fail in any way
            self._metrics.failed("reading", error)
            number, why = arrival.number, summary(error)
            log.warning("update %d cannot be read and is set aside: %s", number, why, extra={"update": number})
            return None

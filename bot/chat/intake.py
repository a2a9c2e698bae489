"""Takes updates in by long polling, and survives whatever Telegram or the network does meanwhile."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.chat.connection import MOST_REFUSALS, Sleep, seconds
from bot.chat.health import Contact
from bot.chat.inbox import Arrival, Inbox

log = logging.getLogger(__name__)
WAIT = 25
"""Seconds that Telegram holds a call open when there is nothing new."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds before each further call after a failure; the last again and again."""
HIGHEST = 2**53
"""The highest number of an update: more than Telegram says that any of its numbers needs."""


class Source(Protocol):
    """Where raw updates come from."""

    async def updates(self, offset: int, wait: int, most: int = 100) -> list[Any]: ...


class Intake:
    """The offset moves only past updates that the inbox has."""

    def __init__(self, source: Source, inbox: Inbox, contact: Contact, sleep: Sleep = asyncio.sleep) -> None:
        self._source = source
        self._inbox = inbox
        self._contact = contact
        self._sleep = sleep
        self._offset = 0
        self._confirmed = 0

    async def run(self) -> None:
        """Until cancelled. Raises InvalidToken when Telegram keeps refusing the token."""
        failures = refusals = 0
        while True:
            try:
                await self._round(wait=0 if failures else WAIT)
                failures = refusals = 0
            except (TelegramError, KeyError) as error:  # KeyError: an answer without a result
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals == MOST_REFUSALS:
                    raise
                await self._rest(error, failures)
                failures += 1

    async def confirm(self) -> None:
        """Tell Telegram what the inbox has, so that none of it comes again after a restart."""
        if self._confirmed < self._offset:
            await self._source.updates(self._offset, wait=0, most=1)

    async def _round(self, wait: int) -> None:
        """One call. After a failure it does not wait: that Telegram is back should not be news half a minute later."""
        asked = self._offset
        batch = await self._source.updates(asked, wait)
        self._confirmed = asked
        self._contact.made()
        arrivals = [arrival for raw in batch if (arrival := arrival_of(raw))]
        if batch and not arrivals:  # none of it can be confirmed, so it comes again at once
            raise TelegramError("no update has a number")
        await self._inbox.put(*arrivals)
        self._offset = max([self._offset, *(arrival.number + 1 for arrival in arrivals)])

    async def _rest(self, error: Exception, failures: int) -> None:
        pause = PAUSES[min(failures, len(PAUSES) - 1)]
        if isinstance(error, RetryAfter):
            pause = max(pause, seconds(error))
        if isinstance(error, Conflict):
            log.error("another process takes this bot's updates: only one can; trying again in %g s", pause)
        else:
            log.warning("no updates from Telegram (%s); trying again in %g s", type(error).__name__, pause)
        self._contact.failed(error, rest=pause)
        await self._sleep(pause)


def arrival_of(raw: Any) -> Arrival | None:
    """What Telegram sent, if it has a number: nothing else can be confirmed."""
    match raw:
        case {"update_id": int(number)} if 0 <= number <= HIGHEST:
            return Arrival(number, raw)
    log.error("Telegram sent an update without a number that one can have; it is left out")
    return None

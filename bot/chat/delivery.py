"""One call to Telegram, tried until it succeeds, cannot succeed, or is no longer worth it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import chain, repeat
from typing import assert_never

from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat import sending
from bot.chat.calls import Acknowledge, AnswerInline, Call, ChangeButtons, Say, SendFile, ShowChart, ShowTyping
from bot.chat.connection import CONNECTIONS, Sleep, seconds
from bot.chat.envelope import is_durable
from bot.chat.metrics import Metrics
from bot.chat.outbox import Note
from bot.chat.transport import Unreachable
from bot.drawing.chart import Chart
from bot.errors import summary

log = logging.getLogger(__name__)
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
OUTAGE = 24 * 3600.0
"""Seconds for which an answer waits for the network: as long as Telegram itself keeps a question."""

Draw = Callable[[str, str | None], Awaitable[Chart]]
"""Draws a chart by its name and drug."""


class Delivery:
    """Performs calls. Never raises: what could not be sent is logged by its kind, without its text."""

    def __init__(
        self,
        bot: Bot,
        draw: Draw,
        metrics: Metrics,
        *,
        sleep: Sleep = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._draw = draw
        self._metrics = metrics
        self._sleep = sleep
        self._clock = clock
        self._connections = asyncio.Semaphore(CONNECTIONS)

    async def deliver(self, update: int, call: Call, note: Note) -> None:
        """Perform a call that answers the update of this number, and note its end.

        A call keeps its connection until its success is noted, so that no more are in doubt than there are connections.
        """
        try:
            await self._insist(update, call, note)
        except Forbidden:
            log.info("update %d: the chat does not let the bot write", update, extra={"update": update})
        except Exception as error:  # noqa: BLE001 - one call that fails in a new way must not hold up its chat for ever
            self._metrics.failed("sending", error)
            kind, why = type(call).__name__, summary(error)
            log.warning("update %d: %s given up (%s)", update, kind, why, extra={"update": update})
        else:
            return
        await note()

    async def _insist(self, update: int, call: Call, note: Note) -> None:
        began, doubtful = self._clock(), False
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._attempt(update, call, note)
            except (TelegramError, KeyError) as error:
                self._metrics.refused(call, error)
                wait = _wait_after(error, pause, doubtful=doubtful)
                if wait is None or self._clock() + wait > began + _patience(call, error):
                    raise
                doubtful = _is_doubtful(error)
            else:
                return
            await self._sleep(wait)

    async def _attempt(self, update: int, call: Call, note: Note) -> None:
        perform = await self._prepared(call)
        async with self._connections:
            await perform()
            self._metrics.sent(update, call)
            await note()

    async def _prepared(self, call: Call) -> Callable[[], Awaitable[None]]:
        """How to perform it; drawing takes no connection."""
        if isinstance(call, ShowChart):
            return partial(sending.show_chart, self._bot, call, await self._draw(call.name, call.drug))
        return partial(self._perform, call)

    async def _perform(self, call: Say | SendFile | ChangeButtons | AnswerInline | Acknowledge | ShowTyping) -> None:
        match call:
            case Say():
                await self._say(call)
            case SendFile():
                await sending.send_file(self._bot, call)
            case ChangeButtons():
                await sending.change_buttons(self._bot, call)
            case AnswerInline():
                await sending.answer_inline(self._bot, call)
            case Acknowledge(query, text):
                await self._bot.answer_callback_query(query, text or None)
            case ShowTyping(chat, thread):
                await self._bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=thread)
            case _:
                assert_never(call)

    async def _say(self, call: Say) -> None:
        try:
            await sending.say(self._bot, call, call.html, ParseMode.HTML)
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            log.warning("Telegram refused the formatting of an answer; it goes out as plain text")
            await sending.say(self._bot, call, call.plain, None)


def _patience(call: Call, error: Exception) -> float:
    """While nobody can be reached it is not the fault of the call."""
    return OUTAGE if isinstance(error, Unreachable) and is_durable(call) else call.patience


def _is_doubtful(error: Exception) -> bool:
    """Whether the call may have taken effect: no answer, or half of one."""
    return isinstance(error, TimedOut) or type(error) is TelegramError


def _wait_after(error: Exception, pause: float, *, doubtful: bool) -> float | None:
    """Seconds until another attempt is worth it; None when it never is.

    What was in doubt before is tried once more and not again: two answers are better than none, and than ten.
    """
    match error:
        case RetryAfter():
            return max(pause, seconds(error))
        case BadRequest() | Forbidden() | ChatMigrated():
            return None
        case _ if _is_doubtful(error):
            return None if doubtful else pause
        case NetworkError() | InvalidToken() | KeyError():
            return pause  # a proxy's 404 looks like a refused token; a KeyError is an answer without a result
    return None

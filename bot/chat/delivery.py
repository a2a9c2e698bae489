"""One call to Telegram, tried until it succeeds, cannot succeed, or is no longer worth it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from typing import assert_never

from telegram import Bot
from telegram.constants import ParseMode
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
from bot.chat.pace import Pace
from bot.chat.refusal import Refused
from bot.chat.transport import Broken
from bot.drawing.chart import Chart
from bot.errors import summary

log = logging.getLogger(__name__)
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
OUTAGE = 24 * 3600.0
"""Seconds for which an answer waits while Telegram or the network fails: as long as Telegram keeps a question."""
UNNOTICED = 0.5
"""Seconds of drawing that nobody notices."""
SHOWN = 4.0
"""Seconds after which it is shown again that a picture is drawn: Telegram takes it back after five."""

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
        self._pace = Pace(clock)
        self._connections = asyncio.Semaphore(CONNECTIONS)

    async def deliver(self, update: int, call: Call, note: Note) -> None:
        """Perform a call that answers the update of this number, and note its end.

        A call keeps its connection until its success is noted, so that no more are in doubt than there are connections.
        """
        try:
            await self._wherever(update, call, note)
        except Exception as error:  # noqa: BLE001 - one call that fails in a new way must not hold up its chat for ever
            self._give_up(update, call, error)
        else:
            return
        await note()

    def _give_up(self, update: int, call: Call, error: Exception) -> None:
        kind = type(call).__name__
        if words := Refused.of(error).words:
            log.warning("update %d: %s is not sent: %s", update, kind, words, extra={"update": update})
            return
        self._metrics.failed("sending", error)
        log.warning("update %d: %s given up (%s)", update, kind, summary(error), extra={"update": update})

    async def _wherever(self, update: int, call: Call, note: Note) -> None:
        """Where a group became another or a topic is gone, the call goes where the chat goes on."""
        try:
            await self._insist(update, call, note)
        except (BadRequest, ChatMigrated) as error:
            moved = _moved(call, error)
            if moved is None:
                raise
            log.info("update %d: its chat goes on elsewhere, and so does the answer", update, extra={"update": update})
            await self._insist(update, moved, note)

    async def _insist(self, update: int, call: Call, note: Note) -> None:
        began, doubtful = self._clock(), False
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            await self._await_turn(call, began)
            try:
                await self._attempt(update, call, note)
            except (TelegramError, KeyError) as error:
                self._metrics.refused(call, error)
                if isinstance(error, RetryAfter):
                    self._pace.rest(call, seconds(error))
                wait = _wait_after(error, pause, doubtful=doubtful)
                if wait is None or self._clock() + wait > began + _patience(call, error):
                    raise
                doubtful = _is_doubtful(error)
            else:
                return
            await self._sleep(wait)

    async def _await_turn(self, call: Call, began: float) -> None:
        """Wait until its chat may be written to. Raises LateError where that is too late for the call."""
        while wait := self._pace.wait(call):
            if self._clock() + wait > began + (OUTAGE if is_durable(call) else call.patience):
                raise LateError
            await self._sleep(wait)

    async def _attempt(self, update: int, call: Call, note: Note) -> None:
        perform = await self._prepared(update, call)
        async with self._connections:
            await perform()
            self._metrics.sent(update, call)
            await note()

    async def _prepared(self, update: int, call: Call) -> Callable[[], Awaitable[None]]:
        """How to perform it; drawing takes no connection."""
        if isinstance(call, ShowChart):
            return partial(sending.show_chart, self._bot, call, await self._drawn(update, call))
        return partial(self._perform, call)

    async def _drawn(self, update: int, call: ShowChart) -> Chart:
        """The chart; while it is drawn, the chat shows that one is coming."""
        drawing = asyncio.ensure_future(self._draw(call.name, call.drug))
        showing = asyncio.create_task(self._show_drawing(update, call, drawing))
        try:
            return await drawing
        finally:
            showing.cancel()

    async def _show_drawing(self, update: int, call: ShowChart, drawing: asyncio.Future[Chart]) -> None:
        pause, shown = UNNOTICED, ShowTyping(call.chat, call.thread, "upload_photo")
        while not (await asyncio.wait([drawing], timeout=pause))[0]:
            await self.deliver(update, shown, _nothing)
            pause = SHOWN

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
            case ShowTyping(chat, thread, action):
                await self._bot.send_chat_action(chat, action, message_thread_id=thread)
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


class LateError(Exception):
    """Telegram wants the chat left alone for longer than the call is worth."""


async def _nothing() -> None:
    """Nobody keeps that something was shown for a moment."""


def _moved(call: Call, error: Exception) -> Call | None:
    """The same call where its chat goes on; None where that cannot be told."""
    match call, error:
        case Say() | ShowChart() | SendFile() | ShowTyping(), ChatMigrated(new_chat_id=int(chat)):
            return replace(call, chat=chat, thread=None)
        case Say() | ShowChart() | SendFile(), BadRequest() if Refused.of(error) is Refused.TOPIC_GONE and call.thread:
            return replace(call, thread=None)
    return None


def _patience(call: Call, error: Exception) -> float:
    """While Telegram or the network fails it is not the fault of a call, unless that may take effect each time."""
    known = not isinstance(error, Broken | TimedOut) and type(error) is not TelegramError
    return OUTAGE if known and is_durable(call) else call.patience


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

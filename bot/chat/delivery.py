"""One call to Telegram, tried until it succeeds, cannot succeed, or is no longer worth it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from itertools import chain, repeat
from typing import assert_never

import httpx
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.chat.calls import Acknowledge, Call, Say, ShowTyping
from bot.chat.connection import CONNECTIONS, Sleep, seconds
from bot.chat.keyboard import Rows
from bot.errors import summary

log = logging.getLogger(__name__)
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Delivery:
    """Performs calls. Never raises: what could not be sent is logged by its kind, without its text."""

    def __init__(self, bot: Bot, *, sleep: Sleep = asyncio.sleep, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._sleep = sleep
        self._clock = clock
        self._connections = asyncio.Semaphore(CONNECTIONS)

    async def deliver(self, update: int, call: Call) -> None:
        """Perform a call that answers the update of this number."""
        try:
            await self._insist(call)
        except Forbidden:
            log.info("update %d: the chat does not let the bot write", update)
        except Exception as error:  # noqa: BLE001 - one call that fails in a new way must not hold up its chat for ever
            log.warning("update %d: %s given up (%s)", update, type(call).__name__, summary(error))

    async def _insist(self, call: Call) -> None:
        until = self._clock() + call.patience
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._attempt(call)
            except (TelegramError, KeyError) as error:
                wait = _wait_after(error, pause)
                if wait is None or self._clock() + wait > until:
                    raise
            else:
                return
            await self._sleep(wait)

    async def _attempt(self, call: Call) -> None:
        async with self._connections:
            match call:
                case Say():
                    await self._say(call)
                case Acknowledge(query):
                    await self._bot.answer_callback_query(query)
                case ShowTyping(chat, thread):
                    await self._bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=thread)
                case _:
                    assert_never(call)

    async def _say(self, call: Say) -> None:
        try:
            await self._send(call, call.html, ParseMode.HTML)
        except BadRequest as error:
            if "parse entities" not in error.message:
                raise
            log.warning("Telegram refused the formatting of an answer; it goes out as plain text")
            await self._send(call, call.plain, None)

    async def _send(self, call: Say, text: str, parse_mode: str | None) -> None:
        quoted = ReplyParameters(call.reply_to, allow_sending_without_reply=True) if call.reply_to else None
        await self._bot.send_message(
            call.chat,
            text,
            parse_mode,
            message_thread_id=call.thread,
            reply_parameters=quoted,
            reply_markup=_markup(call.buttons),
            link_preview_options=NO_PREVIEW,
        )


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    shown = [[InlineKeyboardButton(button.label, callback_data=button.data) for button in row] for row in rows]
    return InlineKeyboardMarkup(shown) if shown else None


def _wait_after(error: Exception, pause: float) -> float | None:
    """Seconds until another attempt is worth it; None when it never is."""
    match error:
        case RetryAfter():
            return max(pause, seconds(error))
        case BadRequest() | Forbidden() | ChatMigrated():
            return None
        case NetworkError(__cause__=httpx.ReadTimeout() | httpx.WriteTimeout()):
            return None  # Telegram has probably taken it: a second copy would be as likely as a first
        case NetworkError() | InvalidToken() | KeyError():
            return pause  # a proxy's 404 looks like a refused token; a KeyError is an answer without a result
    return None

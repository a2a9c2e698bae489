"""The one place that opens connections to Telegram."""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, CallbackContext, ExtBot
from telegram.request import BaseRequest

from bot.chat.transport import Transport

log = logging.getLogger(__name__)

# python-telegram-bot's coming default; without it every "retry after" raises a deprecation warning.
os.environ["PTB_TIMEDELTA"] = "true"

Moment = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
App = Application[ExtBot[None], Moment, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Sleep = Callable[[float], Awaitable[None]]

CONNECTIONS = 32
"""How many calls may be under way at once."""
WANTED = json.dumps(["message", "edited_message", "callback_query", "inline_query"])
MOST_REFUSALS = 4
"""A proxy's 404 looks like a refused token and passes; after this many in a row (seven seconds) it is one."""
PAUSES = (1.0, 2.0)
"""Seconds before each further attempt to reach Telegram at the start."""


def application(token: str, api_url: str) -> App:
    """Handlers and calls by python-telegram-bot; taking updates in is the intake's, sending the outbox's."""
    builder = Application.builder().token(token).base_url(f"{api_url}/bot").base_file_url(f"{api_url}/file/bot")
    return (
        builder.request(Transport(CONNECTIONS)).get_updates_request(Transport()).updater(None).job_queue(None).build()
    )


async def poll(bot: Bot) -> None:
    """Have updates wait until they are asked for: while a webhook is set, Telegram refuses long polling."""
    await bot.delete_webhook()


async def connect(app: App, claim: Callable[[Bot], Awaitable[None]] = poll, sleep: Sleep = asyncio.sleep) -> None:
    """Learn who the bot is, and claim its updates.

    Raises InvalidToken where Telegram keeps refusing the token, and any other error of Telegram's after three attempts,
    one of the network's too. Where Telegram wants to be left alone, it is, for as long as it says.
    """
    failures = refusals = 0
    while True:
        try:
            await app.initialize()
            await claim(app.bot)
        except RetryAfter as error:
            log.warning("Telegram wants to be left alone for %g s", seconds(error))
            await sleep(seconds(error))
        except InvalidToken:
            refusals += 1
            if refusals == MOST_REFUSALS:
                raise
            await sleep(2.0 ** (refusals - 1))
        except (TelegramError, KeyError) as error:  # KeyError: an answer without a result
            refusals, failures = 0, failures + 1
            if failures > len(PAUSES):
                raise error if isinstance(error, TelegramError) else TelegramError("no result") from None
            await sleep(PAUSES[failures - 1])
        else:
            return


@asynccontextmanager
async def polling(app: App) -> AsyncIterator[Polling]:
    """The source of updates, over connections of its own."""
    async with Transport() as request:
        yield Polling(request, app.bot.base_url)


class Polling:
    """Updates as Telegram sent them, unread: what one of them holds cannot keep the others back."""

    def __init__(self, request: BaseRequest, base_url: str) -> None:
        self._request = request
        self._address = f"{base_url}/getUpdates"

    async def updates(self, offset: int, wait: int, most: int = 100) -> list[Any]:
        """Those from `offset` on, which confirms all before it; waits up to `wait` seconds for the first."""
        asked = {"offset": offset, "timeout": wait, "limit": most, "allowed_updates": WANTED}
        try:
            result: object = await self._request.post(f"{self._address}?{urlencode(asked)}", read_timeout=wait + 10)
        except RecursionError:
            raise TelegramError("getUpdates returned what nobody can read") from None
        if not isinstance(result, list):
            raise TelegramError("getUpdates did not return a list")
        return result


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    return cast("timedelta", error.retry_after).total_seconds()  # a number only without the setting above

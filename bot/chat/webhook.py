"""Takes updates in as Telegram posts them, behind a reverse proxy that speaks HTTPS."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chat.connection import MOST_REFUSALS, WANTED, Sleep
from bot.chat.health import Health
from bot.chat.inbox import Inbox
from bot.chat.intake import arrival_of
from bot.chat.ports import health_routes, listening

log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
READ_WITHIN = 10.0
LOOK_EVERY = 60.0
"""Seconds between two looks at whether Telegram still posts here."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where Telegram posts, with which secret, and where the proxy passes it on to."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int

    async def claim(self, bot: Bot) -> None:
        """Have updates posted here. What waits at Telegram stays."""
        await bot.set_webhook(self.url, secret_token=self.secret, allowed_updates=json.loads(WANTED))


class Webhook:
    """An update is confirmed with a 200 when the inbox has it, and not before."""

    def __init__(self, bot: Bot, inbox: Inbox, address: Address, health: Health, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._inbox = inbox
        self._address = address
        self._health = health
        self._sleep = sleep

    async def run(self) -> None:
        """Until cancelled. Raises InvalidToken when Telegram keeps refusing the token, SettingsError without a port."""
        posts = web.post(urlsplit(self._address.url).path or "/", self._take)
        routes = [posts, *health_routes(self._health)]
        async with listening(routes, self._address.host, self._address.port, "WEBHOOK_PORT"):
            await self._keep_claiming()

    async def confirm(self) -> None:
        """Nothing to do: each was confirmed by itself."""

    async def _take(self, request: web.Request) -> web.Response:
        said = ", ".join(request.headers.getall(SECRET_HEADER, []))
        if not hmac.compare_digest(said.encode(errors="surrogateescape"), self._address.secret.encode()):
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        try:
            async with asyncio.timeout(READ_WITHIN):
                raw = json.loads(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        # What has no number is confirmed too: Telegram would repeat it for a day, and hold back that chat meanwhile.
        if arrival := arrival_of(raw):
            await self._inbox.put(arrival)
        return web.Response()

    async def _keep_claiming(self) -> None:
        refusals = 0
        while True:
            await self._sleep(LOOK_EVERY)
            try:
                await self._look()
                self._health.contact.made()
                refusals = 0
            except (TelegramError, KeyError) as error:
                self._health.contact.failed(error)
                log.warning("Telegram cannot be asked where it posts updates (%s)", type(error).__name__)
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals == MOST_REFUSALS:
                    raise

    async def _look(self) -> None:
        """Where Telegram posts, and whether it can."""
        info = await self._bot.get_webhook_info()
        posting = self._health.posting
        if posting.seen(info):
            log.error("Telegram cannot post updates here (%s): %d wait there", posting.why, posting.pending)
        if info.url != self._address.url:
            log.error("another program takes this bot's updates: only one can; claiming them again")
            await self._address.claim(self._bot)

"""Takes updates in as Telegram posts them, behind a reverse proxy that speaks HTTPS."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chat.connection import MOST_REFUSALS, WANTED, Sleep
from bot.chat.inbox import Inbox
from bot.chat.intake import arrival_of

log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
MOST_BYTES = 256 * 1024
"""Of a body: Telegram drops updates of more than a quarter of this itself."""
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

    def __init__(
        self, bot: Bot, inbox: Inbox, address: Address, writable: Callable[[], bool], sleep: Sleep = asyncio.sleep
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._address = address
        self._writable = writable
        self._sleep = sleep
        self._claimed = True

    async def run(self) -> None:
        """Until cancelled. Raises InvalidToken when Telegram keeps refusing the token, OSError without the port."""
        runner = web.AppRunner(self._application(), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._address.host, self._address.port).start()
            await self._keep_claiming()
        finally:
            await runner.cleanup()

    async def confirm(self) -> None:
        """Nothing to do: each was confirmed by itself."""

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_post(urlsplit(self._address.url).path or "/", self._take)
        application.router.add_get("/healthz", self._health)
        application.router.add_get("/readyz", self._readiness)
        return application

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

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _readiness(self, _: web.Request) -> web.Response:
        """Red while restarting would lose something, or Telegram does not post here."""
        faults = [fault for fault, is_so in [("store", not self._writable()), ("telegram", not self._claimed)] if is_so]
        return web.Response(status=503 if faults else 200, text=" ".join(faults or ["ready"]) + "\n")

    async def _keep_claiming(self) -> None:
        refusals = 0
        while True:
            await self._sleep(LOOK_EVERY)
            try:
                await self._claim_again()
                self._claimed, refusals = True, 0
            except (TelegramError, KeyError) as error:
                self._claimed = False
                log.warning("Telegram cannot be asked where it posts updates (%s)", type(error).__name__)
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals == MOST_REFUSALS:
                    raise

    async def _claim_again(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._address.url:
            log.error("another program takes this bot's updates: only one can; claiming them again")
            await self._address.claim(self._bot)

"""Serves Telegram: connects, runs the three steps beside one another, and stops in good order."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.assembly import build_engine
from bot.changing.gate import Gate
from bot.chat.connection import App, Polling, application, connect, poll, polling
from bot.chat.foundation import Foundation
from bot.chat.inbox import DurableInbox, Inbox
from bot.chat.intake import Intake
from bot.chat.journal import keep_journal
from bot.chat.outbox import Outbox
from bot.chat.ports import health_routes, listening, metrics_route
from bot.chat.staff import Staff
from bot.chat.webhook import Address, Webhook
from bot.chat.workers import Workers
from bot.errors import ExitCode, SettingsError, summary
from bot.live import Answers, LiveEngine
from bot.settings import Settings
from bot.store.database import StoreError
from bot.store.store import opened

log = logging.getLogger(__name__)
GRACE = 7.5
"""Seconds for finishing what is in hand: a busy machine needs two more to close, and a supervisor waits ten."""
WRONG_TOKEN = "Telegram does not accept the token in TELEGRAM_BOT_TOKEN: copy it anew from @BotFather."  # noqa: S105
NO_STORE = "The database cannot be used: {error}. Setting: DATABASE_URL."
NO_NETWORK = "Telegram cannot be reached at {address}: check the network and TELEGRAM_API_URL."


def serve(settings: Settings, content: Path, engine: Answers) -> ExitCode:
    """Run until a signal, or until Telegram refuses the token. Needs the setting `telegram_bot_token`.

    Begins with this engine; another takes its place whenever the content changes.
    """
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    keep_journal(settings.log_level, token, form=settings.log_format)
    app = application(token, settings.telegram_api_url)
    live = LiveEngine(content, engine, build_engine, judge=Gate(content).judge)
    try:
        return asyncio.run(_serve(app, settings, live))
    except InvalidToken:
        return _ended(ExitCode.TOKEN, WRONG_TOKEN, settings)
    except TelegramError:
        return _ended(ExitCode.NETWORK, NO_NETWORK.format(address=settings.telegram_api_url), settings)
    except StoreError as error:
        return _ended(ExitCode.STORE, NO_STORE.format(error=error), settings)
    except SettingsError as error:
        return _ended(ExitCode.SETTINGS, str(error), settings)
    except Exception as error:  # noqa: BLE001 - a traceback may hold a question: its type and place must do
        log.critical("stopped by a fault of its own: %s", summary(error))
        return ExitCode.FAILED


def _ended(code: ExitCode, why: str, settings: Settings) -> ExitCode:
    """Say to the operator what to mend: in one clear line, or as the log is written."""
    if settings.log_format == "json":
        log.critical("%s", why)
    else:
        sys.stderr.write(f"{why}\n")
    return code


async def _serve(app: App, settings: Settings, live: LiveEngine) -> ExitCode:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_exception_handler(_log_stray)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    address = _address(settings)
    connecting = asyncio.create_task(connect(app, address.claim if address else poll))
    try:
        await _first(stop, connecting)
        if not stop.is_set():
            await run(app, settings, live, stop, address)
        return ExitCode.STOPPED
    finally:
        await _cancel(connecting)
        await app.bot.shutdown()


def _address(settings: Settings) -> Address | None:
    """Where updates are posted, if they are."""
    if settings.webhook_url is None:
        return None
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    return Address(settings.webhook_url, secret, settings.webhook_host, settings.webhook_port)


async def run(
    app: App, settings: Settings, live: LiveEngine, stop: asyncio.Event, address: Address | None = None
) -> None:
    """Take in, answer and send until `stop`.

    Raises InvalidToken when Telegram takes the token back, StoreError, and SettingsError for a port that is taken.
    """
    async with opened(settings.database_url) as store, polling(app) as source:
        base = Foundation.of(app, settings, live, store)
        async with _watched_over(base):
            await _run(base, source, stop, address)


@asynccontextmanager
async def _watched_over(base: Foundation) -> AsyncIterator[None]:
    """Listen for whoever asks after the program, if somebody may."""
    chosen = base.settings
    if chosen.health_port is None:
        yield
        return
    routes = [*health_routes(base.health), *metrics_route(base.metrics.exposition)]
    async with listening(routes, chosen.health_host, chosen.health_port, "HEALTH_PORT"):
        yield


async def _run(base: Foundation, source: Polling, stop: asyncio.Event, address: Address | None) -> None:
    app, inbox, outbox, health = base.app, base.inbox, base.outbox, base.health
    staff = await Staff.of(base)
    intake = Webhook(app.bot, inbox, address, health) if address else Intake(source, inbox, health.contact)
    await outbox.restore()
    taking = asyncio.create_task(_take_in(inbox, intake))
    working = asyncio.create_task(Workers(inbox, outbox, app, staff.conversation.apologise, base.metrics).run())
    writing = asyncio.create_task(base.store.ended())
    health.crew.append(working)
    courtesies = [asyncio.create_task(courtesy) for courtesy in staff.courtesies(stop)]
    for courtesy in courtesies:
        courtesy.add_done_callback(_log_end)
    log.info("serving as @%s, content version %s", app.bot.username, base.live.engine.catalogue.version)
    try:
        await _first(stop, taking, working, writing)
        await _cancel(taking)
        await _finish(inbox, outbox, intake)
    finally:
        stop.set()
        await _cancel(taking, working, writing, *courtesies)


async def _take_in(inbox: DurableInbox, intake: Intake | Webhook) -> None:
    """First what an earlier run left, then what is new."""
    await inbox.restore()
    await intake.run()


async def _finish(inbox: Inbox, outbox: Outbox, intake: Intake | Webhook) -> None:
    """Answer and send what is in hand; what is not finished in time is kept for the next start."""
    try:
        async with asyncio.timeout(GRACE):
            await inbox.drained()
            await outbox.drained()
            await intake.confirm()
    except (TimeoutError, TelegramError, KeyError) as error:
        log.warning("stopped with work in hand (%s): it is kept for the next start", type(error).__name__)
    else:
        log.info("stopped, nothing left in hand")


async def _first(stop: asyncio.Event, *tasks: asyncio.Task[None]) -> None:
    """Wait until `stop` is set or one of the tasks ends, and raise what it ended with."""
    stopped = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait({stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    for task in done:
        task.result()


async def _cancel(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _log_end(courtesy: asyncio.Task[None]) -> None:
    """One that fails costs what it was for, and nothing else: but somebody must learn of it."""
    if not courtesy.cancelled() and (error := courtesy.exception()):
        log.error("gone until the next start: %s", summary(error))


def _log_stray(_: asyncio.AbstractEventLoop, event: dict[str, Any]) -> None:
    """An exception that no one waited for; asyncio itself would log it with all it says."""
    error = event.get("exception")
    log.error("stray error: %s", summary(error) if error else "without an exception")

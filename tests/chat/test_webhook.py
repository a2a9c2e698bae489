"""Updates as Telegram posts them: kept before they are confirmed, and nobody else's are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken

from bot.chat.connection import application, connect
from bot.chat.health import Contact, Health
from bot.chat.inbox import MemoryInbox
from bot.chat.ports import MOST_BYTES
from bot.chat.posting import Posting
from bot.chat.transport import Transport
from bot.chat.webhook import SECRET_HEADER, Address, Webhook
from tests.chat.fakes import Clock
from tests.emulator import Person, TelegramWorld, faults, serve
from tests.emulator.faults import EVERY_TIME

SECRET = "a_secret-of_the-tests"
JSON = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5}}}


@dataclass
class Hook:
    """A webhook, what came in through it, and a client that posts to it."""

    address: Address
    client: aiohttp.ClientSession
    inbox: MemoryInbox = field(default_factory=MemoryInbox)
    contact: Contact = field(default_factory=Contact)
    writable: bool = True

    async def post(self, **changed: Any) -> int:
        """The status that a post of an update gets, with something about it changed."""
        asked: dict[str, Any] = {"json": UPDATE, "headers": {SECRET_HEADER: SECRET}} | changed
        async with self.client.post(self.address.url, **asked) as answer:
            return answer.status

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(self.address.url.replace("/hook", path)) as answer:
            return answer.status, (await answer.text()).strip()

    async def becomes(self, path: str, said: tuple[int, str]) -> None:
        """Ask until this is said."""
        async with asyncio.timeout(5):
            while await self.get(path) != said:  # noqa: ASYNC110 - it cannot say when
                await asyncio.sleep(0.02)

    async def got(self) -> list[int]:
        """The numbers of what came in."""
        found: list[int] = []
        while not self.inbox._ready.empty():
            found.append((await self.inbox.next()).number)
        return found


@asynccontextmanager
async def listening(address: Address, bot: Bot, sleep: Any = asyncio.sleep) -> AsyncIterator[Hook]:
    async with aiohttp.ClientSession() as client:
        hook = Hook(address, client)
        health = Health(hook.contact, lambda: hook.writable)
        running = asyncio.create_task(Webhook(bot, hook.inbox, address, health, sleep).run())
        await asyncio.sleep(0.05)
        yield hook
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def address(unused_tcp_port: int) -> Address:
    return Address(f"http://127.0.0.1:{unused_tcp_port}/hook", SECRET, "127.0.0.1", unused_tcp_port)


@pytest.fixture
async def hook(address: Address) -> AsyncIterator[Hook]:
    async with listening(address, Bot("1:a")) as hook:
        yield hook


async def test_what_is_posted_is_in_the_inbox_when_it_is_confirmed(hook: Hook) -> None:
    assert await hook.post() == 200
    assert await hook.got() == [7]


async def test_it_is_not_confirmed_while_the_inbox_does_not_have_it(hook: Hook) -> None:
    hook.inbox._room = asyncio.Semaphore(0)
    posting = asyncio.create_task(hook.post())
    await asyncio.wait([posting], timeout=0.2)
    assert not posting.done()
    hook.inbox._room.release()
    assert await posting == 200


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"headers": {}}, 403),
        ({"headers": {SECRET_HEADER: SECRET[:-1]}}, 403),
        ({"headers": {SECRET_HEADER: f"{SECRET}é"}}, 403),
        ({"headers": [(SECRET_HEADER, SECRET), (SECRET_HEADER, SECRET)]}, 403),
        ({"json": None, "data": b"update_id=7"}, 415),
        ({"json": None, "data": b'{"update_id":', "headers": JSON}, 400),
        ({"json": None, "data": b"[" * 100_000, "headers": JSON}, 400),
        ({"json": UPDATE | {"padding": "x" * MOST_BYTES}}, 413),
        ({"json": ["no", "update"]}, 200),
    ],
    ids=["none", "short", "other", "twice", "a form", "half", "deep", "too long", "no update"],
)
async def test_what_is_not_telegrams_is_refused_unread(changed: dict[str, Any], status: int, hook: Hook) -> None:
    assert await hook.post(**changed) == status
    assert await hook.got() == []


async def test_health_is_that_it_runs_and_readiness_that_it_can_keep_what_comes(hook: Hook) -> None:
    assert await hook.get("/healthz") == (200, "alive")
    assert await hook.get("/readyz") == (200, "ready")
    hook.writable = False
    assert await hook.get("/healthz") == (200, "alive")
    assert await hook.get("/readyz") == (503, "store")


async def test_what_a_proxy_may_pass_on_by_accident_does_not_hold_metrics(hook: Hook) -> None:
    assert await hook.get("/metrics") == (404, "404: Not Found")


async def test_telegram_posts_with_the_secret_and_each_update_once(address: Address) -> None:
    world = TelegramWorld()
    async with serve(world, webhook_pause=0.05) as url:
        app = application(world.token, url)
        async with listening(address, app.bot) as hook:
            await connect(app, address.claim)
            for number in range(3):
                await Person(world, f"Person {number}").says("dose?")
            await world.bell.until("webhook", lambda: not len(world.updates), 5)
            assert len(await hook.got()) == 3
        await app.bot.shutdown()


async def test_a_webhook_that_was_taken_down_elsewhere_is_set_anew(
    address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    world, looked = TelegramWorld(), asyncio.Event()

    async def sleep(_: float) -> None:
        if world.webhook.url:
            looked.set()
            await asyncio.Event().wait()

    async with (
        serve(world) as url,
        Transport() as request,
        listening(address, Bot(world.token, f"{url}/bot", request=request), sleep),
    ):
        await asyncio.wait_for(looked.wait(), 5)
    assert (world.webhook.url, world.webhook.secret) == (address.url, SECRET)
    assert "another program takes this bot's updates" in caplog.text


def told(date: int | None, waiting: int, why: str = "Connection refused") -> WebhookInfo:
    """What Telegram says of a webhook."""
    when = datetime.fromtimestamp(date, UTC) if date else None
    return WebhookInfo(
        "https://h.example/hook",
        has_custom_certificate=False,
        pending_update_count=waiting,
        last_error_date=when,
        last_error_message=why if date else None,
    )


@pytest.mark.parametrize(
    ("looks", "failing"),
    [
        ([told(None, 0)], [False]),
        ([told(None, 3)], [False]),
        ([told(100, 0)], [False]),
        ([told(100, 3), told(100, 1), told(100, 0)], [True, True, False]),
        ([told(None, 0), told(100, 0), told(100, 0)], [False, True, False]),
        ([told(None, 0), told(100, 2), told(100, 2), told(160, 2), told(160, 0)], [False, True, True, True, False]),
    ],
    ids=["quiet", "busy", "failed long ago", "failed while it was down", "failed once", "a dead proxy"],
)
def test_a_failure_counts_while_it_is_news_or_something_waits(looks: list[WebhookInfo], failing: list[bool]) -> None:
    posting, seen = Posting(), []
    for info in looks:
        posting.seen(info)
        seen.append(posting.failing)
    assert seen == failing


async def test_a_proxy_that_is_dead_turns_readiness_red_and_is_logged_until_it_is_back(
    address: Address, unused_tcp_port_factory: Callable[[], int], caplog: pytest.LogCaptureFixture
) -> None:
    world, looks = TelegramWorld(), asyncio.Queue[None]()
    proxy = replace(address, url=f"http://127.0.0.1:{unused_tcp_port_factory()}/hook")

    async def sleep(_: float) -> None:
        await looks.get()

    async with serve(world, webhook_pause=0.05) as url, Transport() as request:
        bot = Bot(world.token, f"{url}/bot", request=request)
        await proxy.claim(bot)
        async with listening(replace(proxy, port=address.port), bot, sleep) as listener:
            hook = replace(listener, address=address)
            assert await hook.get("/readyz") == (200, "ready")
            await Person(world).says("dose?")
            await world.bell.until("webhook", lambda: world.webhook.last_error, 5)
            looks.put_nowait(None)
            await hook.becomes("/readyz", (503, "webhook"))
            assert await hook.get("/healthz") == (200, "alive")
            assert "Telegram cannot post updates here (Connection failed): 1 wait there" in caplog.text
            world.webhook.url = address.url  # the proxy is back
            await world.bell.until("webhook", lambda: not len(world.updates), 5)
            world.webhook.url = proxy.url
            looks.put_nowait(None)
            await hook.becomes("/readyz", (200, "ready"))


async def test_a_token_that_stays_refused_ends_it(address: Address) -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add("*", faults.unauthorised(), times=EVERY_TIME)
    async with serve(world) as url, Transport() as request:
        bot = Bot(world.token, f"{url}/bot", request=request)
        with pytest.raises(InvalidToken):
            await Webhook(bot, MemoryInbox(), address, Health(Contact(), lambda: True), clock.sleep).run()


def test_an_address_does_not_show_its_secret(address: Address) -> None:
    assert SECRET not in repr(address)

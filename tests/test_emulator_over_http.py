"""The HTTP door: encodings, long polling, the webhook, and what goes wrong on demand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.emulator import Person, TelegramWorld, faults, serve
from tests.emulator.webhook import SECRET_HEADER
from tests.emulator.world import CALLS, UPDATES, WEBHOOK

AMIRA = 1_000_001
PATIENCE = aiohttp.ClientTimeout(total=5)


class Client:
    """A bot that knows nothing but HTTP."""

    def __init__(self, base_url: str, world: TelegramWorld, session: aiohttp.ClientSession) -> None:
        self.root = f"{base_url}/bot{world.token}"
        self.files = f"{base_url}/file/bot{world.token}"
        self.session = session

    async def call(self, method: str, **values: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.root}/{method}", json=values) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def texts(self, **values: Any) -> list[str]:
        """One getUpdates, as the texts it brings."""
        return [update["message"]["text"] for update in (await self.call("getUpdates", **values))["result"]]


@pytest.fixture
def world() -> TelegramWorld:
    return TelegramWorld()


@pytest.fixture
async def bot(world: TelegramWorld) -> AsyncIterator[Client]:
    async with serve(world) as base_url, aiohttp.ClientSession(timeout=PATIENCE) as session:
        yield Client(base_url, world, session)


@pytest.mark.parametrize("encoding", ["json", "urlencoded", "multipart", "address"])
async def test_a_call_means_the_same_in_every_encoding(world: TelegramWorld, bot: Client, encoding: str) -> None:
    amira = Person(world)
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    values: dict[str, Any] = {"chat_id": amira.chat.chat_id, "text": "héllo", "reply_markup": json.dumps(keyboard)}
    body: dict[str, Any] = {"data": values}
    if encoding == "json":
        body = {"json": values | {"reply_markup": keyboard}}
    elif encoding == "multipart":
        with aiohttp.MultipartWriter("form-data") as parts:
            for name, value in values.items():
                parts.append(str(value)).set_content_disposition("form-data", name=name)
        body = {"data": parts}
    elif encoding == "address":
        body = {"params": values}
    method = "GET" if encoding == "address" else "POST"
    async with bot.session.request(method, f"{bot.root}/SENDmessage", **body) as answer:
        assert answer.status == 200
    reply = await amira.hears()
    assert (reply.text, reply.labels) == ("héllo", ["A"])
    assert [call.method for call in world.calls] == ["sendMessage"]


@pytest.mark.parametrize(
    ("path", "status", "description"),
    [
        ("/bot{token}/sendTelepathy", 404, "Not Found: method not found"),
        ("/bot{token}x/getMe", 401, "Unauthorized"),
        ("/bot0:abc/getMe", 401, "Unauthorized: invalid token specified"),
        ("/botabc/getMe", 401, "Unauthorized: invalid token specified"),
        ("/", 404, "Not Found"),
        ("/file/bot{token}/documents/none", 404, "Not Found"),
    ],
)
async def test_a_wrong_address_is_refused(
    world: TelegramWorld, bot: Client, path: str, status: int, description: str
) -> None:
    base_url = bot.root.partition("/bot")[0]
    async with bot.session.get(base_url + path.format(token=world.token)) as answer:
        assert (answer.status, (await answer.json())["description"]) == (status, description)


async def test_a_body_that_is_not_json_is_refused(bot: Client) -> None:
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(f"{bot.root}/getMe", data=b"{", headers=headers) as answer:
        assert answer.status == 400


async def test_a_file_somebody_sent_can_be_downloaded(world: TelegramWorld, bot: Client) -> None:
    sent = await Person(world).sends_document("protocol.pdf", b"%PDF-1.7")
    file = await bot.call("getFile", file_id=sent.wire["document"]["file_id"])
    async with bot.session.get(f"{bot.files}/{file['result']['file_path']}") as answer:
        assert await answer.read() == b"%PDF-1.7"


async def test_updates_come_until_they_are_confirmed(world: TelegramWorld, bot: Client) -> None:
    amira = Person(world)
    for words in "abc":
        await amira.says(words)
    first = (await bot.call("getUpdates"))["result"][0]["update_id"]
    assert await bot.texts(limit=2) == ["a", "b"]
    assert await bot.texts(offset=first + 1) == ["b", "c"]
    assert await bot.texts(offset=-1) == ["c"]
    assert await bot.texts() == ["c"]
    assert await bot.texts(offset=first + 3) == []


async def test_a_long_poll_ends_when_somebody_speaks(world: TelegramWorld, bot: Client) -> None:
    poll = asyncio.create_task(bot.texts(timeout=50))
    await polling(world)
    await Person(world).says("now")
    assert await poll == ["now"]


async def test_an_older_poll_ends_with_409_when_a_second_one_starts(world: TelegramWorld, bot: Client) -> None:
    older = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await polling(world)
    await bot.call("getUpdates")
    assert (await older)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


async def test_polling_and_a_webhook_exclude_each_other(world: TelegramWorld, bot: Client) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await polling(world)
    await bot.call("setWebhook", url="http://127.0.0.1:9/")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert (await bot.call("getUpdates"))["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await Person(world).says("too late")
    await bot.call("deleteWebhook", drop_pending_updates=True)
    assert await bot.texts() == []


async def test_only_wanted_updates_are_kept_and_the_wish_is_remembered(world: TelegramWorld, bot: Client) -> None:
    amira = Person(world)
    await bot.call("getUpdates", allowed_updates=["message"])
    await amira.edits(await amira.says("one"), "two")
    await bot.call("getUpdates", allowed_updates="nonsense")
    await amira.presses_old("v0")
    updates = (await bot.call("getUpdates"))["result"]
    assert [[*update][1] for update in updates] == ["message"]


async def test_updates_are_given_up_when_their_time_is_over() -> None:
    now = [1_000_000.0]
    world = TelegramWorld(clock=lambda: now[0])
    amira = Person(world)
    await amira.says("yesterday", age=86_399)
    await amira.says("today")
    await amira.presses_old("v0")
    now[0] += 150
    assert [update["message"]["text"] for update in world.updates.take(0, 100)] == ["today"]


async def test_an_update_of_a_kind_nobody_knows_yet_can_be_sent(world: TelegramWorld, bot: Client) -> None:
    update_id = world.notify("hologram", {"depth": 3})
    assert (await bot.call("getUpdates"))["result"] == [{"update_id": update_id, "hologram": {"depth": 3}}]


async def test_an_update_can_be_delivered_twice(world: TelegramWorld, bot: Client) -> None:
    await Person(world).says("once")
    update = (await bot.call("getUpdates"))["result"][0]
    world.updates.deliver_again(update)
    assert await bot.texts(offset=update["update_id"] + 1) == ["once"]
    assert await bot.texts(offset=update["update_id"] + 1) == []


async def test_a_webhook_nobody_answers_at_keeps_its_updates(world: TelegramWorld) -> None:
    async with serve(world, webhook_pause=0.01) as base_url, aiohttp.ClientSession() as session:
        bot = Client(base_url, world, session)
        await bot.call("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
        await Person(world).says("hello?")
        await world.bell.until(WEBHOOK, lambda: world.webhook.last_error, 5)
        info = (await bot.call("getWebhookInfo"))["result"]
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection failed", 1)
    assert info["allowed_updates"] == ["message"]


async def test_a_webhook_gets_each_chats_updates_in_order_until_it_accepts_them(world: TelegramWorld) -> None:
    got: list[tuple[str, str]] = []
    statuses = iter([500, 200, 200])

    async def hook(request: web.Request) -> web.Response:
        got.append(((await request.json())["message"]["text"], request.headers[SECRET_HEADER]))
        return web.Response(status=next(statuses))

    application = web.Application()
    application.router.add_post("/hook", hook)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with serve(world, webhook_pause=0.01) as base_url, aiohttp.ClientSession() as session:
        bot = Client(base_url, world, session)
        amira = Person(world)
        await amira.says("a")
        await amira.says("b")
        await bot.call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
        await world.bell.until(UPDATES, lambda: not len(world.updates), 5)
        assert (await bot.call("getWebhookInfo"))["result"]["pending_update_count"] == 0
    await runner.cleanup()
    assert got == [("a", "s3cret"), ("a", "s3cret"), ("b", "s3cret")]


SAY = {"chat_id": AMIRA, "text": "x"}
REFUSALS = {
    "too many requests": (faults.too_many_requests(3), 429),
    "restart": (faults.server_restart(), 500),
    "unauthorised": (faults.unauthorised(), 401),
    "not found": (faults.not_found(), 404),
    "conflict": (faults.second_poller(), 409),
}


@pytest.mark.parametrize(("fault", "status"), REFUSALS.values(), ids=REFUSALS)
async def test_a_planned_refusal_happens_once_and_has_no_effect(
    world: TelegramWorld, bot: Client, fault: faults.Fault, status: int
) -> None:
    amira = Person(world)
    assert amira.chat.chat_id == AMIRA
    world.faults.add("sendMessage", fault)
    assert (await bot.call("sendMessage", **SAY))["error_code"] == status
    assert amira.chat.utterances == []
    assert (await bot.call("sendMessage", **SAY))["ok"]


async def test_a_refusal_may_hide_behind_status_200(world: TelegramWorld, bot: Client) -> None:
    world.faults.add("getMe", faults.refused_with_status_200())
    async with bot.session.get(f"{bot.root}/getMe") as answer:
        assert (answer.status, (await answer.json())["ok"]) == (200, False)


async def test_429_says_how_long_to_wait_in_its_body_and_its_header(world: TelegramWorld, bot: Client) -> None:
    world.faults.add("*", faults.too_many_requests(3))
    async with bot.session.get(f"{bot.root}/getMe") as answer:
        assert (await answer.json())["parameters"] == {"retry_after": 3}
        assert answer.headers["Retry-After"] == "3"


@pytest.mark.parametrize(
    ("fault", "error", "copies"),
    [
        (faults.reset_before_effect(), aiohttp.ClientError, 0),
        (faults.reset_after_effect(), aiohttp.ClientError, 1),
        (faults.truncated(), aiohttp.ClientPayloadError, 1),
        (faults.half_json(), json.JSONDecodeError, 0),
        (faults.bad_gateway(), aiohttp.ContentTypeError, 0),
    ],
    ids=["reset", "late reset", "truncated", "half JSON", "502 page"],
)
async def test_a_broken_answer_looks_broken_and_the_message_arrived_or_not(
    world: TelegramWorld, bot: Client, fault: faults.Fault, error: type[Exception], copies: int
) -> None:
    amira = Person(world)
    assert amira.chat.chat_id == AMIRA
    world.faults.add("sendMessage", fault)
    with pytest.raises(error):
        await bot.call("sendMessage", **SAY)
    assert len(amira.chat.utterances) == copies
    assert (await bot.call("sendMessage", **SAY))["ok"]


@pytest.mark.parametrize(
    ("fault", "copies"),
    [(faults.hang(), 0), (faults.hang(after_effect=True), 1), (faults.slow(30), 1)],
    ids=["hang", "late hang", "slow"],
)
async def test_an_answer_that_does_not_come_keeps_the_bot_waiting_and_the_message_arrived_or_not(
    world: TelegramWorld, bot: Client, fault: faults.Fault, copies: int
) -> None:
    amira = Person(world)
    assert amira.chat.chat_id == AMIRA
    world.faults.add("sendMessage", fault)
    waiting = asyncio.create_task(bot.call("sendMessage", **SAY))
    await world.bell.until(CALLS, lambda: world.calls, 5)
    assert not waiting.done()
    assert len(amira.chat.utterances) == copies
    waiting.cancel()
    assert (await bot.call("sendMessage", **SAY))["ok"]


async def test_faults_can_wait_repeat_and_keep_to_one_chat(world: TelegramWorld, bot: Client) -> None:
    people = [Person(world, name) for name in ("Amira", "Bo")]
    amira, bo = (person.chat.chat_id for person in people)
    world.faults.add("sendMessage", faults.server_restart(), times=2, after=1, chat_id=amira)
    asked = [amira, bo, amira, bo, amira, amira]
    accepted = [(await bot.call("sendMessage", chat_id=chat_id, text="x"))["ok"] for chat_id in asked]
    assert accepted == [True, True, False, True, False, True]
    world.faults.add("getMe", faults.server_restart(), times=faults.EVERY_TIME)
    assert {(await bot.call("getMe"))["ok"] for _ in range(3)} == {False}
    world.faults.clear()
    assert (await bot.call("getMe"))["ok"]


async def test_the_world_outlives_an_outage_of_its_door(world: TelegramWorld) -> None:
    async with serve(world) as base_url:
        port = int(base_url.rpartition(":")[2])
    await Person(world).says("anyone there?")
    async with serve(world, port=port) as again, aiohttp.ClientSession() as session:
        assert again == base_url
        assert await Client(again, world, session).texts() == ["anyone there?"]


async def polling(world: TelegramWorld) -> None:
    """Wait until a getUpdates waits."""
    await world.bell.until(UPDATES, lambda: world.poller, 5)

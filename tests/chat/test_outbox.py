"""Sending: in order within a chat, chats beside one another, and never for ever."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest
from prometheus_client import CollectorRegistry
from telegram import Bot
from telegram.request import BaseRequest

from bot.chat.calls import Acknowledge, Call, ChangeButtons, Say, ShowChart, ShowTyping
from bot.chat.connection import application
from bot.chat.delivery import Delivery
from bot.chat.metrics import Metrics
from bot.chat.outbox import MemoryOutbox, Note
from bot.chat.pace import Pace
from bot.chat.transport import Transport
from bot.drawing.chart import Chart, NothingToDrawError
from tests.chat.fakes import Clock
from tests.emulator import Person, TelegramWorld, faults, serve
from tests.emulator.faults import EVERY_TIME, Fault


async def no_artist(name: str, drug: str | None) -> Chart:
    raise AssertionError("nothing is to be drawn here")


class Post:
    """Remembers what was delivered; delivers to a chat only while it is open."""

    def __init__(self) -> None:
        self.delivered: list[tuple[int, Call]] = []
        self.closed: dict[int, asyncio.Event] = {}

    async def __call__(self, update: int, call: Call, note: Note) -> None:
        if isinstance(call, Say) and call.chat in self.closed:
            await self.closed[call.chat].wait()
        self.delivered.append((update, call))
        await note()


async def test_a_chat_that_is_held_up_keeps_its_order_and_holds_up_no_other() -> None:
    post = Post()
    post.closed[1] = asyncio.Event()
    outbox = MemoryOutbox(post)
    await outbox.put(7, Say(1, "a"), Say(1, "b"))
    await outbox.put(8, Acknowledge("q"), Say(2, "c"))
    await asyncio.sleep(0)
    assert post.delivered == [(8, Acknowledge("q")), (8, Say(2, "c"))]
    post.closed[1].set()
    await outbox.drained()
    assert post.delivered[2:] == [(7, Say(1, "a")), (7, Say(1, "b"))]


async def test_a_full_outbox_makes_the_answering_wait() -> None:
    post = Post()
    post.closed[1] = asyncio.Event()
    outbox = MemoryOutbox(post, room=1)
    await outbox.put(7, Say(1, "a"))
    putting = asyncio.create_task(outbox.put(8, Say(2, "b")))
    await asyncio.sleep(0)
    assert not putting.done()
    post.closed[1].set()
    await putting
    await outbox.drained()
    assert [update for update, _ in post.delivered] == [7, 8]


@pytest.mark.parametrize(
    ("fault", "slept"),
    [
        (faults.too_many_requests(retry_after=7), [7]),
        (faults.server_restart(), [1]),
        (faults.bad_gateway(), [1]),
        (faults.refused_with_status_200(), [1]),
        (faults.not_found(), [1]),
        (faults.reset_before_effect(), [1]),
    ],
    ids=["flood", "restart", "bad gateway", "refused with 200", "a proxy's 404", "reset"],
)
async def test_a_message_is_sent_again_after_a_failure_that_passes(fault: Fault, slept: list[float]) -> None:
    world = TelegramWorld()
    person, clock = Person(world), Clock()
    world.faults.add("sendMessage", fault)
    await deliver(world, Say(person.chat.chat_id, "dose"), clock)
    assert (await person.hears()).text == "dose"
    assert clock.slept == slept
    assert len(person.chat.utterances) == 1


async def test_what_timed_out_is_sent_once_more_and_not_again(caplog: pytest.LogCaptureFixture) -> None:
    world = TelegramWorld()
    person, clock = Person(world), Clock()
    world.faults.add("sendMessage", faults.hang(after_effect=True), times=3)
    async with serve(world) as url, Bot(world.token, f"{url}/bot", request=Transport(read_within=0.2)) as bot:
        await Delivery(bot, no_artist, metrics(), sleep=clock.sleep, clock=clock).deliver(
            7, Say(person.chat.chat_id, "dose"), noted
        )
    assert len(person.chat.utterances) == 2
    assert "update 7: Say given up (TimedOut at " in caplog.text


async def test_an_answer_waits_out_a_night_without_a_network(unused_tcp_port: int) -> None:
    world = TelegramWorld()
    person, clock = Person(world), Clock()
    call = Say(person.chat.chat_id, "dose")

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        if clock.now > 8 * 3600:
            await doors.enter_async_context(serve(world, port=unused_tcp_port))
            clock.now = 0

    base = f"http://127.0.0.1:{unused_tcp_port}/bot"
    async with AsyncExitStack() as doors, Transport() as request:
        await Delivery(Bot(world.token, base, request=request), no_artist, metrics(), sleep=sleep, clock=clock).deliver(
            7, call, noted
        )
        assert (await person.hears()).text == "dose"


async def test_a_message_that_telegram_cannot_format_goes_out_as_plain_text() -> None:
    world = TelegramWorld()
    person = Person(world)
    await deliver(world, Say(person.chat.chat_id, "<b>26 of 39</b> <i>relapsed, p &lt;0.05"), Clock())
    assert (await person.hears()).text == "26 of 39 relapsed, p <0.05"


@pytest.mark.parametrize("call", [Say(1, "dose"), Say(1, " "), Acknowledge("unknown"), ShowTyping(1)], ids=repr)
async def test_what_telegram_refuses_for_good_is_tried_once(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    await deliver(TelegramWorld(), call, clock)
    assert clock.slept == []
    assert len(caplog.records) == 1
    assert f"update 7: {type(call).__name__} " in caplog.text


@pytest.mark.parametrize(("call", "at_most"), [(Acknowledge("q"), 15), (ShowTyping(1), 0)])
async def test_an_outage_is_outlasted_for_as_long_as_the_call_is_worth_it(call: Call, at_most: float) -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add("*", faults.bad_gateway(), after=1, times=EVERY_TIME)
    await deliver(world, call, clock)
    assert at_most - 16 < clock.now <= at_most


@pytest.mark.parametrize("fault", [faults.bad_gateway(), faults.server_restart(), faults.not_found()])
async def test_an_answer_outlasts_a_telegram_that_fails_for_an_hour_and_gives_up_after_a_day(fault: Fault) -> None:
    world, clock = TelegramWorld(), Clock()
    person = Person(world)
    world.faults.add("sendMessage", fault, times=250)
    await deliver(world, Say(person.chat.chat_id, "dose"), clock)
    assert (await person.hears()).text == "dose"
    assert clock.now > 3600


async def test_where_each_attempt_may_have_taken_effect_there_are_not_attempts_for_a_day() -> None:
    """Else a connection that always breaks after the call would say the same a thousand times."""
    world, clock = TelegramWorld(), Clock()
    person = Person(world)
    world.faults.add("sendMessage", faults.reset_after_effect(), times=EVERY_TIME)
    await deliver(world, Say(person.chat.chat_id, "dose"), clock)
    assert 0 < clock.now <= 300


async def test_an_answer_waits_for_as_long_as_telegram_says(caplog: pytest.LogCaptureFixture) -> None:
    world, clock = TelegramWorld(), Clock()
    person = Person(world)
    world.faults.add("sendMessage", faults.too_many_requests(retry_after=7200))
    await deliver(world, Say(person.chat.chat_id, "dose"), clock)
    assert (await person.hears()).text == "dose"
    assert clock.now == 7200
    assert caplog.text == ""


async def test_nothing_at_all_goes_to_a_chat_that_telegram_wants_left_alone() -> None:
    world, clock = TelegramWorld(), Clock()
    person, other = Person(world), Person(world, "Bao")
    chat = person.chat.chat_id
    pressed = world.open_query("callback_query")
    world.faults.add("sendMessage", faults.too_many_requests(retry_after=20), chat_id=chat)
    resting = asyncio.Event()

    async def sleep(_: float) -> None:
        await resting.wait()

    async with serve(world) as url, application(world.token, url).bot as bot:
        delivery = Delivery(bot, no_artist, metrics(), sleep=sleep, clock=clock)
        saying = asyncio.create_task(delivery.deliver(7, Say(chat, "dose"), noted))
        await world.bell.until("calls", lambda: world.calls_of("sendMessage"), 5)
        await asyncio.sleep(0.05)
        await delivery.deliver(8, ShowTyping(chat), noted)
        await delivery.deliver(8, Acknowledge(pressed, chat=chat), noted)
        change = asyncio.create_task(delivery.deliver(8, ChangeButtons(chat, 1), noted))
        await delivery.deliver(9, Say(other.chat.chat_id, "relapse"), noted)
        await delivery.deliver(9, ShowTyping(other.chat.chat_id), noted)
        assert (await other.hears()).text == "relapse"
        assert [call.values["chat_id"] for call in world.calls[2:]] == [str(other.chat.chat_id)] * 2
        assert world.calls_of("answerCallbackQuery") == world.calls_of("editMessageReplyMarkup") == []
        clock.now = 21
        resting.set()
        await asyncio.gather(saying, change)
    assert (await person.hears()).text == "dose"


@pytest.mark.parametrize(("group", "first", "a_minute"), [(True, 20, 20), (False, 20, 60)], ids=["group", "private"])
async def test_a_chat_is_written_to_at_the_pace_that_telegram_takes(
    group: bool,
    first: int,
    a_minute: int,
) -> None:
    world, clock = TelegramWorld(), Clock()
    chat = world.new_group("Ward 5").chat_id if group else Person(world).chat.chat_id
    sent: list[float] = []
    async with serve(world) as url, application(world.token, url).bot as bot:
        delivery = Delivery(bot, no_artist, metrics(), sleep=clock.sleep, clock=clock)
        for number in range(70):
            await delivery.deliver(number, Say(chat, "dose"), noted)
            sent.append(clock.now)
    assert sent[:first] == [0] * first
    assert sent[first] > 0
    for began in sent:
        assert len([one for one in sent if began <= one < began + 60]) <= a_minute + (0 if group else first)


async def test_the_pace_of_one_chat_is_not_that_of_another() -> None:
    pace = Pace(Clock())
    waits = [pace.wait(Say(chat, "dose")) for chat in (1, 2) for _ in range(21)]
    assert [number for number, wait in enumerate(waits) if wait] == [20, 41]


async def test_an_answer_follows_a_group_that_became_another() -> None:
    world = TelegramWorld()
    old, new = world.new_group("Ward 5"), world.new_group("Ward 5, larger")
    amira = Person(world)
    amira.enters(new)
    refusal = faults.refused(
        400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new.chat_id
    )
    world.faults.add("sendMessage", refusal, chat_id=old.chat_id, times=EVERY_TIME)
    await deliver(world, Say(old.chat_id, "dose", thread=5, reply_to=4), Clock())
    assert (await amira.hears()).text == "dose"


async def test_an_answer_to_a_topic_that_is_gone_goes_to_the_group() -> None:
    world = TelegramWorld()
    amira = Person(world)
    amira.enters(world.new_group("Ward 5"))
    world.faults.add("sendMessage", faults.refused(400, "Bad Request: message thread not found"))
    await deliver(world, Say(amira.chat.chat_id, "dose", thread=5), Clock())
    assert (await amira.hears()).text == "dose"
    assert [call.values.get("message_thread_id") for call in world.calls_of("sendMessage")] == ["5", None]


@pytest.mark.parametrize(
    ("code", "said", "words"),
    [
        (403, "Forbidden: bot was kicked from the supergroup chat", "the person blocked the bot"),
        (
            400,
            "Bad Request: not enough rights to send text messages to the chat",
            "the bot may not write in that group",
        ),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "the bot may not write in that group"),
        (400, "Bad Request: TOPIC_CLOSED", "the topic is closed"),
        (400, "Bad Request: chat not found", "Telegram knows no such chat"),
    ],
)
async def test_where_the_bot_may_not_write_the_log_says_so_in_words(
    code: int, said: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add("sendMessage", faults.refused(code, said))
    await deliver(world, Say(Person(world).chat.chat_id, "dose"), clock)
    assert f"update 7: Say is not sent: {words}" in caplog.text
    assert "BadRequest" not in caplog.text
    assert clock.slept == []


async def test_while_a_picture_is_drawn_for_long_the_chat_shows_that_one_is_coming() -> None:
    world, drawn = TelegramWorld(), asyncio.Event()
    person = Person(world)

    async def slowly(*_: object) -> Chart:
        await drawn.wait()
        raise NothingToDrawError("nothing")

    async with serve(world) as url, application(world.token, url).bot as bot:
        chart = ShowChart(person.chat.chat_id, "response", None)
        delivering = asyncio.create_task(Delivery(bot, slowly, metrics()).deliver(7, chart, noted))
        await world.bell.until("calls", lambda: world.calls_of("sendChatAction"), 5)
        drawn.set()
        await delivering
    assert person.chat.actions == ["upload_photo"]


async def test_a_call_that_fails_in_a_way_nobody_thought_of_holds_up_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Bot):
        @property
        def request(self) -> BaseRequest:
            raise TypeError("with words in it")

    outbox = MemoryOutbox(Delivery(Broken("1:a"), no_artist, metrics()).deliver)
    await outbox.put(7, Say(1, "a"), Say(1, "b"))
    await outbox.drained()
    assert caplog.text.count("update 7: Say given up (TypeError at test_outbox.py:") == 2
    assert "with words in it" not in caplog.text


async def test_an_answer_to_a_message_that_is_gone_is_sent_without_pointing_at_it() -> None:
    world = TelegramWorld()
    person = Person(world)
    await deliver(world, Say(person.chat.chat_id, "dose", reply_to=12345), Clock())
    assert (await person.hears()).text == "dose"


async def deliver(world: TelegramWorld, call: Call, clock: Clock) -> None:
    async with serve(world) as url, application(world.token, url).bot as bot:
        await Delivery(bot, no_artist, metrics(), sleep=clock.sleep, clock=clock).deliver(7, call, noted)


def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


async def noted() -> None:
    """Nobody keeps more than the call."""

"""What was taken in is answered, and what was answered is sent, whenever the program ends and begins again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.chat.calls import Acknowledge, Button, Call, Say, ShowTyping
from bot.chat.envelope import read, written
from bot.chat.inbox import Arrival, DurableInbox
from bot.chat.outbox import MOST_IN_A_LANE, DurableOutbox, Note
from bot.store.store import Store, opened

SAY = Say(10, "<b>a</b> ≥ 5", ((Button("More", "v1|dose||"),),), thread=3, reply_to=4)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/rounds.db"


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    async with opened(url) as store:
        yield store


@dataclass
class Post:
    """Delivers while it is open."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    delivered: list[Call] = field(default_factory=list)

    async def __call__(self, _: int, call: Call, note: Note) -> None:
        await self.open.wait()
        self.delivered.append(call)
        await note()


def message(number: int, chat: int = 10) -> Arrival:
    return Arrival(number, {"update_id": number, "message": {"chat": {"id": chat}, "text": "¿dosis?"}})


async def numbers(inbox: DurableInbox) -> list[int]:
    """What waits in it, without waiting for more."""
    found: list[int] = []
    while True:
        asking = asyncio.create_task(inbox.next())
        done, _ = await asyncio.wait([asking], timeout=0.05)
        if not done:
            asking.cancel()
            return found
        arrival = asking.result()
        found.append(arrival.number)
        await inbox.done(arrival)


async def test_an_update_that_was_taken_in_is_there_after_a_restart_in_its_order(store: Store) -> None:
    await DurableInbox(store).put(message(7), message(8), message(9, chat=20))
    restarted = DurableInbox(store)
    await restarted.restore()
    first = await restarted.next()
    assert first == Arrival(7, message(7).raw, attempts=1)
    assert (await restarted.next()).number == 9
    await restarted.done(first)
    assert (await restarted.next()).number == 8


async def test_an_update_that_was_answered_is_not_taken_in_again(store: Store) -> None:
    inbox, outbox = DurableInbox(store), DurableOutbox(Post(), store)
    await inbox.put(message(7), message(8))
    await outbox.seal(7)
    restarted = DurableInbox(store)
    await restarted.restore()
    await restarted.put(message(7), message(8), message(9))
    assert await numbers(restarted) == [8, 9]


async def test_attempts_of_what_an_earlier_run_left_are_counted_before_each(store: Store) -> None:
    await DurableInbox(store).put(message(7))
    for attempt in (1, 2, 3):
        restarted = DurableInbox(store)
        await restarted.restore()
        assert (await restarted.next()).attempts == attempt
        assert [waiting.attempts for waiting in await store.waiting()] == [attempt]


async def test_more_than_there_is_room_for_is_restored_while_somebody_works(store: Store) -> None:
    await DurableInbox(store).put(*(message(number, chat=number) for number in range(20)))
    restarted = DurableInbox(store, room=3)
    restoring = asyncio.create_task(restarted.restore())
    assert await numbers(restarted) == list(range(20))
    await restoring


async def test_an_answer_goes_out_only_when_it_is_sealed_and_a_courtesy_at_once(store: Store) -> None:
    post = Post()
    post.open.set()
    outbox = DurableOutbox(post, store)
    await outbox.put(7, Acknowledge("q"), SAY, ShowTyping(10))
    await outbox.drained()
    assert post.delivered == [Acknowledge("q"), ShowTyping(10)]
    await outbox.seal(7)
    await outbox.drained()
    assert post.delivered[2:] == [SAY]


async def test_an_answer_that_was_not_sent_is_sent_after_a_restart_and_only_once(store: Store) -> None:
    outbox = DurableOutbox(Post(), store)
    await outbox.put(7, SAY, Say(10, "b"))
    await outbox.put(8, Say(10, "c"))
    await outbox.seal(7)
    await outbox.seal(8)
    for expected in ([SAY, Say(10, "b"), Say(10, "c")], []):
        post = Post()
        post.open.set()
        restarted = DurableOutbox(post, store)
        await restarted.restore()
        await restarted.drained()
        await store.settled()
        assert post.delivered == expected


async def test_a_chat_that_is_held_up_for_a_day_takes_no_room_from_others_and_keeps_its_order(store: Store) -> None:
    """What waits for it stays in the database, and is read again when its turn comes."""
    held = Post()

    async def deliver(update: int, call: Call, note: Note) -> None:
        if call.lane == SAY.lane:
            await held.open.wait()
        held.delivered.append(call)
        await note()

    outbox = DurableOutbox(deliver, store, room=MOST_IN_A_LANE + 1)
    said = [Say(10, str(number)) for number in range(5 * MOST_IN_A_LANE)]
    async with asyncio.timeout(10):
        for number, call in enumerate(said):
            await outbox.put(number, call)
            await outbox.seal(number)
        await outbox.put(900, Say(20, "another chat"))
        await outbox.seal(900)
        await outbox.put(901, Acknowledge("q"))
    await asyncio.sleep(0.05)
    assert held.delivered == [Say(20, "another chat"), Acknowledge("q")]
    assert (outbox.depth, outbox.lanes) == (len(said), 1)
    assert sum(item.call is not None for item in outbox._lanes[SAY.lane]) == MOST_IN_A_LANE
    held.open.set()
    await outbox.drained()
    assert [call for call in held.delivered if call.lane == SAY.lane] == said
    assert await store.letters() == []


async def test_more_answers_than_there_is_room_for_hold_up_no_start(store: Store) -> None:
    outbox = DurableOutbox(Post(), store)
    for number in range(30):
        await outbox.put(number, Say(number, "a"))
        await outbox.seal(number)
    post = Post()
    restarted = DurableOutbox(post, store, room=3)
    await asyncio.wait_for(restarted.restore(), 5)
    assert restarted.depth == 30
    post.open.set()
    await restarted.drained()
    assert len(post.delivered) == 30


async def test_half_a_character_is_answered_as_the_rest_of_what_was_said(store: Store) -> None:
    inbox = DurableInbox(store)
    half = Arrival(7, {"update_id": 7, "message": {"chat": {"id": 10}, "text": "dose \ud800"}})
    await inbox.put(half, message(8, chat=20))
    first = await inbox.next()
    assert (first.number, first.raw["message"]["text"]) == (7, "dose ?")
    assert [waiting.number for waiting in await store.waiting()] == [7, 8]


async def test_what_was_not_sealed_is_answered_anew_and_not_doubled(store: Store) -> None:
    inbox, outbox = DurableInbox(store), DurableOutbox(Post(), store)
    await inbox.put(message(7))
    await outbox.put(7, SAY)
    await store.settled()
    assert [waiting.number for waiting in await store.waiting()] == [7]
    assert await store.letters() == []


@pytest.mark.parametrize("call", [SAY, Say(1, "x"), Acknowledge("q")], ids=repr)
def test_a_call_survives_being_written_and_read(call: Call) -> None:
    assert read(written(call)) == call


@pytest.mark.parametrize("text", ["", "[]", '["Sing", {}]', '["Say", {"chat": "far"}]', '["Say", 3]'])
def test_what_another_version_wrote_is_given_up_without_showing_it(text: str, caplog: pytest.LogCaptureFixture) -> None:
    assert read(text) is None
    assert "cannot be read and is given up" in caplog.text
    assert "far" not in caplog.text

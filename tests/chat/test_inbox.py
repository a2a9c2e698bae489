"""The inbox keeps the order within a chat, and keeps no chat waiting for another."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.inbox import Arrival, MemoryInbox


def message(number: int, chat: int) -> Arrival:
    return Arrival(number, {"update_id": number, "message": {"chat": {"id": chat}}})


async def nothing_comes(inbox: MemoryInbox) -> bool:
    """Whether a worker that asks now has to wait."""
    asking = asyncio.create_task(inbox.next())
    await asyncio.sleep(0)
    return not asking.done() and asking.cancel()


async def test_the_next_of_a_chat_comes_only_when_the_one_before_is_done() -> None:
    inbox = MemoryInbox()
    first, second, other = message(1, 10), message(2, 10), message(3, 20)
    for arrival in (first, second, other):
        await inbox.put(arrival)
    assert [await inbox.next(), await inbox.next()] == [first, other]
    assert await nothing_comes(inbox)
    await inbox.done(first)
    assert await inbox.next() == second


async def test_an_update_is_kept_once() -> None:
    inbox = MemoryInbox()
    await inbox.put(message(1, 10))
    await inbox.done(await inbox.next())
    await inbox.put(message(1, 10))
    assert await nothing_comes(inbox)


async def test_numbers_are_remembered_for_a_while_only() -> None:
    inbox = MemoryInbox(remembered=1)
    for number in (1, 2, 1):
        await inbox.put(message(number, 10))
        await inbox.done(await inbox.next())
    assert list(inbox._seen) == [1]


async def test_a_full_inbox_makes_the_intake_wait() -> None:
    inbox = MemoryInbox(room=1)
    await inbox.put(message(1, 10))
    putting = asyncio.create_task(inbox.put(message(2, 20)))
    await asyncio.sleep(0)
    assert not putting.done()
    await inbox.done(await inbox.next())
    await putting
    assert (await inbox.next()).number == 2


async def test_it_is_drained_when_nothing_waits_and_nothing_is_in_hand() -> None:
    inbox = MemoryInbox()
    await inbox.drained()
    await inbox.put(message(1, 10))
    arrival = await inbox.next()
    draining = asyncio.create_task(inbox.drained())
    await asyncio.sleep(0)
    assert not draining.done()
    await inbox.done(arrival)
    await draining


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        ({"message": {"chat": {"id": 5}}}, ("chat", 5)),
        ({"edited_message": {"chat": {"id": 5}}}, ("chat", 5)),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": 5}}}}, ("chat", 5)),
        ({"inline_query": {"from": {"id": 9}}}, ("update", 1)),
        ({"message": "nonsense"}, ("update", 1)),
        ({"message": {"chat": {"id": "5"}}}, ("update", 1)),
        ({}, ("update", 1)),
    ],
)
def test_the_chat_of_an_update_is_found_without_reading_it(raw: dict[str, object], lane: tuple[str, int]) -> None:
    assert Arrival(1, {"update_id": 1} | raw).lane == lane

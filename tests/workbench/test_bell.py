"""Pages are told when the content was looked at again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from bot.workbench.bell import Bell

RETRY = "retry: 1000\n\n"


async def following(events: AsyncIterator[str]) -> str:
    return await asyncio.wait_for(anext(events), 5)


async def test_a_page_is_told_of_every_ring_and_of_those_it_missed() -> None:
    bell = Bell()
    loaded = bell.stamp
    bell.ring()
    events = bell.events(loaded)
    assert await following(events) == RETRY
    assert await following(events) == f"event: content\ndata: {bell.stamp}\n\n"
    waiting = asyncio.ensure_future(following(events))
    await asyncio.sleep(0)
    bell.ring()
    assert await waiting == f"event: content\ndata: {bell.stamp}\n\n"


async def test_a_page_that_is_up_to_date_hears_nothing_but_a_pulse() -> None:
    bell = Bell(pulse=0.01)
    events = bell.events(bell.stamp)
    assert [await following(events) for _ in range(2)] == [RETRY, ": \n\n"]


async def test_a_page_of_another_run_is_told_at_once() -> None:
    events = Bell().events(Bell().stamp)
    assert "event: content" in [await following(events) for _ in range(2)][1]


async def test_at_the_end_every_listener_is_let_go() -> None:
    bell = Bell()
    ends = [asyncio.create_task(_all(bell.events(bell.stamp))) for _ in range(3)]
    await asyncio.sleep(0)
    bell.close()
    assert await asyncio.wait_for(asyncio.gather(*ends), 5) == [[RETRY]] * 3


async def _all(events: AsyncIterator[str]) -> list[str]:
    return [event async for event in events]

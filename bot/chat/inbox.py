"""Updates that have been taken in and not yet answered."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.store.store import Store

Raw = Mapping[str, Any]
REMEMBERED = 10_000
"""How many numbers are known to have been taken in: Telegram repeats the latest hundred at most."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update, unread."""

    number: int
    raw: Raw
    attempts: int = 0
    """How many runs of the program began to answer it and came to no end."""

    @property
    def lane(self) -> Hashable:
        """The chat it belongs to, as far as can be seen without reading it; else a lane of its own."""
        body = next((value for key, value in self.raw.items() if key != "update_id"), None)
        match body:
            case {"message": {"chat": {"id": int(chat)}}} | {"chat": {"id": int(chat)}}:
                return "chat", chat
        return "update", self.number


class Inbox(Protocol):
    """Keeps the order within a chat, and keeps no chat waiting for another."""

    async def put(self, *arrivals: Arrival) -> None:
        """Keep them; once this returns, Telegram may forget them. The same number a second time is ignored."""

    async def next(self) -> Arrival:
        """The oldest of a chat that nobody is busy with; waits for one."""

    async def done(self, arrival: Arrival) -> None:
        """It has been dealt with: the next of its chat may come."""

    async def drained(self) -> None:
        """Waits until nothing is kept or in hand."""


class MemoryInbox:
    """An inbox that lasts as long as the process. When `room` are waiting, `put` waits too."""

    def __init__(self, room: int = 1000, remembered: int = REMEMBERED) -> None:
        self._lanes: dict[Hashable, deque[Arrival]] = {}
        self._ready: asyncio.Queue[Hashable] = asyncio.Queue()
        self._room = asyncio.Semaphore(room)
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._remembered = remembered
        self._empty = asyncio.Event()
        self._empty.set()

    async def put(self, *arrivals: Arrival) -> None:
        for arrival in arrivals:
            if arrival.number not in self._seen:
                await self._room.acquire()
                self.know(arrival.number)
                self._line_up(arrival)

    def know(self, number: int) -> None:
        """Ignore this number from now on."""
        self._seen[number] = None
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)

    def _line_up(self, arrival: Arrival) -> None:
        self._empty.clear()
        lane = self._lanes.setdefault(arrival.lane, deque())
        lane.append(arrival)
        if len(lane) == 1:
            self._ready.put_nowait(arrival.lane)

    async def next(self) -> Arrival:
        return self._lanes[await self._ready.get()][0]

    async def done(self, arrival: Arrival) -> None:
        lane = self._lanes[arrival.lane]
        lane.popleft()
        self._room.release()
        if lane:
            self._ready.put_nowait(arrival.lane)
            return
        del self._lanes[arrival.lane]
        if not self._lanes:
            self._empty.set()

    async def drained(self) -> None:
        await self._empty.wait()

    @property
    def depth(self) -> int:
        """How many are waiting or in hand."""
        return sum(map(len, self._lanes.values()))


class DurableInbox:
    """An inbox that outlives the process. While its store cannot be written it lasts as long as the process."""

    def __init__(self, store: Store, room: int = 1000, note: Callable[[int], None] = lambda _: None) -> None:
        """`note` is called with the number of each that comes."""
        self._store = store
        self._note = note
        self._waiting = MemoryInbox(room, REMEMBERED)

    async def restore(self) -> None:
        """Take up what an earlier run left. Waits for room, so somebody must be at work. Raises StoreError."""
        for number in await self._store.answered_numbers(REMEMBERED):
            self._waiting.know(number)
        for kept in await self._store.waiting():
            await self._waiting.put(Arrival(kept.number, json.loads(kept.raw), kept.attempts + 1))

    async def put(self, *arrivals: Arrival) -> None:
        taken = [_writable(arrival) for arrival in arrivals]
        for arrival, text in taken:
            self._note(arrival.number)
            self._store.take_in(arrival.number, text)
        await self._store.settled()
        await self._waiting.put(*(arrival for arrival, _ in taken))

    async def next(self) -> Arrival:
        """As any inbox. What an earlier run left is counted first: it may be what ended that run."""
        arrival = await self._waiting.next()
        if arrival.attempts:
            self._store.begin(arrival.number)
            await self._store.settled()
        return arrival

    async def done(self, arrival: Arrival) -> None:
        await self._waiting.done(arrival)

    async def drained(self) -> None:
        await self._waiting.drained()

    @property
    def depth(self) -> int:
        """How many are waiting or in hand."""
        return self._waiting.depth


def _writable(arrival: Arrival) -> tuple[Arrival, str]:
    """The arrival, and as text. Half a character can neither be kept nor sent: a mark takes its place."""
    text = json.dumps(arrival.raw, ensure_ascii=False)
    if text.isascii():
        return arrival, text
    whole = text.encode(errors="replace").decode()
    return (arrival if whole == text else replace(arrival, raw=json.loads(whole))), whole

"""Updates that have been taken in and not yet answered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update, unread."""

    number: int
    raw: Raw

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

    async def put(self, arrival: Arrival) -> None:
        """Keep it; once this returns, Telegram may forget it. The same number a second time is ignored."""

    async def next(self) -> Arrival:
        """The oldest of a chat that nobody is busy with; waits for one."""

    async def done(self, arrival: Arrival) -> None:
        """It has been dealt with: the next of its chat may come."""

    async def drained(self) -> None:
        """Waits until nothing is kept or in hand."""


class MemoryInbox:
    """An inbox that lasts as long as the process. When `room` are waiting, `put` waits too."""

    def __init__(self, room: int = 1000, remembered: int = 10_000) -> None:
        self._lanes: dict[Hashable, deque[Arrival]] = {}
        self._ready: asyncio.Queue[Hashable] = asyncio.Queue()
        self._room = asyncio.Semaphore(room)
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._remembered = remembered
        self._empty = asyncio.Event()
        self._empty.set()

    async def put(self, arrival: Arrival) -> None:
        if arrival.number in self._seen:
            return
        await self._room.acquire()
        self._remember(arrival.number)
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

    def _remember(self, number: int) -> None:
        self._seen[number] = None
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)

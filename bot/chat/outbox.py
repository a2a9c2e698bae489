"""What waits to be sent: in order within a chat, chats beside one another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from bot.chat.calls import Call
from bot.chat.envelope import is_durable, read, written
from bot.store.store import Store

Note = Callable[[], Awaitable[None]]
Deliver = Callable[[int, Call, Note], Awaitable[None]]
"""Performs a call that answers this update, and notes when nothing more is to be done about it."""


class Outbox(Protocol):
    """Takes calls over, so that answering does not wait for sending."""

    async def put(self, update: int, *calls: Call) -> None:
        """Take over calls that answer this update, which is in hand."""

    async def seal(self, update: int) -> None:
        """That was all: once this returns, the update is dealt with, and what answers it is kept until it is sent."""

    async def drained(self) -> None:
        """Waits until nothing is under way."""


@dataclass(frozen=True, slots=True)
class Item:
    """A call in its lane; `part` numbers those of one update that are kept."""

    update: int
    call: Call
    part: int | None = None


class MemoryOutbox:
    """An outbox that lasts as long as the process. When `room` are waiting, `put` waits too."""

    def __init__(self, deliver: Deliver, room: int = 1000) -> None:
        self._deliver = deliver
        self._room = asyncio.Semaphore(room)
        self._lanes: dict[Hashable, deque[Item]] = {}
        self._senders: set[asyncio.Task[None]] = set()

    async def put(self, update: int, *calls: Call) -> None:
        for call in calls:
            await self._line_up(Item(update, call))

    async def seal(self, update: int) -> None:
        """Nothing to do: it is all under way."""

    async def drained(self) -> None:
        while self._senders:
            await asyncio.wait(self._senders)

    @property
    def depth(self) -> int:
        """How many calls are waiting or under way."""
        return sum(map(len, self._lanes.values()))

    async def _line_up(self, item: Item) -> None:
        await self._room.acquire()
        key = item.call.lane
        if lane := self._lanes.get(key):
            lane.append(item)
            return
        self._lanes[key] = deque([item])
        sender = asyncio.create_task(self._send(key))
        self._senders.add(sender)
        sender.add_done_callback(self._senders.discard)

    async def _send(self, key: Hashable) -> None:
        lane = self._lanes[key]
        while lane:
            await self._deliver(lane[0].update, lane[0].call, partial(self._note, lane[0]))
            lane.popleft()
            self._room.release()
        del self._lanes[key]

    async def _note(self, item: Item) -> None:
        """Nothing more is to be done about this: for those who keep more than a lane."""


class DurableOutbox(MemoryOutbox):
    """An outbox that outlives the process: a call that is worth it goes out when it and its end are committed.

    A process that is killed between a call and the note of its end makes that call again: at least once.
    """

    def __init__(self, deliver: Deliver, store: Store, room: int = 1000) -> None:
        super().__init__(deliver, room)
        self._store = store
        self._unsealed: dict[int, list[Call]] = {}

    async def restore(self) -> None:
        """Send what an earlier run left. Raises StoreError."""
        for letter in await self._store.letters():
            if call := read(letter.call):
                await self._line_up(Item(letter.number, call, letter.part))

    async def put(self, update: int, *calls: Call) -> None:
        for call in calls:
            if is_durable(call):
                self._unsealed.setdefault(update, []).append(call)
            else:
                await super().put(update, call)

    async def seal(self, update: int) -> None:
        calls = self._unsealed.pop(update, [])
        self._store.answered(update, map(written, calls))
        await self._store.settled()
        for part, call in enumerate(calls):
            await self._line_up(Item(update, call, part))

    async def _note(self, item: Item) -> None:
        if item.part is not None:
            self._store.sent(item.update, item.part)
            await self._store.settled()

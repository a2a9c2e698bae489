"""What waits to be sent: in order within a chat, chats beside one another."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from bot.chat.calls import Call
from bot.chat.envelope import is_durable, read, written
from bot.store.database import StoreError
from bot.store.store import Store

log = logging.getLogger(__name__)
MOST_IN_A_LANE = 10
"""Calls to one chat that wait in memory; what else is kept stays in the database alone until it is due."""
RETRY = 5.0
"""Seconds until what the database refused is read again."""
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
    """A call in its lane; `part` numbers those of one update that are kept, and `call` may be kept there alone."""

    update: int
    call: Call | None
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
            await self._line_up(call.lane, Item(update, call))

    async def seal(self, update: int) -> None:
        """Nothing to do: it is all under way."""

    async def drained(self) -> None:
        while self._senders:
            await asyncio.wait(self._senders)

    @property
    def depth(self) -> int:
        """How many calls are waiting or under way."""
        return sum(map(len, self._lanes.values()))

    @property
    def lanes(self) -> int:
        """How many of them there are: a chat that Telegram wants left alone is one, however much waits for it."""
        return len(self._lanes)

    async def _line_up(self, key: Hashable, item: Item) -> None:
        await self._room.acquire()
        self._append(key, item)

    def _append(self, key: Hashable, item: Item) -> None:
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
            item = lane[0]
            if (call := await self._call(item)) is not None:
                await self._deliver(item.update, call, partial(self._note, item))
            lane.popleft()
            if item.call is not None:
                self._room.release()
        del self._lanes[key]

    async def _call(self, item: Item) -> Call | None:
        return item.call

    async def _note(self, item: Item) -> None:
        """Nothing more is to be done about this: for those who keep more than a lane."""


class DurableOutbox(MemoryOutbox):
    """An outbox that outlives the process: a call that is worth it goes out when it and its end are committed.

    A process that is killed between a call and the note of its end makes that call again: at least once. A chat that
    cannot be written to for a day takes no more memory than its numbers, and no other chat's room.
    """

    def __init__(self, deliver: Deliver, store: Store, room: int = 1000) -> None:
        super().__init__(deliver, room)
        self._store = store
        self._unsealed: dict[int, list[Call]] = {}

    async def restore(self) -> None:
        """Send what an earlier run left, without waiting for room. Raises StoreError."""
        for letter in await self._store.letters():
            if call := read(letter.call):
                item = Item(letter.number, call, letter.part)
                if self._room.locked():
                    self._append(call.lane, replace(item, call=None))
                else:
                    await self._line_up(call.lane, item)

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
            item = Item(update, call, part)
            if self._store.writable and len(self._lanes.get(call.lane, ())) >= MOST_IN_A_LANE:
                self._append(call.lane, replace(item, call=None))
            else:
                await self._line_up(call.lane, item)

    async def _call(self, item: Item) -> Call | None:
        """The call, from the database where it is only there; None where it cannot be read any more."""
        while item.call is None and item.part is not None:
            try:
                letter = await self._store.letter(item.update, item.part)
            except StoreError:
                log.warning("an answer waits: the database cannot be read; trying again in %g s", RETRY)
                await asyncio.sleep(RETRY)
            else:
                return read(letter) if letter is not None else None
        return item.call

    async def _note(self, item: Item) -> None:
        if item.part is not None:
            self._store.sent(item.update, item.part)
            await self._store.settled()

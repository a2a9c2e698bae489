"""What waits to be sent: in order within a chat, chats beside one another."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Protocol

from bot.chat.calls import Call

Deliver = Callable[[int, Call], Awaitable[None]]


class Outbox(Protocol):
    """Takes calls over, so that answering does not wait for sending."""

    async def put(self, update: int, *calls: Call) -> None:
        """Keep the calls that answer this update; once this returns, the update is dealt with."""

    async def drained(self) -> None:
        """Waits until nothing is kept or under way."""


class MemoryOutbox:
    """An outbox that lasts as long as the process. When `room` are waiting, `put` waits too."""

    def __init__(self, deliver: Deliver, room: int = 1000) -> None:
        self._deliver = deliver
        self._room = asyncio.Semaphore(room)
        self._lanes: dict[Hashable, deque[tuple[int, Call]]] = {}
        self._senders: set[asyncio.Task[None]] = set()

    async def put(self, update: int, *calls: Call) -> None:
        for call in calls:
            await self._room.acquire()
            self._line_up(update, call)

    async def drained(self) -> None:
        while self._senders:
            await asyncio.wait(self._senders)

    def _line_up(self, update: int, call: Call) -> None:
        if lane := self._lanes.get(call.lane):
            lane.append((update, call))
            return
        self._lanes[call.lane] = deque([(update, call)])
        sender = asyncio.create_task(self._send(call.lane))
        self._senders.add(sender)
        sender.add_done_callback(self._senders.discard)

    async def _send(self, key: Hashable) -> None:
        lane = self._lanes[key]
        while lane:
            await self._deliver(*lane[0])
            lane.popleft()
            self._room.release()
        del self._lanes[key]

"""Wakes those who wait for something to happen in the world."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """One bell with many ropes: to ring is synchronous and costs nothing where nobody waits."""

    def __init__(self) -> None:
        self._waiting: defaultdict[Hashable, list[asyncio.Future[None]]] = defaultdict(list)

    def ring(self, topic: Hashable) -> None:
        for waiter in self._waiting.pop(topic, ()):
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, topic: Hashable, look: Callable[[], Found | None], patience: float | None) -> Found | None:
        """What `look` finds, asked now and after each ring; None after `patience` seconds without (None: for ever)."""
        try:
            async with asyncio.timeout(patience):
                while not (found := look()):
                    waiter = asyncio.get_running_loop().create_future()
                    self._waiting[topic].append(waiter)
                    await waiter
                return found
        except TimeoutError:
            return None

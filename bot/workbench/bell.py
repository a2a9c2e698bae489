"""Tells every open page that the content has been looked at again."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator

PULSE = 15.0
"""Seconds of silence after which a line is sent that means nothing, so that a page that is gone is noticed."""


class Bell:
    """Rings for all who listen, in one event loop."""

    def __init__(self, pulse: float = PULSE) -> None:
        self._pulse = pulse
        self._start = secrets.token_hex(4)
        self._rung = 0
        self._is_closed = False
        self._next = asyncio.Event()

    @property
    def stamp(self) -> str:
        """How often it has rung, in this run: a page that carries another stamp is out of date."""
        return f"{self._start}-{self._rung}"

    def ring(self) -> None:
        """The content was looked at."""
        self._rung += 1
        self._wake()

    def close(self) -> None:
        """Nobody is told anything more: every listener comes to its end."""
        self._is_closed = True
        self._wake()

    async def events(self, seen: str) -> AsyncIterator[str]:
        """Server-sent events for a page that carries this stamp: one named `content` after every ring."""
        yield "retry: 1000\n\n"
        while not self._is_closed:
            if seen != self.stamp:
                seen = self.stamp
                yield f"event: content\ndata: {seen}\n\n"
            elif not await self._rings():
                yield ": \n\n"

    async def _rings(self) -> bool:
        try:
            await asyncio.wait_for(self._next.wait(), self._pulse)
        except TimeoutError:
            return False
        return True

    def _wake(self) -> None:
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

"""Whom an operator has had forgotten with `python -m bot forget`, while the bot runs: it forgets them, too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from bot.chat.connection import Sleep
from bot.store.database import StoreError
from bot.store.store import Store

EVERY = 20.0
"""Seconds between two looks."""


class Leavers:
    """Looks for word from the operator in the database, and passes it on to all who remember people."""

    def __init__(self, store: Store, *forget: Callable[[int], object]) -> None:
        """Each of `forget` is called with the number of a person's account."""
        self._store = store
        self._forget = forget

    async def run(self, sleep: Sleep = asyncio.sleep) -> None:
        """Until cancelled."""
        while True:
            with suppress(StoreError):
                await self.see_off()
            await sleep(EVERY)

    async def see_off(self) -> None:
        """Forget all of whom there is word. Raises StoreError."""
        for user in await self._store.leavers():
            for forget in self._forget:
                forget(user)
            self._store.left(user)

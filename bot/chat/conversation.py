"""One turn: what was asked, with what was last spoken of, becomes messages to send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from html import escape

from bot.chat.keyboard import rows
from bot.chat.memory import Memory
from bot.chat.outbox import Outbox
from bot.chat.visit import Visit
from bot.domain.context import Context, Turn
from bot.domain.reply import Reply
from bot.live import Answers, LiveEngine
from bot.rendering import html

Ask = Callable[[Answers, Context], Turn]
UNNOTICED = 0.5
"""Seconds that nobody notices: typing shows only after them."""
DEADLINE = 30.0
"""Seconds after which a turn has failed."""


class Conversation:
    """Turns with the engine that is current when they begin."""

    def __init__(self, live: LiveEngine, memory: Memory, outbox: Outbox) -> None:
        self._live = live
        self._memory = memory
        self._outbox = outbox

    async def turn(self, visit: Visit, ask: Ask) -> None:
        """Ask, remember what was spoken of, and hand the answer over for sending."""
        engine = self._live.engine
        await self._outbox.put(visit.update, *visit.acknowledged())
        turn = await self._composed(visit, partial(ask, engine, self._memory.recall(visit.who)))
        self._memory.keep(visit.who, turn.context)
        await self._say(visit, turn.reply, engine)

    async def tell(self, visit: Visit, reply: Callable[[Answers], Reply]) -> None:
        """Say something that is no answer to a question: the thread stays what it was."""
        engine = self._live.engine
        await self._outbox.put(visit.update, *visit.acknowledged())
        await self._say(visit, reply(engine), engine)

    async def apologise(self, visit: Visit) -> None:
        """Something went wrong on our side: needs nothing but the sentence."""
        sentence = self._live.engine.catalogue.messages.failed
        await self._outbox.put(visit.update, *visit.says((escape(sentence, quote=False),)))

    async def _say(self, visit: Visit, reply: Reply, engine: Answers) -> None:
        pages = html.messages(reply, engine.library)
        await self._outbox.put(visit.update, *visit.says(pages, rows(reply.options)))

    async def _composed(self, visit: Visit, ask: Callable[[], Turn]) -> Turn:
        """The engine's turn, from a thread, so that a slow one delays nobody else. Raises TimeoutError."""
        async with asyncio.timeout(DEADLINE):
            work = asyncio.create_task(asyncio.to_thread(ask))
            done, _ = await asyncio.wait([work], timeout=UNNOTICED)
            if not done:
                await self._outbox.put(visit.update, visit.typing())
            return await work

"""One turn: what was asked, with what was last spoken of, becomes messages to send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.chat.charts import Charts
from bot.chat.composition import composed
from bot.chat.memory import Memory
from bot.chat.metrics import Metrics
from bot.chat.missed import MissedQuestions
from bot.chat.outbox import Outbox
from bot.chat.page import Page
from bot.chat.shown import Shown
from bot.chat.visit import Visit
from bot.domain.context import Context, Turn
from bot.live import Answers, LiveEngine
from bot.rendering.data import outcome

Ask = Callable[[Answers, Context], Turn]
Made = TypeVar("Made")
UNNOTICED = 0.5
"""Seconds that nobody notices: typing shows only after them."""
DEADLINE = 30.0
"""Seconds after which a turn has failed."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is kept of turns beyond the thread, where the operator wants it."""

    missed: MissedQuestions
    shown: Shown


class Conversation:
    """Turns with the engine that is current when they begin."""

    def __init__(self, live: LiveEngine, memory: Memory, outbox: Outbox, notes: Notes, metrics: Metrics) -> None:
        self._notes = notes
        self._metrics = metrics
        self._live = live
        self._memory = memory
        self._outbox = outbox
        self._charts = Charts()

    @property
    def charts(self) -> Charts:
        """The pictures that can be shown."""
        return self._charts

    @property
    def engine(self) -> Answers:
        """The current one."""
        return self._live.engine

    async def question(self, visit: Visit, words: str) -> None:
        """A turn that begins with words."""
        turn = await self.turn(visit, lambda engine, context: engine.reply_to(words, context))
        self._metrics.replied(outcome(turn.reply))
        self._notes.missed.note(visit, words, turn.reply)

    async def turn(self, visit: Visit, ask: Ask, *, whole: bool = False) -> Turn:
        """Ask, remember what was spoken of, and hand the answer over for sending: in a group in one message where that

        can be, unless the `whole` is wanted.
        """
        engine = self._live.engine
        await self._outbox.put(visit.update, *visit.acknowledged())
        before, in_one = self._memory.recall(visit.who), visit.is_in_group and not whole
        turn, page = await self._composed(visit, partial(self._answer, ask, engine, before, in_one))
        self._memory.keep(visit.who, turn.context)
        self._notes.shown.note(visit, turn.reply, engine.catalogue)
        await self._outbox.put(visit.update, *visit.shows(page))
        return turn

    async def tell(self, visit: Visit, make: Callable[[Answers], Page]) -> None:
        """Show a page that is no answer to a question: the thread stays what it was."""
        await self._outbox.put(visit.update, *visit.acknowledged())
        page = await self._composed(visit, partial(make, self._live.engine))
        await self._outbox.put(visit.update, *visit.shows(page))

    async def apologise(self, visit: Visit) -> None:
        """Something went wrong on our side: needs nothing but the sentence."""
        sentence = self._live.engine.catalogue.messages.failed
        await self._outbox.put(visit.update, *visit.shows(Page.saying(sentence)))

    def _answer(self, ask: Ask, engine: Answers, context: Context, in_one: bool) -> tuple[Turn, Page]:
        """The turn, and its page."""
        with self._metrics.composing():
            turn = ask(engine, context)
            return turn, composed(turn, engine, self._charts, in_one=in_one)

    async def _composed(self, visit: Visit, compose: Callable[[], Made]) -> Made:
        """What a thread of its own makes, so that a slow one delays nobody else. Raises TimeoutError."""
        async with asyncio.timeout(DEADLINE):
            work = asyncio.create_task(asyncio.to_thread(compose))
            done, _ = await asyncio.wait([work], timeout=UNNOTICED)
            if not done:
                await self._outbox.put(visit.update, visit.typing())
            return await work

"""Who does what: the parts of the chat put together, and what is done beside answering."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from bot.changing.archive import Archive
from bot.changing.press import Press
from bot.chat.conversation import Conversation, Notes
from bot.chat.corrections import Corrections
from bot.chat.desk.backroom import Backroom
from bot.chat.desk.desk import Desk
from bot.chat.desk.drawer import Drawer
from bot.chat.desk.handlers import DeskHandlers
from bot.chat.desk.room import Room
from bot.chat.digest import Digest, Week
from bot.chat.foundation import Foundation
from bot.chat.gate import Gate
from bot.chat.handlers import Handlers
from bot.chat.inline import Inline
from bot.chat.members import Members
from bot.chat.memory import Memory, Wordings
from bot.chat.missed import DAY, MissedQuestions
from bot.chat.office import Office
from bot.chat.opinions import Opinions
from bot.chat.pages import Kept
from bot.chat.profile import introduce
from bot.chat.shown import Shown
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who answer, and those who work beside them."""

    base: Foundation
    memory: Memory
    members: Members
    shown: Shown
    conversation: Conversation
    corrections: Corrections

    @classmethod
    async def of(cls, base: Foundation) -> Staff:
        """As the settings want them, knowing what an earlier run left. Raises StoreError."""
        chosen, store, token = base.settings, base.store, base.app.bot.token
        memory = await _memory(store, chosen.context_minutes * 60)
        missed = MissedQuestions(store, chosen.keep_missed_days, token)
        shown = Shown(store.ledger, chosen.correction_days, token, await store.ledger.unwilling())
        conversation = Conversation(base.live, memory, base.outbox, Notes(missed, shown), base.metrics)
        corrections = Corrections(shown, store, base.outbox, Archive(Press(base.live.content)), base.live)
        staff = cls(base, memory, await Members.of(chosen, store), shown, conversation, corrections)
        staff._handlers(await Drawer.of(store)).join(base.app)
        return staff

    def courtesies(self, stop: asyncio.Event) -> Iterator[Coroutine[Any, Any, None]]:
        """What is done beside answering: one that fails costs what it was for, and no answer."""
        base, chosen = self.base, self.base.settings
        yield introduce(base.app.bot, self.members.editors)
        yield base.live.watch(stop)
        yield base.store.keep_forgetting(
            self.memory.lasting, chosen.keep_missed_days * DAY, chosen.correction_days * DAY
        )
        yield self.corrections.run()
        if chosen.digest_weekday != "never":
            week = Week.on(chosen.digest_weekday, chosen.digest_hour)
            yield Digest(week, base.live, base.store, base.outbox, lambda: self.members.editors).run()

    def _handlers(self, drawer: Drawer) -> Handlers:
        """What is done with each kind of update."""
        base, chosen, members = self.base, self.base.settings, self.members
        return Handlers(
            self.conversation,
            Opinions(base.live, base.outbox, base.store, lambda: members.editors),
            Inline(base.live, base.outbox),
            Wordings(),
            Gate(members, base.live, base.outbox, chosen.questions_a_minute, chosen.contact),
            members,
            Office(members, lambda: base.app.bot.link, base.look),
            DeskHandlers(Desk(self._room(drawer)), self.conversation),
            base.metrics,
            self.shown,
            Kept(chosen.context_minutes, chosen.keep_missed_days, chosen.correction_days),
        )

    def _room(self, drawer: Drawer) -> Room:
        """Where editors work."""
        base, chosen = self.base, self.base.settings
        return Room(
            base.live.content,
            base.live,
            Press(base.live.content),
            drawer,
            Backroom(base.outbox),
            base.outbox,
            self.members,
            base.store,
            self.corrections,
            keeps_missed=chosen.keep_missed_days > 0,
            two_person=chosen.two_person,
        )


async def _memory(store: Store, lasting: float) -> Memory:
    """What was spoken of before the last stop."""
    memory = Memory(time.monotonic, lasting, save=store.remember)
    for thread in await store.threads():
        memory.restore((thread.user, thread.chat), thread.context, thread.age)
    return memory

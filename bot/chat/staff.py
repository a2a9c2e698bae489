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
from bot.chat.doubts import Doubts
from bot.chat.foundation import Foundation
from bot.chat.gate import Gate
from bot.chat.handlers import Handlers
from bot.chat.inline import Inline
from bot.chat.leavers import Leavers
from bot.chat.members import Members
from bot.chat.memory import Memory, Wordings
from bot.chat.missed import DAY, MissedQuestions, fingerprint
from bot.chat.office import Office
from bot.chat.opinions import Opinions
from bot.chat.pages import Kept
from bot.chat.profile import Profile
from bot.chat.reception import Reception
from bot.chat.shown import Shown
from bot.store.store import Lasting, Store


@dataclass(frozen=True, slots=True)
class Staff:
    """Those who answer, and those who work beside them."""

    base: Foundation
    memory: Memory
    members: Members
    shown: Shown
    conversation: Conversation
    doubts: Doubts
    drawer: Drawer
    profile: Profile

    @classmethod
    async def of(cls, base: Foundation) -> Staff:
        """As the settings want them, knowing what an earlier run left. Raises StoreError."""
        chosen, store, token = base.settings, base.store, base.app.bot.token
        memory = await _memory(store, chosen.context_minutes * 60)
        missed = MissedQuestions(store, chosen.keep_missed_days, token)
        shown = Shown(store.ledger, chosen.correction_days, token, await store.ledger.unwilling())
        conversation = Conversation(base.live, memory, base.outbox, Notes(missed, shown), base.metrics)
        await store.ledger.begin(fingerprint(token))
        members, doubts = await Members.of(chosen, store), Doubts(store, await store.doubts())
        profile = Profile(base.app.bot, lambda: members.editors)
        members.changed = profile.changed
        staff = cls(base, memory, members, shown, conversation, doubts, await Drawer.of(store), profile)
        staff._handlers().join(base.app)
        return staff

    def courtesies(self, stop: asyncio.Event) -> Iterator[Coroutine[Any, Any, None]]:
        """What is done beside answering: one that fails costs what it was for, and no answer."""
        base, chosen = self.base, self.base.settings
        yield self.profile.run()
        yield base.live.watch(stop)
        days = chosen.keep_missed_days, chosen.correction_days, chosen.feedback_days
        yield base.store.keep_forgetting(Lasting(self.memory.lasting, *(number * DAY for number in days)))
        yield Leavers(base.store, self.memory.forget, self.members.dismiss, self.drawer.forget).run()
        yield Corrections(self.shown, base.store, base.outbox, Archive(Press(base.live.content)), base.live).run()
        if chosen.digest_weekday != "never":
            week = Week.on(chosen.digest_weekday, chosen.digest_hour)
            yield Digest(week, base.live, base.store, base.outbox, lambda: self.members.editors).run()

    def _handlers(self) -> Handlers:
        """What is done with each kind of update."""
        base, chosen, members = self.base, self.base.settings, self.members
        return Handlers(
            self.conversation,
            Opinions(base.live, base.outbox, self.doubts, lambda: members.editors, base.app.bot.token),
            Inline(base.live, base.outbox),
            Wordings(),
            Gate(members, base.live, base.outbox, chosen.questions_a_minute, chosen.contact),
            members,
            Office(members, self.doubts, lambda: base.app.bot.link, base.look),
            Reception(base.live, base.outbox),
            DeskHandlers(Desk(self._room()), self.conversation),
            base.metrics,
            self.shown,
            Kept.by(chosen),
        )

    def _room(self) -> Room:
        """Where editors work."""
        base, chosen = self.base, self.base.settings
        return Room(
            base.live.content,
            base.live,
            Press(base.live.content),
            self.drawer,
            Backroom(base.outbox),
            base.outbox,
            self.members,
            base.store,
            keeps_missed=chosen.keep_missed_days > 0,
            two_person=chosen.two_person,
        )


async def _memory(store: Store, lasting: float) -> Memory:
    """What was spoken of before the last stop."""
    memory = Memory(time.monotonic, lasting, save=store.remember)
    for thread in await store.threads():
        memory.restore((thread.user, thread.chat), thread.context, thread.age)
    return memory

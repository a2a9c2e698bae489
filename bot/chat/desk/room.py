"""What every part of the desk needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from bot.changing.edition import Edition
from bot.changing.press import Press
from bot.chat.calls import Rows
from bot.chat.desk.backroom import Backroom
from bot.chat.desk.drawer import Drawer, Editor, Item
from bot.chat.members import Members
from bot.chat.outbox import Outbox
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.domain.catalogue import Catalogue
from bot.domain.editing import EditorMessages
from bot.live import Answers, LiveEngine
from bot.store.rows import Missed

PATIENCE = 600.0
"""Seconds for which the next thing an editor writes is taken as the answer to what was asked of them."""


class MissedRecord(Protocol):
    """The questions that were missed."""

    async def missed(self) -> dict[int, Missed]: ...
    def learnt(self, numbers: Iterable[int]) -> None: ...
    async def settled(self) -> None: ...


class Announcer(Protocol):
    """Tells those who saw a mistake."""

    async def announce(self, edition: Edition) -> int | None:
        """How many chats are told of this edition; None where that is not known yet.

        Raises StoreError, HistoryError and ContentError where it is tried again later.
        """


@dataclass(frozen=True)
class Room:
    """The tools on the desk; `content` is the folder that is edited."""

    content: Path
    live: LiveEngine
    press: Press
    drawer: Drawer
    backroom: Backroom
    outbox: Outbox
    members: Members
    missed: MissedRecord
    corrections: Announcer
    keeps_missed: bool
    two_person: bool
    clock: Callable[[], float] = time.monotonic
    _asked: dict[int, tuple[str, float]] = field(default_factory=dict)

    @property
    def engine(self) -> Answers:
        """The current one."""
        return self.live.engine

    @property
    def catalogue(self) -> Catalogue:
        """That of the current engine."""
        return self.live.engine.catalogue

    @property
    def words(self) -> EditorMessages:
        """What is said to editors."""
        return self.catalogue.messages.editing

    async def shows(self, visit: Visit, page: Page, to: Editor | None = None) -> None:
        """A page, to whoever is here or to another editor in their own chat."""
        if to and to.user != visit.user:
            visit = replace(visit, chat=to.user, user=to.user, thread=None, quoted=None, query=None)
        await self.outbox.put(visit.update, *visit.shows(page))

    async def says(self, visit: Visit, text: str, buttons: Rows = ()) -> None:
        """A message of plain words."""
        await self.shows(visit, Page.saying(text, buttons))

    async def refuses(self, visit: Visit, why: str) -> None:
        """Why something could not be done, and that nothing was changed."""
        await self.says(visit, self.words.refused.format(why=why[0].upper() + why[1:]))

    def asks(self, user: int, item: Item | None) -> None:
        """The next words of this person answer what is asked about this; None: of nothing."""
        self._asked.pop(user, None)
        if item:
            self._asked[user] = item.id, self.clock() + PATIENCE

    def asked(self, user: int) -> str | None:
        """The id of what this person was last asked about, if that was not long ago."""
        id, until = self._asked.get(user, (None, 0.0))
        return id if self.clock() < until else None

"""Once a week the editors are told what wants a look; nothing, where nothing does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.calendar import current_day
from bot.chat.calls import Say
from bot.chat.connection import Sleep
from bot.chat.outbox import DurableOutbox
from bot.chat.page import Page
from bot.checking.deadlines import Standing
from bot.domain.catalogue import Catalogue
from bot.live import LiveEngine
from bot.reviewing.due import Due, due, said
from bot.store.database import StoreError
from bot.store.store import Store

log = logging.getLogger(__name__)
AHEAD = 30
"""Days."""
NAMED = 5
"""Sources of each kind that are named."""
MARK = "digest"
LONGEST_SLEEP = 3600.0
"""Seconds: a clock that is set is noticed within this time."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Week:
    """When a digest is due: on this weekday (0 is Monday) at this hour by Greenwich."""

    weekday: int
    hour: int

    @classmethod
    def on(cls, weekday: str, hour: int) -> Week:
        """By the weekday's English name."""
        return cls(WEEKDAYS.index(weekday), hour)

    def latest(self, now: float) -> float:
        """The last moment at or before now at which one was due (both Unix seconds)."""
        today = datetime.fromtimestamp(now, UTC).replace(hour=self.hour, minute=0, second=0, microsecond=0)
        due_at = today - timedelta(days=(today.weekday() - self.weekday) % 7)
        return (due_at if due_at.timestamp() <= now else due_at - timedelta(days=7)).timestamp()


@dataclass(frozen=True, slots=True)
class Findings:
    """What a digest tells."""

    due: Due
    doubts: int
    missed: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing wants a look."""
        return not (self.due.groups or self.doubts or self.missed)

    def page(self, catalogue: Catalogue) -> Page:
        """In the order of what harms most."""
        return Page.saying("\n".join(self._lines(catalogue)))

    def _lines(self, catalogue: Catalogue) -> Iterator[str]:
        messages = catalogue.messages
        yield messages.digest.format(version=catalogue.version)
        headings = {
            Standing.WITHHELD: messages.digest_withheld,
            Standing.OVERDUE: messages.digest_overdue,
            Standing.DUE: messages.digest_due,
        }
        for standing, group in self.due.groups.items():
            yield headings[standing].format(number=len(group), days=self.due.days)
            yield from (f"– {said(one)}" for one in group[:NAMED])
            if len(group) > NAMED:
                yield f"– {messages.digest_more.format(number=len(group) - NAMED)}"
        for heading, number in ((messages.digest_doubts, self.doubts), (messages.digest_missed, self.missed)):
            if number:
                yield heading.format(number=number)


class Digest:
    """The messages and the mark that they were written stand in one commit: a restart repeats and loses none."""

    def __init__(
        self, week: Week, live: LiveEngine, store: Store, outbox: DurableOutbox, editors: Callable[[], Collection[int]]
    ) -> None:
        self._week = week
        self._live = live
        self._store = store
        self._outbox = outbox
        self._editors = editors

    async def run(
        self,
        clock: Callable[[], float] = time.time,
        today: Callable[[], date] = current_day,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Until cancelled. `clock` tells Unix seconds."""
        while True:
            with suppress(StoreError):
                await self.send(clock(), today())
            await sleep(min(LONGEST_SLEEP, self._week.latest(clock()) + 7 * 24 * 3600 - clock() + 1))

    async def send(self, now: float, today: date) -> None:
        """Send the digest that is due at this moment (Unix seconds), unless it went out. The first start sends none."""
        due_at, before = self._week.latest(now), await self._store.ledger.marked(MARK)
        if before is not None and before >= due_at:
            return
        found = await self._findings(today, before) if before is not None else None
        self._store.ledger.mark(MARK)
        await self._tell(-int(due_at), found)

    async def _findings(self, today: date, since: float) -> Findings:
        ledger = self._store.ledger
        doubts, missed = await ledger.doubts(since), await ledger.misses(since)
        return Findings(due(self._live.engine.catalogue, today, AHEAD), doubts, missed)

    async def _tell(self, number: int, found: Findings | None) -> None:
        if found and not found.is_empty:
            (message,) = found.page(self._live.engine.catalogue).messages
            await self._outbox.put(number, *(Say(editor, message) for editor in self._editors()))
            log.info("the weekly digest goes to %d editors", len(self._editors()))
        await self._outbox.seal(number)

"""Which figures were shown where, what is owed to those who saw a wrong one, and what must be done once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select

from bot.store import statements as say
from bot.store.tables import FEEDBACK, FIGURES, MARKS, MISSED, NOTICES, SHOWN, WISHES

Add = Callable[..., None]
"""Takes a statement and its rows, which go into the next commit."""
KEY = "key "
"""Begins the mark of a key that pseudonyms are made with."""
Read = Callable[[Select[Any]], Awaitable[list[Row[Any]]]]
"""Raises StoreError."""


@dataclass(frozen=True, slots=True)
class View:
    """An answer was shown in a chat: `key` tells chat, answer and day, `who` the chat; `seal` opens with the token."""

    key: str
    who: str
    seal: bytes
    answer: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A correction for one chat, not handed over for sending yet. Its number lies below zero."""

    number: int
    who: str
    seal: bytes
    call: str


class Ledger:
    """Writing waits for nobody; reading raises StoreError. Each is written once, however often it is said."""

    def __init__(self, add: Add, read: Read, clock: Callable[[], float]) -> None:
        self._add = add
        self._read = read
        self._clock = clock

    def show(self, view: View, held: str) -> None:
        """Keep that an answer was shown, and what it held."""
        self._add(say.HOLD, {"answer": view.answer, "held": held})
        self._add(say.SHOW, asdict(view) | {"shown_at": self._clock()})

    def wish(self, who: str, *, corrections: bool) -> None:
        """Keep whether a chat wants corrections. For one that wants none, all that is kept of it goes."""
        self._add(say.WISH, {"who": who, "corrections": corrections})
        if not corrections:
            self._add(say.FORGET_SHOWN_TO, {"of": who})
            self._add(say.FORGET_NOTICES_TO, {"of": who})

    def owe(self, mark: str, notices: Iterable[Notice]) -> None:
        """Keep what is to be sent, and that all of it is: both or neither."""
        rows = [asdict(notice) | {"owed_since": self._clock()} for notice in notices]
        self._add(say.OWE, *rows)
        self.mark(mark)

    def handed_over(self, number: int) -> None:
        """Forget a notice, in one commit with what else is said before the next wait."""
        self._add(say.HANDED_OVER, {"of": number})

    def mark(self, name: str) -> None:
        """Keep that this was done now."""
        self._add(say.MARK, {"name": name, "at": self._clock()})

    async def begin(self, key: str) -> None:
        """Keep from when on pseudonyms are made with this key; the first of all has made those before it, too."""
        known = await self._read(select(MARKS.c.name).where(MARKS.c.name.startswith(KEY)))
        if f"{KEY}{key}" not in {row.name for row in known}:
            self._add(say.MARK, {"name": f"{KEY}{key}", "at": self._clock() if known else 0.0})

    async def strange(self, key: str) -> int:
        """How much is kept under pseudonyms that this key may not have made."""
        since = await self.marked(f"{KEY}{key}")
        times = (MISSED.c.asked_at, SHOWN.c.shown_at, NOTICES.c.owed_since)
        counted = [
            await self._read(select(func.count(at)).where(at < (float("inf") if since is None else since)))
            for at in times
        ]
        return sum(int(rows[0][0]) for rows in counted)

    def forget(self, after: float) -> None:
        """Delete what was shown, and what is owed, more than so many seconds ago."""
        before = {"before": self._clock() - after}
        self._add(say.FORGET_SHOWN, before)
        self._add(say.FORGET_NOTICES, before)
        self._add(say.FORGET_FIGURES, {})

    async def figures(self) -> Mapping[str, str]:
        """What each answer held that was shown lately."""
        return {row.answer: row.held for row in await self._read(select(FIGURES))}

    async def views(self, answers: Collection[str]) -> list[View]:
        """Where these answers were shown, the oldest first."""
        chosen = select(SHOWN).where(SHOWN.c.answer.in_(answers)).order_by(SHOWN.c.shown_at)
        return [View(row.key, row.who, row.seal, row.answer) for row in await self._read(chosen)]

    async def notices(self) -> list[Notice]:
        """What is owed."""
        rows = await self._read(select(NOTICES).order_by(NOTICES.c.owed_since, NOTICES.c.number))
        return [Notice(row.number, row.who, row.seal, row.call) for row in rows]

    async def unwilling(self) -> frozenset[str]:
        """Those who want no corrections."""
        return frozenset(row.who for row in await self._read(select(WISHES.c.who).where(~WISHES.c.corrections)))

    async def marked(self, name: str) -> float | None:
        """When this was last done (Unix seconds); None where it never was."""
        rows = await self._read(select(MARKS.c.at).where(MARKS.c.name == name))
        return float(rows[0].at) if rows else None

    async def doubts(self, since: float) -> int:
        """How many readers found a figure wrong since then (Unix seconds)."""
        chosen = select(func.count()).where(FEEDBACK.c.verdict == "figure", FEEDBACK.c.said_at >= since)
        return int((await self._read(chosen))[0][0])

    async def misses(self, since: float) -> int:
        """How many questions were kept as missed since then."""
        chosen = select(func.count()).select_from(MISSED).where(MISSED.c.asked_at >= since)
        return int((await self._read(chosen))[0][0])

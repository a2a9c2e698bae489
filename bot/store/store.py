"""What the chat asks of its database."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row, Select, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.context import Context
from bot.store import statements as say
from bot.store.database import StoreError, database, refusal
from bot.store.ledger import Ledger
from bot.store.tables import (
    FEEDBACK,
    INVITATIONS,
    LEAVERS,
    LETTERS,
    MEMBERS,
    MISSED,
    NOTICES,
    PROPOSALS,
    SHOWN,
    THREADS,
    UPDATES,
)
from bot.store.writer import Writer

REMEMBERED = 48 * 3600.0
"""Seconds for which the number of an answered update is known: Telegram itself keeps updates for a day."""
PROPOSED_FOR = 7 * 24 * 3600.0
"""Seconds for which a change that an editor has in hand is kept."""
FORGET_EVERY = 60.0
DOUBT = "figure"
"""The verdict that wants a look."""
CONTEXT = TypeAdapter(Context)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was taken in and not answered; `attempts` counts the restarts that tried."""

    number: int
    raw: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Letter:
    """Part of an answer, not sent yet."""

    number: int
    part: int
    call: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What a person spoke of in a chat, `age` seconds ago."""

    user: int
    chat: int
    context: Context
    age: float


@dataclass(frozen=True, slots=True)
class Member:
    """Who came with an invitation, and when (Unix seconds)."""

    user: int
    role: int
    since: float


@dataclass(frozen=True, slots=True)
class Invitation:
    """Lets one person in until then (Unix seconds); named by the digest of its token."""

    digest: str
    role: int
    until: float
    by: int | None = None
    """The account of whoever made it; None for one that an older version kept."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of a reply. `about` names the answers, or else what kind of reply it was."""

    verdict: str
    about: str
    content_version: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was not understood, and who asked, under a pseudonym."""

    who: str
    outcome: str
    question: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the editor of this account has in hand since then (Unix seconds)."""

    id: str
    by: int
    body: str = field(repr=False)
    made_at: float


@dataclass(frozen=True, slots=True)
class Lasting:
    """For how many seconds what is kept."""

    threads: float
    missed: float
    shown: float
    feedback: float


@asynccontextmanager
async def opened(url: str, clock: Callable[[], float] = time.time) -> AsyncIterator[Store]:
    """The store at this address. Raises StoreError. At the end all is written that can be."""
    async with database(url) as engine:
        writer = Writer(engine)
        writer.start()
        try:
            yield Store(engine, writer, clock)
        finally:
            await writer.stop()


class Store:
    """Writing never raises and waits for nobody but in `settled`; `clock` tells Unix seconds."""

    def __init__(self, engine: AsyncEngine, writer: Writer, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._writer = writer
        self._clock = clock
        self.ledger = Ledger(writer.add, self._read, clock)
        """Which figures were shown where, and what must be done once."""

    @property
    def writable(self) -> bool:
        """Whether the last commit succeeded."""
        return not self._writer.failing

    @property
    def hanging(self) -> bool:
        """Whether writing has come to an end, or to none: starting anew would help."""
        return self._writer.hanging

    async def ended(self) -> None:
        """Wait for the end of writing. Before the store is closed only a fault ends it, and that is raised."""
        await self._writer.ended()

    async def settled(self) -> None:
        """Wait until all so far is committed; not while the store cannot be written."""
        await self._writer.settled()

    def take_in(self, number: int, raw: str) -> None:
        """Keep an update until it is answered. A number that is known stays as it is."""
        row = {"number": number, "state": "waiting", "raw": raw, "attempts": 0, "taken_at": self._clock()}
        self._writer.add(say.TAKE_IN, row)

    def begin(self, number: int) -> None:
        """Count another attempt at an update that an earlier run did not finish."""
        self._writer.add(say.BEGIN, {"of": number})

    def answered(self, number: int, calls: Iterable[str] = ()) -> None:
        """Forget the update but for its number, and keep what answers it until that is sent: both or neither."""
        self._writer.add(say.ANSWER, {"of": number})
        letters = [{"number": number, "part": part, "call": call} for part, call in enumerate(calls)]
        self._writer.add(say.POST, *letters)

    def sent(self, number: int, part: int) -> None:
        """Forget a letter."""
        self._writer.add(say.SENT, {"of": number, "nth": part})

    def remember(self, user: int, chat: int, context: Context) -> None:
        """Keep what is spoken of, in place of what was."""
        kept = CONTEXT.dump_json(context).decode()
        self._writer.add(say.REMEMBER, {"user": user, "chat": chat, "context": kept, "kept_at": self._clock()})

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation until it is used."""
        self._writer.add(say.INVITE, asdict(invitation))

    def admit(self, member: Member, digest: str) -> None:
        """Keep a member, and use up the invitation of this digest: both or neither."""
        self._writer.add(say.ADMIT, asdict(member))
        self._writer.add(say.USED, {"of": digest})

    def dismiss(self, user: int) -> None:
        """Forget a member."""
        self._writer.add(say.DISMISS, {"of": user})

    def revoke(self, digest: str) -> None:
        """Forget an invitation."""
        self._writer.add(say.USED, {"of": digest})

    def revoke_all_of(self, user: int) -> None:
        """Forget the invitations that this person made."""
        self._writer.add(say.REVOKE_ALL_OF, {"of": user})

    def judge(self, number: int, opinion: Opinion) -> None:
        """Keep what the update of this number said of a reply. A doubt stays open until somebody has looked into it."""
        own = {"number": number, "said_at": self._clock(), "is_open": opinion.verdict == DOUBT}
        self._writer.add(say.JUDGE, asdict(opinion) | own)

    def look_into(self, number: int) -> None:
        """Somebody has looked into the doubt of the update of this number."""
        self._writer.add(say.LOOK_INTO, {"of": number})

    def left(self, user: int) -> None:
        """The bot that runs has forgotten this person, too."""
        self._writer.add(say.FORGET_THREADS_OF, {"of": user})
        self._writer.add(say.LEFT, {"of": user})

    def miss(self, number: int, missed: Missed) -> None:
        """Keep the question of the update of this number."""
        self._writer.add(say.MISS, asdict(missed) | {"number": number, "asked_at": self._clock()})

    def learnt(self, numbers: Iterable[int]) -> None:
        """Forget missed questions."""
        self._writer.add(say.LEARNT, *({"of": number} for number in numbers))

    def propose(self, proposed: Proposed) -> None:
        """Keep what an editor has in hand, in place of what was kept under its id. One that is settled stays away."""
        self._writer.add(say.PROPOSE, asdict(proposed))

    def settle(self, id: str) -> None:
        """Forget what an editor had in hand."""
        self._writer.add(say.SETTLE, {"of": id})

    async def keep_forgetting(self, lasting: Lasting) -> None:
        """Until cancelled."""
        while True:
            self.forget(lasting)
            await asyncio.sleep(FORGET_EVERY)

    def forget(self, lasting: Lasting) -> None:
        """Delete numbers of two days ago, proposals of a week ago, and all else after its seconds."""
        self.ledger.forget(lasting.shown)
        self._writer.add(say.FORGET_FEEDBACK, {"before": self._clock() - lasting.feedback})
        self._writer.add(say.FORGET_MISSED, {"before": self._clock() - lasting.missed})
        self._writer.add(say.FORGET_PROPOSALS, {"before": self._clock() - PROPOSED_FOR})
        self._writer.add(say.FORGET_INVITATIONS, {"before": self._clock()})
        self._writer.add(say.FORGET_UPDATES, {"before": self._clock() - REMEMBERED})
        self._writer.add(say.FORGET_THREADS, {"before": self._clock() - lasting.threads})

    async def forget_person(self, user: int, pseudonym: str) -> dict[str, int]:
        """Delete all that is kept of a person, and leave word to the bot that runs; how much of each there was.

        Raises StoreError.
        """
        kept = {
            "threads": (select(THREADS).where(THREADS.c.user == user), say.FORGET_THREADS_OF, user),
            "missed questions": (select(MISSED).where(MISSED.c.who == pseudonym), say.FORGET_MISSED_OF, pseudonym),
            "shown answers": (select(SHOWN).where(SHOWN.c.who == pseudonym), say.FORGET_SHOWN_TO, pseudonym),
            "corrections due": (select(NOTICES).where(NOTICES.c.who == pseudonym), say.FORGET_NOTICES_TO, pseudonym),
            "memberships": (select(MEMBERS).where(MEMBERS.c.user == user), say.DISMISS, user),
            "invitations": (select(INVITATIONS).where(INVITATIONS.c.by == user), say.REVOKE_ALL_OF, user),
            "proposals": (select(PROPOSALS).where(PROPOSALS.c.by == user), say.FORGET_PROPOSALS_OF, user),
        }
        found = {name: len(await self._read(chosen)) for name, (chosen, _, _) in kept.items()}
        for _, statement, of in kept.values():
            self._writer.add(statement, {"of": of})
        found |= await self._forget_what_waits(user)
        self._writer.add(say.LEAVE, {"user": user})
        await self.settled()
        if not self.writable:
            raise StoreError("it cannot be written now")
        return found

    async def _forget_what_waits(self, user: int) -> dict[str, int]:
        """Updates of a person, of which the numbers stay, and what waits to be sent to them."""
        updates = [one.number for one in await self.waiting() if _is_from(one.raw, user)]
        letters = [one for one in await self.letters() if _is_to(one.call, user)]
        self._writer.add(say.ANSWER, *({"of": number} for number in updates))
        self._writer.add(say.SENT, *({"of": one.number, "nth": one.part} for one in letters))
        return {"waiting updates": len(updates), "unsent messages": len(letters)}

    async def members(self) -> list[Member]:
        """Who came with an invitation."""
        return [Member(row.user, row.role, row.since) for row in await self._read(select(MEMBERS))]

    async def invitations(self) -> list[Invitation]:
        """Those not used yet."""
        return [Invitation(row.digest, row.role, row.until, row.by) for row in await self._read(select(INVITATIONS))]

    async def opinions(self) -> list[Opinion]:
        """Oldest first."""
        rows = await self._read(select(FEEDBACK).order_by(FEEDBACK.c.said_at))
        return [_opinion(row) for row in rows]

    async def doubts(self) -> dict[int, Opinion]:
        """Those that nobody has looked into, by the number of their update, oldest first."""
        rows = await self._read(select(FEEDBACK).where(FEEDBACK.c.is_open).order_by(FEEDBACK.c.said_at))
        return {row.number: _opinion(row) for row in rows}

    async def leavers(self) -> list[int]:
        """Whom an operator has had forgotten since this was last asked and done."""
        return [row.user for row in await self._read(select(LEAVERS))]

    async def missed(self, most: int = 10_000) -> dict[int, Missed]:
        """The newest by number, oldest first."""
        rows = await self._read(select(MISSED).order_by(MISSED.c.asked_at.desc(), MISSED.c.number.desc()).limit(most))
        return {row.number: Missed(row.who, row.outcome, row.question) for row in reversed(rows)}

    async def proposed(self) -> list[Proposed]:
        """Oldest first."""
        rows = await self._read(select(PROPOSALS).order_by(PROPOSALS.c.made_at))
        return [Proposed(row.id, row.by, row.body, row.made_at) for row in rows]

    async def waiting(self) -> list[Waiting]:
        """Updates that were taken in and not answered, oldest first."""
        columns = UPDATES.c.number, UPDATES.c.raw, UPDATES.c.attempts
        rows = await self._read(select(*columns).where(UPDATES.c.state == "waiting").order_by(UPDATES.c.number))
        return [Waiting(row.number, row.raw, row.attempts) for row in rows]

    async def letters(self) -> list[Letter]:
        """Answers that were not sent, in their order."""
        rows = await self._read(select(LETTERS).order_by(LETTERS.c.number, LETTERS.c.part))
        return [Letter(row.number, row.part, row.call) for row in rows]

    async def letter(self, number: int, part: int) -> str | None:
        """One of them."""
        chosen = select(LETTERS.c.call).where(LETTERS.c.number == number, LETTERS.c.part == part)
        rows = await self._read(chosen)
        return str(rows[0].call) if rows else None

    async def answered_numbers(self, most: int) -> list[int]:
        """The newest updates that need no answer any more, oldest first."""
        chosen = select(UPDATES.c.number).where(UPDATES.c.state == "answered")
        rows = await self._read(chosen.order_by(UPDATES.c.taken_at.desc()).limit(most))
        return [row.number for row in reversed(rows)]

    async def threads(self) -> list[Thread]:
        """What was last spoken of, longest ago first. A context of another version of the program is left out."""
        rows = await self._read(select(THREADS).order_by(THREADS.c.kept_at))
        return [thread for row in rows if (thread := self._thread(row))]

    def _thread(self, row: Row[Any]) -> Thread | None:
        try:
            context = CONTEXT.validate_json(row.context)
        except ValidationError:
            return None
        # A clock that was set back must not make a thread younger than new.
        return Thread(row.user, row.chat, context, age=max(0.0, self._clock() - row.kept_at))

    async def _read(self, chosen: Select[Any]) -> list[Row[Any]]:
        try:
            async with self._engine.connect() as connection:
                return list(await connection.execute(chosen))
        except SQLAlchemyError as error:
            raise refusal(self._engine.url, error) from None


def _opinion(row: Row[Any]) -> Opinion:
    return Opinion(row.verdict, row.about, row.content_version)


def _is_from(raw: str, user: int) -> bool:
    """Whether an update, as Telegram sent it, comes from this account."""
    match [value for key, value in json.loads(raw).items() if key != "update_id"]:
        case [{"from": {"id": int(sender)}}, *_]:
            return sender == user
    return False


def _is_to(call: str, user: int) -> bool:
    """Whether a call goes to the private chat of this account, which has its number."""
    match json.loads(call):
        case [_, {"chat": int(chat)}]:
            return chat == user
    return False

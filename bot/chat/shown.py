"""Remembers where which figures were shown, so that a correction reaches those who saw the mistake."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass

from bot.chat.missed import DAY, pseudonym
from bot.chat.seal import Seal
from bot.chat.visit import Visit
from bot.domain.catalogue import Catalogue, Located
from bot.domain.reply import Answered, NotReported, Reply, Stated
from bot.rendering import figures
from bot.store.ledger import Ledger, Notice, View

Cell = tuple[str, str | None]
"""Topic and drug of an answer."""
Held = Mapping[Cell, Mapping[str, str]]
"""What answers hold: by cell the ids of the findings, each with its print."""


class Shown:
    """Notes each answer once a day for each chat, under a pseudonym; with no days, nothing."""

    def __init__(
        self,
        ledger: Ledger,
        days: int,
        token: str,
        unwilling: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`unwilling` are the pseudonyms of those who want no corrections; `clock` tells Unix seconds."""
        self.days = days
        self._seal = Seal(token)
        self._ledger = ledger
        self._token = token
        self._unwilling = set(unwilling)
        self._clock = clock
        self._prints = Prints()

    @property
    def since(self) -> float:
        """What was shown before then (Unix seconds) is forgotten."""
        return self._clock() - self.days * DAY

    def note(self, visit: Visit, reply: Reply, catalogue: Catalogue) -> None:
        """Keep which figures this reply of this content shows, if it shows any. Waits for nothing."""
        if not self.days or not self.wants(visit.chat):
            return
        if held := self._prints.held_by(reply, catalogue):
            self._ledger.show(self.view(visit.chat, visit.thread, held), written(held))

    def who(self, chat: int) -> str:
        """The pseudonym of a chat; a private chat has the number of its person."""
        return pseudonym(chat, self._token)

    def wants(self, chat: int) -> bool:
        """Whether corrections may be sent to a chat."""
        return self.who(chat) not in self._unwilling

    def wish(self, chat: int, *, corrections: bool) -> None:
        """From now on a chat gets corrections, or none; with none, nothing is kept of what it saw."""
        who = self.who(chat)
        (self._unwilling.discard if corrections else self._unwilling.add)(who)
        self._ledger.wish(who, corrections=corrections)

    def number(self, *parts: str) -> int:
        """A number below zero that stands for these words; only who has the token can tell which."""
        return -1 - int(self._digest(*parts)[:14], 16)

    def view(self, chat: int, thread: int | None, held: Held) -> View:
        """That a chat, and the topic in it, was shown this today."""
        who, answer, day = self.who(chat), answer_of(held), str(int(self._clock() // DAY))
        return View(self._digest(who, answer, day), who, self._seal.closed(chat, thread, who), answer)

    def place_of(self, sealed: View | Notice) -> tuple[int, int | None] | None:
        """The chat and the topic in it; None where another token sealed it, or the chat wants no corrections."""
        return self._seal.opened(sealed.seal, sealed.who) if sealed.who not in self._unwilling else None

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._token.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Print:
    """A finding as a reader sees it: its figure, what kind of number it is, who stands behind it, and its sources."""

    figure: str
    kind: str
    basis: str
    sources: tuple[tuple[str, str], ...]
    """Reference and locator of each."""

    @classmethod
    def of(cls, located: Located) -> Print:
        sources = tuple((citation.reference, citation.locator) for citation in located.citations)
        return cls(figures.figure(located), figures.kind(located), figures.basis(located), sources)

    @property
    def digest(self) -> str:
        """Short, and the same for the same print."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:8]


class Prints:
    """Tells what replies hold. Each finding of the newest content is looked at once."""

    def __init__(self) -> None:
        self._of: tuple[Catalogue | None, dict[str, str]] = (None, {})

    def held_by(self, reply: Reply, catalogue: Catalogue) -> Held:
        """What a reply shows, what is offered beside a gap included; nothing where it states nothing."""
        known, digests = self._of
        if known is not catalogue:
            digests = {}
            self._of = catalogue, digests
        held: dict[Cell, dict[str, str]] = {}
        for one in _stated(reply):
            for found in one.findings:
                if not found.withheld:
                    held.setdefault((one.topic, one.drug), {})[found.id] = _digest_of(found, digests)
        return held


def answer_of(held: Held) -> str:
    """A name for exactly what is held."""
    return hashlib.sha256(written(held).encode()).hexdigest()[:32]


def written(held: Held) -> str:
    """As it is kept."""
    return json.dumps([[*cell, prints] for cell, prints in held.items()], separators=(",", ":"))


def read(text: str) -> Held:
    """As it was kept."""
    return {(topic, drug): prints for topic, drug, prints in json.loads(text)}


def _stated(reply: Reply) -> Iterator[Stated]:
    if isinstance(reply, Answered | NotReported):
        yield from reply.stated
    if isinstance(reply, NotReported):
        yield from reply.nearby


def _digest_of(located: Located, known: dict[str, str]) -> str:
    if (digest := known.get(located.id)) is None:
        digest = known[located.id] = Print.of(located).digest
    return digest

"""Remembers where which figures were shown, so that a correction reaches those who saw the mistake."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable

from bot.chat.exhibit import Exhibit, Exhibits
from bot.chat.missed import DAY, pseudonym
from bot.chat.seal import Seal
from bot.chat.visit import Visit
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Reply
from bot.store.ledger import Ledger, Notice, View


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
        self._exhibits = Exhibits()

    @property
    def since(self) -> float:
        """What was shown before then (Unix seconds) is forgotten."""
        return self._clock() - self.days * DAY

    def note(self, visit: Visit, reply: Reply, catalogue: Catalogue) -> None:
        """Keep which figures this reply of this content shows, if it shows any. Waits for nothing."""
        if not self.days or not self.wants(visit.chat):
            return
        if exhibit := self._exhibits.of(reply, catalogue):
            self._ledger.show(self.view(visit.chat, visit.thread, exhibit), exhibit.held)

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

    def view(self, chat: int, thread: int | None, exhibit: Exhibit) -> View:
        """That a chat, and the topic in it, was shown this today."""
        who, day = self.who(chat), str(int(self._clock() // DAY))
        key = self._digest(who, exhibit.answer, day)
        return View(key, who, self._seal.closed(chat, thread, who), exhibit.answer)

    def place_of(self, sealed: View | Notice) -> tuple[int, int | None] | None:
        """The chat and the topic in it; None where another token sealed it, or the chat wants no corrections."""
        return self._seal.opened(sealed.seal, sealed.who) if sealed.who not in self._unwilling else None

    def _digest(self, *parts: str) -> str:
        return hmac.new(self._token.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()[:32]

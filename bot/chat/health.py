"""Whether the program turns, and whether it serves: what a supervisor asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.chat.posting import Posting

MOST_SILENT = 180.0
"""Seconds that one round with Telegram takes at most, its time-outs and the pause after it, with some to spare."""


class Contact:
    """How it stands with Telegram: whoever takes updates in notes here how each round ended."""

    def __init__(
        self, note: Callable[[Exception], None] = lambda _: None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin as if Telegram had just been heard of. `note` is called with each failure."""
        self._note = note
        self._clock = clock
        self.made()

    def made(self) -> None:
        """A round came to a good end."""
        self._heard = self._clock()
        self._due = self._heard + MOST_SILENT
        self._lost = False

    def failed(self, error: Exception, rest: float = 0.0) -> None:
        """A round failed; the next begins after a rest of so many seconds."""
        self._due = self._clock() + rest + MOST_SILENT
        self._lost = True
        self._note(error)

    @property
    def overdue(self) -> bool:
        """Whether a round should have come to an end by now, good or bad."""
        return self._clock() > self._due

    @property
    def standing(self) -> bool:
        """Whether the last round came to a good end, and the next is not overdue."""
        return not (self._lost or self.overdue)

    @property
    def age(self) -> float:
        """Seconds since Telegram was last heard of."""
        return self._clock() - self._heard


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong, in a word each.

    Content is not among it: the program begins with content that can go live, and keeps the last good one.
    """

    contact: Contact
    writable: Callable[[], bool]
    """Whether what is taken in can be kept."""
    writing_hangs: Callable[[], bool] = lambda: False
    """Whether writing came to its end, or comes to none."""
    posting: Posting = field(default_factory=Posting)
    crew: list[asyncio.Task[None]] = field(default_factory=list)
    """What must never come to an end while the program serves."""

    @property
    def stuck(self) -> tuple[str, ...]:
        """Why starting the program anew would help. An outage of Telegram is none: it goes on by itself."""
        gone = any(task.done() for task in self.crew)
        faults = (("intake", self.contact.overdue), ("store", self.writing_hangs()), ("workers", gone))
        return tuple(name for name, holds in faults if holds)

    @property
    def unready(self) -> tuple[str, ...]:
        """Why nothing should be sent here now: Telegram is out of reach, or a restart would lose something."""
        faults = (
            ("store", not self.writable() or self.writing_hangs()),
            ("telegram", not self.contact.standing),
            ("webhook", self.posting.failing),
        )
        return tuple(name for name, holds in faults if holds)

"""Questions that were not understood, kept for the editors where the operator wants it."""

from __future__ import annotations

import hashlib
import hmac
from typing import Protocol

from bot.chat.visit import Visit
from bot.domain.reply import Clarification, NotUnderstood, Reply
from bot.store.store import Missed

DAY = 86_400.0
"""Seconds."""


class MissedBox(Protocol):
    """Where they are kept."""

    def miss(self, number: int, missed: Missed) -> None: ...


class MissedQuestions:
    """Keeps the words of what was not understood, or asked back, under a pseudonym; with no days, nothing."""

    def __init__(self, box: MissedBox, days: int, token: str) -> None:
        self._box = box
        self._days = days
        self._token = token

    def note(self, visit: Visit, question: str, reply: Reply) -> None:
        """Keep a question if this reply shows that it was missed."""
        if self._days and isinstance(reply, NotUnderstood | Clarification):
            outcome = "asked back" if isinstance(reply, Clarification) else "not understood"
            self._box.miss(visit.update, Missed(pseudonym(visit.user, self._token), outcome, question))


def fingerprint(token: str) -> str:
    """Tells one token from another, and not what it is."""
    return pseudonym(0, token)[:16]


def pseudonym(user: int, token: str) -> str:
    """The same for all that a person asks; only who has the bot's token can tell whose it is."""
    return hmac.new(token.encode(), str(user).encode(), hashlib.sha256).hexdigest()[:32]

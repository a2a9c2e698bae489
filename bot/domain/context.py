"""What a conversation carries from one turn to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.domain.interpretation import Interpretation
from bot.domain.reply import Option, Reply


@dataclass(frozen=True, slots=True)
class Context:
    """What was last spoken of. Holds no text of any question. How long it lasts is the caller's to decide."""

    topics: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    population: str | None = None
    offered: tuple[Option, ...] = ()
    failures: int = 0

    def after_failure(self) -> Context:
        """The same thread, with one more question that was not understood."""
        return replace(self, offered=(), failures=self.failures + 1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply, and the context for the question after it."""

    reply: Reply
    context: Context
    interpretation: Interpretation | None = field(default=None, repr=False, compare=False)
    """How the question was read; None where it was not: a button of older content."""

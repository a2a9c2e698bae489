"""What is remembered of conversations: for a limited time, and no text of any question."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.context import Context

Who = tuple[int, int]
"""A user and a chat: in a group, everyone has a thread of their own."""
MOST_THREADS = 10_000
MOST_MESSAGES = 10_000


@dataclass(slots=True)
class Memory:
    """The context of each thread, for `lasting` seconds of `clock` after its last turn; the oldest go first."""

    clock: Callable[[], float]
    lasting: float
    most: int = MOST_THREADS
    save: Callable[[int, int, Context], None] = lambda *_: None
    """Called with user, chat and context, for whoever keeps them longer than this process lasts."""
    _threads: OrderedDict[Who, tuple[float, Context]] = field(default_factory=OrderedDict)

    def recall(self, who: Who) -> Context:
        """What was last spoken of; an empty context when that is too long ago."""
        kept_at, context = self._threads.get(who, (float("-inf"), Context()))
        return context if self.clock() - kept_at < self.lasting else Context()

    def keep(self, who: Who, context: Context) -> None:
        """Remember this, and forget what has expired."""
        self.restore(who, context)
        self.save(*who, context)

    def restore(self, who: Who, context: Context, age: float = 0.0) -> None:
        """Remember what was spoken of `age` seconds ago; threads come oldest first."""
        self._threads.pop(who, None)
        self._threads[who] = (self.clock() - age, context)
        while self._threads and (len(self._threads) > self.most or self._oldest_has_expired()):
            self._threads.popitem(last=False)

    def forget(self, user: int) -> None:
        """Remember nothing of this person any more, in whichever chat."""
        self._threads = OrderedDict((who, kept) for who, kept in self._threads.items() if who[0] != user)

    def _oldest_has_expired(self) -> bool:
        kept_at, _ = next(iter(self._threads.values()))
        return self.clock() - kept_at >= self.lasting


@dataclass(slots=True)
class Wordings:
    """Tells an edit of the words from an edit of anything else, by a hash that differs from run to run."""

    most: int = MOST_MESSAGES
    _hashes: OrderedDict[tuple[int, int], int] = field(default_factory=OrderedDict)

    def is_new(self, chat: int, message: int, words: str) -> bool:
        """Whether this message has not been read in these words before. From now on it has."""
        key, now = (chat, message), hash(words)
        before = self._hashes.pop(key, None)
        self._hashes[key] = now
        if len(self._hashes) > self.most:
            self._hashes.popitem(last=False)
        return before != now

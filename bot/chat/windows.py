"""Where the moving windows of the limits are kept."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from limits.storage import MemoryStorage

LOOKED_AT = 2
"""Windows that each hit looks at and closes if they are over: more than it can open, so that none is kept for ever."""


@dataclass(frozen=True, slots=True)
class Window:
    """The hits that counted, newest first, and for how many seconds each counts."""

    hits: tuple[float, ...]
    lasting: float

    def since(self, now: float) -> tuple[float, ...]:
        """Those that still count."""
        return tuple(hit for hit in self.hits if hit > now - self.lasting)


class Windows(MemoryStorage):
    """The library's storage in memory, tidied as it goes.

    The library's own walks over everybody in a thread of its own after each hit, which costs milliseconds with
    thousands of people, and never forgets that somebody came. The clock is monotonic: setting the time of day neither
    shuts anybody out nor lets anybody in.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._windows: OrderedDict[str, Window] = OrderedDict()  # finds its first at once, whatever was removed

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a hit, unless that made more than the limit within the last `expiry` seconds."""
        now = self._clock()
        self._tidy(now)
        before = self._windows.get(key, Window((), expiry)).since(now)
        if len(before) + amount > limit:
            return False
        self._windows[key] = Window(((now,) * amount) + before, expiry)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002 - the library's
        """When the oldest hit that counts was, and how many count."""
        now = self._clock()
        hits = self._windows.get(key, Window((), expiry)).since(now)
        return (hits[-1] if hits else now), len(hits)

    def __len__(self) -> int:
        """How many windows are kept."""
        return len(self._windows)

    def _tidy(self, now: float) -> None:
        """The first few are closed if they are over, and else go to the end of the line."""
        for key in list(islice(self._windows, LOOKED_AT)):
            if self._windows[key].since(now):
                self._windows.move_to_end(key)
            else:
                del self._windows[key]

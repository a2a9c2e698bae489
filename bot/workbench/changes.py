"""What the files in the folder would change of what is live."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Lock

from bot.changing.press import Press
from bot.changing.review import Review, review
from bot.changing.snapshot import Snapshot

NOTHING = Review((), ())
"""What two states that are the same differ in."""


class Changes:
    """Keeps the newest review, for as long as both states are what they were."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._press = Press(root)
        self._lock = Lock()
        self._newest: tuple[tuple[str, str, date], Review] | None = None

    def review(self, today: date) -> Review:
        """The last published state against the folder, as of a day. Takes seconds where something has changed.

        Raises HistoryError where it cannot be told what is live.
        """
        live, now = self._press.live(), Snapshot.of(self._root)
        states = live.digest, now.digest, today
        with self._lock:
            if self._newest is None or self._newest[0] != states:
                self._newest = states, review(live, now, today) if live.digest != now.digest else NOTHING
            return self._newest[1]

"""What the files in the folder would change of what is live."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Lock

from bot.changing import Press, Review, Snapshot, review


class Changes:
    """Holds the folder against what was published last: one comparison at a time, since each takes seconds."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._press = Press(root)
        self._lock = Lock()

    def review(self, today: date) -> Review:
        """The last published state against the folder, as of a day; at once where the same was compared before.

        Raises HistoryError where it cannot be told what is live.
        """
        with self._lock:
            return review(self._press.live(), Snapshot.of(self._root), today)

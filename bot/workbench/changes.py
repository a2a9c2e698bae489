"""What the files in the folder would change of what is live."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from bot.changing import Press, Review, Snapshot, review


class Changes:
    """Holds the folder against what was published last: one comparison at a time, since each takes seconds.

    Whoever comes meanwhile waits outside, and takes no thread from those who ask for something else.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._press = Press(root)
        self._lock = asyncio.Lock()

    async def review(self, today: date) -> Review:
        """The last published state against the folder, as of a day; at once where the same was compared before.

        Raises HistoryError where it cannot be told what is live.
        """
        async with self._lock:
            return await asyncio.to_thread(self._reviewed, today)

    def _reviewed(self, today: date) -> Review:
        return review(self._press.live(), Snapshot.of(self._root), today)

"""Draws what is to be sent, beside everything else."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from bot.drawing.chart import Chart
from bot.drawing.gallery import Gallery
from bot.live import LiveEngine


class Artist:
    """Has one thread of its own: however many pictures are wanted, answers wait for none of them."""

    def __init__(self, live: LiveEngine) -> None:
        self._live = live
        self._gallery = Gallery()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="artist")

    async def draw(self, name: str, drug: str | None) -> Chart:
        """The chart of the content that is current. Raises UnknownChartError and NothingToDrawError."""
        loop, catalogue = asyncio.get_running_loop(), self._live.engine.catalogue
        return await loop.run_in_executor(self._thread, self._gallery.chart, catalogue, name, drug)

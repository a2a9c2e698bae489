"""The two bots that are compared, each as a process of its own: Rounds with everything on, and a bare echo bot."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from tests.chat.program import ROOT
from tests.load.stub import TOKEN, Stub, serving

Bot = Literal["bare", "rounds"]
BOTS: dict[Bot, tuple[str, ...]] = {"bare": ("tests.load.bare",), "rounds": ("bot", "run")}
TO_START = 60.0
"""Seconds."""


class Process:
    """One of them while it runs."""

    def __init__(self, number: int) -> None:
        self._files = Path("/proc") / str(number)

    @property
    def memory(self) -> float:
        """What it holds in memory, in megabytes, with all processes that it started."""
        return sum(_resident(one) for one in self._family())

    @property
    def work(self) -> float:
        """Seconds of processor time that it took so far, with all processes that it started."""
        return sum(_worked(one) for one in self._family())

    def _family(self) -> list[Path]:
        own = int(self._files.name)
        children = [one for one in Path("/proc").glob("[0-9]*") if _parent(one) == own]
        return [self._files, *children]


def _parent(files: Path) -> int | None:
    try:
        return int((files / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _resident(files: Path) -> float:
    pages = int((files / "statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _worked(files: Path) -> float:
    user, system = (files / "stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def running(bot: Bot, stub: Stub) -> AsyncIterator[Process]:
    """The stub, and a bot that has begun to poll it. What it writes to the terminal is dropped."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(stub) as address:
            settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": address, "LOG_LEVEL": "WARNING"}
            settings |= {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/rounds.db"}
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *BOTS[bot]),
                cwd=folder,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings,
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                await asyncio.wait_for(stub.polled.wait(), TO_START)
                yield Process(process.pid)
            finally:
                process.kill()
                await process.wait()

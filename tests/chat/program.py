"""`python -m bot run` as a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0


class Program:
    """What it writes is kept, both streams together."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())
        self.output = ""
        self.port = 0
        """Where it tells how it does, if anywhere."""

    @property
    def number(self) -> int:
        """Of the process."""
        return self._process.pid

    async def writes(self, words: str, times: int = 1) -> None:
        """Wait until it has written these words so often; fails when it ends, or after a while, without."""
        async with asyncio.timeout(PATIENCE):
            while self.output.count(words) < times:
                assert not self._reading.done(), f"it ended without {words!r}:\n{self.output}"
                self._news.clear()
                await self._news.wait()

    async def ends(self) -> int:
        """Wait for its end; the exit code, with all output read."""
        async with asyncio.timeout(PATIENCE):
            await self._reading
            return await self._process.wait()

    async def stops(self) -> int:
        """Ask it to stop, as a supervisor does."""
        self._process.send_signal(signal.SIGTERM)
        return await self.ends()

    @property
    def goes_on(self) -> bool:
        """Whether it has not ended yet."""
        return not self._reading.done()

    def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.output += line.decode()
            self._news.set()
        self._news.set()


@asynccontextmanager
async def program(directory: Path, **settings: str) -> AsyncIterator[Program]:
    """Start it in a directory without a `.env`, with these settings and no others; it is gone afterwards.

    Its database is in that directory, so that a second program there goes on where the first ended.
    """
    own = {"LOG_LEVEL": "DEBUG", "DATABASE_URL": f"sqlite+aiosqlite:///{directory}/rounds.db"}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | own | settings
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=directory,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    running = Program(process)
    try:
        yield running
    finally:
        running.kill()
        await running.ends()

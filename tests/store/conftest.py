"""A store in a folder of its own, and a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.store.store import Store, opened
from tests.chat.fakes import Clock


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "rounds.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def clock() -> Clock:
    return Clock(now=1_700_000_000.0)


@pytest.fixture
async def store(url: str, clock: Clock) -> AsyncIterator[Store]:
    async with opened(url, clock) as store:
        yield store


async def comes_true(condition: Callable[[], bool]) -> None:
    """Wait for what the disk does: nothing rings a bell for it."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)

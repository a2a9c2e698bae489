"""Writing: many rows in one commit, nothing left of what was deleted, and nobody waits for a sick disk."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.store import writer
from bot.store.database import database
from bot.store.store import Store, opened
from bot.store.writer import Writer
from tests.store.conftest import comes_true

CANARY = "canary zebra quagga " * 40


async def test_what_comes_together_is_one_commit(url: str) -> None:
    commits: list[object] = []
    async with database(url) as engine:
        pen = Writer(engine)
        event.listen(engine.sync_engine, "commit", commits.append)
        writing = asyncio.create_task(pen.run())
        store = Store(engine, pen)

        async def one(number: int) -> None:
            store.take_in(number, "{}")
            await store.settled()

        await asyncio.gather(*map(one, range(500)))
        assert len(commits) <= 2
        assert len(await store.waiting()) == 500
        pen.close()
        await writing


@pytest.mark.parametrize("padding", ["", "x" * 20_000], ids=["within a page", "over many pages"])
async def test_nothing_of_a_question_is_on_disk_a_second_after_its_answer(
    url: str, file: Path, padding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "TIDY_EVERY", 0.05)
    async with opened(url) as store:
        for number in range(50):
            store.take_in(number, f"{number} {CANARY}{padding}")
            await store.settled()
        assert _on_disk(file)
        for number in range(50):
            store.answered(number, [f"{number} {CANARY}{padding}"])
            await store.settled()
            store.sent(number, 0)
        await store.settled()
        await comes_true(lambda: not _on_disk(file))


def _on_disk(file: Path) -> list[Path]:
    return [path for path in file.parent.iterdir() if b"zebra quagga" in path.read_bytes()]


async def test_while_another_holds_the_database_nobody_waits_and_nothing_is_lost(
    url: str, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with database(url) as engine:
        pen = Writer(engine, retry_every=0.01)
        store, writing = Store(engine, pen), asyncio.create_task(pen.run())
        async with engine.begin() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with sqlite3.connect(file, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            store.take_in(7, CANARY)
            await store.settled()
            assert not store.writable
            store.answered(7, [CANARY])
            store.take_in(8, CANARY)
            await store.settled()
            other.execute("ROLLBACK")
        other.close()
        await comes_true(lambda: store.writable)
        assert [waiting.number for waiting in await store.waiting()] == [8]
        assert len(await store.letters()) == 1
        pen.close()
        await writing
    assert caplog.text.count("the store cannot be written (OperationalError)") == 1
    assert "the store can be written again" in caplog.text
    assert "zebra" not in caplog.text


async def test_a_disk_that_stays_full_costs_no_more_memory_than_is_set_aside_for_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "MOST_ROWS", 10)
    async with database(url) as engine:
        pen = Writer(engine, retry_every=0.001)
        store, writing = Store(engine, pen), asyncio.create_task(pen.run())
        async with engine.begin() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1")
        for number in range(50):
            store.take_in(number, CANARY * 10)
            await store.settled()
        assert not store.writable
        await comes_true(lambda: sum(map(len, pen._rows.values())) == 10)
        pen.close()
        await writing

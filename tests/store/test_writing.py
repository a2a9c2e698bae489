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


HALF = "\ud800"
"""Half a character, which JSON can spell and no file can hold."""


@pytest.mark.parametrize(
    ("number", "raw"), [(7, f"{CANARY}{HALF}"), (2**64, CANARY)], ids=["half a character", "a number too large"]
)
async def test_a_row_that_cannot_be_written_costs_itself_only(
    number: int, raw: str, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    for taken, text in ((6, "{6}"), (number, raw), (8, "{8}")):
        store.take_in(taken, text)
    store.answered(6, ["answer"])
    async with asyncio.timeout(5):
        await store.settled()
    assert [waiting.number for waiting in await store.waiting()] == [8]
    assert [letter.call for letter in await store.letters()] == ["answer"]
    assert store.writable
    assert "a row of updates cannot be written and is set aside" in caplog.text
    assert "zebra" not in caplog.text


async def test_what_fails_in_a_way_nobody_thought_of_is_kept_and_tried_again(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be the machine's fault, and no row's."""
    async with database(url) as engine:
        pen = Writer(engine, retry_every=0.01)
        store, write = Store(engine, pen), Writer._write
        pen.start()

        async def fails(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr(Writer, "_write", fails)
        store.take_in(7, "{}")
        await store.settled()
        assert not store.writable
        assert not store.hanging
        monkeypatch.setattr(Writer, "_write", write)
        await comes_true(lambda: store.writable)
        assert [waiting.number for waiting in await store.waiting()] == [7]
        await pen.stop()


async def test_when_writing_ends_nobody_waits_for_it_and_whoever_must_know_is_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(_: Writer) -> None:
        raise LookupError

    monkeypatch.setattr(Writer, "_commit", breaks)
    async with asyncio.timeout(5), opened(url) as store:
        store.take_in(7, "{}")
        await store.settled()
        with pytest.raises(LookupError):
            await store.ended()
        assert (store.hanging, store.writable) == (True, False)


async def test_a_commit_that_comes_to_no_end_is_seen(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LONGEST", 0.05)
    stopped = asyncio.Event()

    async def hangs(*_: object) -> None:
        await stopped.wait()

    async with opened(url) as store:
        monkeypatch.setattr(Writer, "_write", hangs)
        assert not store.hanging
        store.take_in(7, "{}")
        await comes_true(lambda: store.hanging)
        stopped.set()
        await comes_true(lambda: not store.hanging)

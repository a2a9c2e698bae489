"""One commit for all that waits to be written."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    SQLAlchemyError,
    StatementError,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.statements import IN_ORDER, Statement

log = logging.getLogger(__name__)
Row = Mapping[str, Any]
TIDY_EVERY = 1.0
"""Seconds after which nothing that was deleted stands in the write-ahead log any more."""
RETRY_EVERY = 5.0
LONGEST = 60.0
"""Seconds after which a commit hangs: a locked database is given up after two."""
MOST_ROWS = 20_000
"""Of each statement, while nothing can be written; the oldest are given up."""


class Writer:
    """Writes in the background. While the disk is full or the database locked, nobody waits for it.

    A row that cannot be written whatever the disk does is set aside, and costs the others nothing.
    """

    def __init__(self, engine: AsyncEngine, retry_every: float = RETRY_EVERY) -> None:
        self._engine = engine
        self._retry_every = retry_every
        self._rows: dict[Statement, list[Row]] = {}
        self._wanted = asyncio.Event()
        self._settled = asyncio.Event()
        self._closing = asyncio.Event()
        self._untidy = True
        self._task: asyncio.Task[None] | None = None
        self._began: float | None = None
        self.failing = False

    @property
    def hanging(self) -> bool:
        """Whether it has ended before it was closed, or a commit comes to no end."""
        gone = self._task is not None and self._task.done() and not self._closing.is_set()
        return gone or (self._began is not None and asyncio.get_running_loop().time() > self._began + LONGEST)

    def start(self) -> None:
        """Have `run` done beside everything else."""
        self._task = asyncio.create_task(self.run())

    async def ended(self) -> None:
        """Wait for the end of what was started, and raise what ended it."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def stop(self) -> None:
        """Close, and wait until all is written that can be. Raises nothing."""
        self.close()
        if self._task is not None:
            await asyncio.wait([self._task])

    def add(self, statement: Statement, *rows: Row) -> None:
        """What is added without an `await` between stands in one commit."""
        if rows:
            self._rows.setdefault(statement, []).extend(rows)
            self._wanted.set()

    async def settled(self) -> None:
        """Wait until all that was added is committed; not while that is impossible."""
        if self._rows and not self.failing:
            await self._settled.wait()

    async def run(self) -> None:
        """Until closed; ends when all is written that can be. Whatever ends it, nobody waits for it afterwards."""
        try:
            await self._run()
        except BaseException:
            self.failing = True
            raise
        finally:
            self._settled.set()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        tidied = loop.time()
        while not self._closing.is_set():
            await _within(TIDY_EVERY if self._untidy else None, self._wanted)
            await self._commit()
            if self.failing:
                await _within(self._retry_every, self._closing)
            elif loop.time() - tidied >= TIDY_EVERY:
                await self._tidy()
                tidied = loop.time()
        await self._commit()
        await self._tidy()

    def close(self) -> None:
        """Let `run` come to its end."""
        self._closing.set()
        self._wanted.set()

    async def _commit(self) -> None:
        """Write all that waits. What cannot be written now is kept for the next time."""
        rows, settled = self._rows, self._settled
        self._rows, self._settled = {}, asyncio.Event()
        self._wanted.clear()
        self._began = asyncio.get_running_loop().time()
        try:
            await self._write(rows)
        except Exception as error:  # noqa: BLE001 - whatever it is, the next commit must come
            self._keep(rows, error)
        else:
            self._recovered()
        finally:
            self._began = None
            settled.set()

    async def _tidy(self) -> None:
        """Empty the write-ahead log into the database, where what was deleted is overwritten."""
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            self._untidy = False
        except Exception as error:  # noqa: BLE001 - as above
            log.warning("the store cannot be tidied (%s)", type(error).__name__)

    async def _write(self, rows: Mapping[Statement, list[Row]]) -> None:
        if not rows:
            return
        try:
            async with self._engine.begin() as connection:
                for statement in IN_ORDER:
                    if statement in rows:
                        await connection.execute(statement, rows[statement])
        except Exception as error:
            if not _is_of_a_row(error):
                raise
            await self._write_one_by_one(rows)
        self._untidy = True

    async def _write_one_by_one(self, rows: Mapping[Statement, list[Row]]) -> None:
        """The same but for those that cannot be written: a statement that fails leaves the transaction as it was."""
        async with self._engine.begin() as connection:
            for statement in IN_ORDER:
                for row in rows.get(statement, ()):
                    await _try(connection, statement, row)

    def _keep(self, rows: dict[Statement, list[Row]], error: Exception) -> None:
        if not self.failing:
            log.error("the store cannot be written (%s): a restart now would repeat answers", type(error).__name__)
        self.failing = True
        for statement, kept in rows.items():
            self._rows[statement] = [*kept, *self._rows.get(statement, [])][-MOST_ROWS:]
        self._settled.set()
        self._wanted.set()

    def _recovered(self) -> None:
        if self.failing:
            log.info("the store can be written again")
        self.failing = False


async def _try(connection: AsyncConnection, statement: Statement, row: Row) -> None:
    """Write a row, or log that it is set aside: without what it holds."""
    try:
        await connection.execute(statement, [row])
    except Exception as error:
        if not _is_of_a_row(error):
            raise
        log.error("a row of %s cannot be written and is set aside (%s)", statement.table, type(error).__name__)


def _is_of_a_row(error: Exception) -> bool:
    """Whether it is what a row holds that fails, and not the database."""
    match error:
        case DBAPIError():
            kinds = DataError, IntegrityError, InterfaceError, ProgrammingError
            return isinstance(error, kinds) and not error.connection_invalidated
        case StatementError():
            return True
        case SQLAlchemyError() | OSError() | MemoryError():
            return False
    return True  # a number or a letter that SQLite does not take is refused before it gets there


async def _within(seconds: float | None, event: asyncio.Event) -> None:
    """Wait for the event, but no longer than this."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()

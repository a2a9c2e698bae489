"""One commit for all that waits to be written."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.statements import IN_ORDER, Statement

log = logging.getLogger(__name__)
Row = Mapping[str, Any]
TIDY_EVERY = 1.0
"""Seconds after which nothing that was deleted stands in the write-ahead log any more."""
RETRY_EVERY = 5.0
MOST_ROWS = 20_000
"""Of each statement, while nothing can be written; the oldest are given up."""


class Writer:
    """Writes in the background. While the disk is full or the database locked, nobody waits for it."""

    def __init__(self, engine: AsyncEngine, retry_every: float = RETRY_EVERY) -> None:
        self._engine = engine
        self._retry_every = retry_every
        self._rows: dict[Statement, list[Row]] = {}
        self._wanted = asyncio.Event()
        self._settled = asyncio.Event()
        self._closing = asyncio.Event()
        self._untidy = True
        self.failing = False

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
        """Until closed; ends when all is written that can be."""
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
        try:
            await self._write(rows)
        except SQLAlchemyError as error:
            self._keep(rows, error)
        else:
            self._recovered()
        finally:
            settled.set()

    async def _tidy(self) -> None:
        """Empty the write-ahead log into the database, where what was deleted is overwritten."""
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            self._untidy = False
        except SQLAlchemyError as error:
            log.warning("the store cannot be tidied (%s)", type(error).__name__)

    async def _write(self, rows: Mapping[Statement, list[Row]]) -> None:
        if not rows:
            return
        async with self._engine.begin() as connection:
            for statement in IN_ORDER:
                if statement in rows:
                    await connection.execute(statement, rows[statement])
        self._untidy = True

    def _keep(self, rows: dict[Statement, list[Row]], error: SQLAlchemyError) -> None:
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


async def _within(seconds: float | None, event: asyncio.Event) -> None:
    """Wait for the event, but no longer than this."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()

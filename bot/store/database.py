"""Opens the database, and brings its schema up to date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = (
    "busy_timeout = 2000",
    "journal_mode = WAL",
    "synchronous = FULL",  # what was committed survives a power cut too
    "secure_delete = ON",  # what was deleted is overwritten
    "temp_store = MEMORY",
)


class StoreError(Exception):
    """The database cannot be opened. Says why in a few words, and names no more than its file."""


@asynccontextmanager
async def database(url: str) -> AsyncIterator[AsyncEngine]:
    """The database of this address, made if there is none, its schema the newest. Raises StoreError."""
    engine = create_async_engine(url, pool_size=1, max_overflow=0)
    event.listen(engine.sync_engine, "connect", _prepare)
    try:
        await _open(engine)
        yield engine
    finally:
        await engine.dispose()


async def _open(engine: AsyncEngine) -> None:
    try:
        _make_private(_path(engine.url))
        async with engine.begin() as connection:
            await connection.run_sync(migrate)
    except (CommandError, OSError, SQLAlchemyError) as error:
        raise refusal(engine.url, error) from None


def refusal(url: URL, error: Exception) -> StoreError:
    """Why a database cannot be used, in words that an operator can act on."""
    match error:
        case CommandError():
            why = "it was written by a newer version of this program"
        case OSError():
            why = error.strerror or type(error).__name__
        case DBAPIError():
            why = str(error.orig)
        case _:
            why = type(error).__name__
    return StoreError(f"{_path(url)}: {why}")


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to a revision, the newest unless one is named."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, revision)


def _path(url: URL) -> Path:
    return Path(url.database or "")


def _make_private(path: Path) -> None:
    """Folder and file for this user alone; SQLite gives its journal the rights of the file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def _prepare(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

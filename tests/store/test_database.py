"""Opening: nothing to set up, for this user alone, every schema since the first, and one clear line when it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import MIGRATIONS, StoreError, database, migrate
from bot.store.store import Opinion, Waiting, opened
from bot.store.tables import SCHEMA

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))]
FIRST = {
    "updates": "(7, 'waiting', '{}', 0, 1700000000.0)",
    "letters": "(6, 0, 'call')",
    "threads": "(1, 1, '{}', 1e10)",
}


async def test_a_new_database_is_readable_by_this_user_alone(url: str, file: Path) -> None:
    async with opened(url) as store:
        store.take_in(7, "{}")
        await store.settled()
        assert oct(file.parent.stat().st_mode)[-3:] == "700"
        assert {oct(path.stat().st_mode)[-3:] for path in file.parent.iterdir()} == {"600"}


async def test_the_tables_are_what_the_migrations_make(url: str) -> None:
    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), SCHEMA)

    async with database(url) as engine, engine.connect() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_what_an_earlier_version_kept_is_still_there(url: str, file: Path, revision: str) -> None:
    file.parent.mkdir()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrate, revision)
        for table, row in FIRST.items():
            await connection.exec_driver_sql(f"INSERT INTO {table} VALUES {row}")
    await engine.dispose()
    async with opened(url) as store:
        assert await store.waiting() == [Waiting(7, "{}", 0)]
        assert [letter.call for letter in await store.letters()] == ["call"]
        assert len(await store.threads()) == 1


async def test_feedback_of_an_earlier_version_keeps_the_name_of_its_answer(url: str, file: Path) -> None:
    file.parent.mkdir()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrate, "0004")
        await connection.exec_driver_sql("INSERT INTO feedback VALUES (7, 'figure', 'dose', 'amilol', '1', 1e10)")
        await connection.exec_driver_sql("INSERT INTO feedback VALUES (8, 'long', NULL, NULL, '1', 2e10)")
    await engine.dispose()
    async with opened(url) as store:
        assert await store.opinions() == [Opinion("figure", "amilol/dose", "1"), Opinion("long", "-/-", "1")]


@pytest.fixture
def minutes(file: Path) -> Iterator[str]:
    """Something else in the database's place; it must be as it was."""
    file.parent.mkdir()
    text = "minutes of the meeting\n" * 100
    file.write_text(text)
    yield text
    assert file.read_text() == text


@pytest.mark.usefixtures("minutes")
async def test_a_file_that_is_no_database_is_left_alone_and_named(url: str) -> None:
    with pytest.raises(StoreError, match=r"rounds\.db: file is not a database"):
        async with opened(url):
            pass


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(StoreError, match=r"var/rounds\.db: File exists"):
        async with opened(f"sqlite+aiosqlite:///{tmp_path}/var/rounds.db"):
            pass


async def test_a_database_of_a_newer_version_is_not_touched(url: str, file: Path) -> None:
    async with opened(url):
        pass
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(StoreError, match="newer version of this program"):
        async with opened(url):
            pass


async def test_a_context_that_another_version_kept_is_no_obstacle(url: str, file: Path) -> None:
    async with opened(url):
        pass
    with sqlite3.connect(file) as other:
        other.execute("""INSERT INTO threads VALUES (1, 1, '{"topics": 3}', 1e10)""")
    other.close()
    async with opened(url) as store:
        assert await store.threads() == []

"""A bot with a stand-in for the engine, in an emulated Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.chat.connection import application, connect
from bot.chat.serving import run
from bot.live import Answers, LiveEngine
from bot.settings import Settings
from tests.chat.fakes import EchoEngine
from tests.emulator import Person, TelegramWorld, serve


@pytest.fixture
def world() -> Iterator[TelegramWorld]:
    """A Telegram in which the bot may say nothing that the real one would ignore."""
    world = TelegramWorld()
    yield world
    assert world.lint == []


@pytest.fixture
def echo() -> EchoEngine:
    return EchoEngine()


@pytest.fixture
async def bot(world: TelegramWorld, echo: EchoEngine, tmp_path: Path) -> AsyncIterator[None]:
    """A bot that serves this world for the length of a test, and is then stopped in good order."""
    async with serving(world, echo, tmp_path):
        yield


@pytest.fixture
async def amira(world: TelegramWorld, bot: None) -> Person:
    return Person(world, "Amira")


@pytest.fixture
async def chidi(world: TelegramWorld, small_engine: Engine, tmp_path: Path) -> AsyncIterator[Person]:
    """Speaks to a bot that knows of amilol and bemilol, and stands in for no engine."""
    async with serving(world, small_engine, tmp_path):
        yield Person(world, "Chidi")


@asynccontextmanager
async def serving(
    world: TelegramWorld,
    engine: Answers,
    content: Path,
    build: Callable[[Path], Answers] | None = None,
    **chosen: object,
) -> AsyncIterator[None]:
    """A bot with these settings; what it keeps lies in the folder, for the next one.

    Without something to build another, the engine stays whatever becomes of the content.
    """
    for folder in ("knowledge", "intents"):
        (content / folder).mkdir(exist_ok=True)
    async with serve(world) as url:
        app, stop = application(world.token, url), asyncio.Event()
        await connect(app)
        own: dict[str, object] = {"telegram_api_url": url, "database_url": f"sqlite+aiosqlite:///{content}/r.db"}
        settings = Settings.model_validate({"questions_a_minute": 600} | own | chosen)
        running = asyncio.create_task(
            run(app, settings, LiveEngine(content, engine, build or (lambda _: engine)), stop)
        )
        try:
            yield
        finally:
            stop.set()
            try:
                await running
            finally:
                await app.bot.shutdown()

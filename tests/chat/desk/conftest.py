"""Editors of the small knowledge base, who talk to a bot that reads what they publish."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.assembly import build_engine
from tests.chat.conftest import serving
from tests.conftest import HERE
from tests.emulator import Person, Reply, TelegramWorld

Desk = Callable[..., AbstractAsyncContextManager[None]]
QUESTIONS = """
- {id: q-1, text: how much amilol, expect: answer, topics: [dose], drugs: [amilol], avoid: [bemilol]}
- {id: q-2, text: tell me a joke, expect: out_of_domain}
- {id: q-3, text: how many get better on amilol, expect: answer, topics: [response_rate], drugs: [amilol]}
"""
SHARE = "knowledge/amilol/response_rate.yaml"


class Editor(Person):
    """A person who waits while a change is tried out, however busy the machine is."""

    async def hears(self, patience: float = 60) -> Reply:
        return await super().hears(patience)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small knowledge base with test questions of its own, in a folder that a bot may publish into."""
    folder = Path(shutil.copytree(HERE / "small", tmp_path / "content"))
    (folder / "tests/questions").mkdir(parents=True)
    (folder / "tests/questions/small.yaml").write_text(QUESTIONS, encoding="utf-8")
    return folder


@pytest.fixture
def dana(world: TelegramWorld) -> Editor:
    """An editor."""
    return Editor(world, "Dana")


@pytest.fixture
def eve(world: TelegramWorld) -> Editor:
    """Another editor, who has spoken to the bot before."""
    eve = Editor(world, "Eve")
    assert eve.chat
    return eve


@pytest.fixture
def desk(world: TelegramWorld, content: Path, dana: Person, eve: Person) -> Desk:
    """Start a bot with two editors; started again, it goes on where the last one was stopped."""

    @asynccontextmanager
    async def started(**chosen: object) -> AsyncIterator[None]:
        editors = {dana.user["id"], eve.user["id"]}
        settings = {"editors": editors} | chosen
        async with serving(world, build_engine(content), content, build_engine, **settings):
            yield

    return started


@pytest.fixture
async def bot(desk: Desk) -> AsyncIterator[None]:
    """It runs for the length of a test."""
    async with desk():
        yield


def file_of(reply: Reply, world: TelegramWorld) -> tuple[str, str]:
    """Name and text of the document that the bot sent."""
    sent = reply.wire["document"]
    stored = world.files.get(sent["file_id"])
    assert stored
    return sent["file_name"], stored.upload.content.decode()

"""No update, whatever it does, holds up the next."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.workers import MOST_ATTEMPTS
from bot.store.store import opened
from tests.chat.conftest import serving
from tests.chat.fakes import EchoEngine
from tests.emulator import Person, TelegramWorld


async def leave_behind(folder: Path, raw: dict[str, object], attempts: int) -> None:
    """As a program does that took an update in and was ended by it, again and again."""
    async with opened(f"sqlite+aiosqlite:///{folder}/r.db") as store:
        store.take_in(1, json.dumps(raw))
        for _ in range(attempts):
            store.begin(1)


@pytest.mark.parametrize("attempts", [MOST_ATTEMPTS - 1, MOST_ATTEMPTS])
async def test_an_update_that_keeps_ending_the_program_is_set_aside_with_an_apology(
    attempts: int, world: TelegramWorld, echo: EchoEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard = "zebra |" if attempts < MOST_ATTEMPTS else "<failed>"
    amira = Person(world, "Amira")
    message = await amira.says("zebra")
    world.updates.forget_all()
    await leave_behind(tmp_path, {"update_id": 1, "message": message.wire}, attempts)
    async with serving(world, echo, tmp_path):
        assert (await amira.hears()).text.strip() == heard
        await amira.says("dose")
        assert (await amira.hears()).text.startswith("dose |")
    assert ("is set aside" in caplog.text) == (heard == "<failed>")
    assert "zebra" not in caplog.text


async def test_in_a_group_nobody_is_told_of_it(world: TelegramWorld, echo: EchoEngine, tmp_path: Path) -> None:
    amira, group = Person(world, "Amira"), world.new_group("Ward 5")
    amira.enters(group)
    message = await amira.says("zebra")
    world.updates.forget_all()
    await leave_behind(tmp_path, {"update_id": 1, "message": message.wire}, MOST_ATTEMPTS)
    async with serving(world, echo, tmp_path):
        await amira.says("@rounds_test_bot dose")
        assert (await amira.hears()).text.startswith("dose |")


@pytest.mark.parametrize(
    "update",
    [
        ("message", {"message_id": "zebra", "date": "never", "chat": 5}),
        ("message", "zebra"),
        ("hologram", {"from": {"id": 1}, "text": "zebra"}),
        ("callback_query", {"id": "1", "zebra": {}}),
    ],
    ids=["nonsense", "no object", "a kind of next year", "half a tap"],
)
async def test_what_nobody_can_read_is_set_aside_and_the_next_is_answered_within_two_seconds(
    update: tuple[str, dict[str, object]],
    world: TelegramWorld,
    bot: None,
    amira: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    world.updates.allow([update[0], "message", "callback_query"])
    world.notify(*update)
    await amira.says("dose")
    assert (await amira.hears(patience=2)).text.startswith("dose |")
    assert "zebra" not in caplog.text


async def test_a_message_from_an_outage_is_answered_where_it_stands(world: TelegramWorld, amira: Person) -> None:
    late = await amira.says("late", age=3600)
    assert (await amira.hears()).text.startswith("late |")
    await amira.says("soon", age=60)
    assert (await amira.hears()).text.startswith("soon |")
    pointed_at = [call.values.get("reply_parameters") for call in world.calls_of("sendMessage")]
    assert [json.loads(one)["message_id"] if one else None for one in pointed_at] == [late.message_id, None]


async def test_what_was_spoken_of_is_known_after_a_restart(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path
) -> None:
    amira = Person(world, "Amira")
    for question, answer in (("dose", "dose |"), ("and then", "and then | dose")):
        async with serving(world, echo, tmp_path):
            await amira.says(question)
            assert (await amira.hears()).text.strip() == answer


async def test_a_database_that_somebody_holds_costs_no_answer(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    amira = Person(world, "Amira")
    async with serving(world, echo, tmp_path):
        await amira.says("hello")
        await amira.hears()
        with closing(sqlite3.connect(tmp_path / "r.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for question in ("dose", "relapse"):
                await amira.says(question)
                assert (await amira.hears()).text.startswith(f"{question} |")
            other.execute("ROLLBACK")
    assert caplog.text.count("the store cannot be written") == 1
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/r.db") as store:
        assert (await store.waiting(), await store.letters()) == ([], [])

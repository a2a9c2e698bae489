"""What Telegram's own menus say of the bot, and that every command in them does something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.chat.profile import COMMANDS, DESCRIPTION, FOR_EDITORS, IN_GROUPS, SHORT_DESCRIPTION
from tests.chat.conftest import serving
from tests.chat.fakes import EchoEngine
from tests.emulator import Person, TelegramWorld


async def test_private_chats_and_groups_have_menus_of_their_own(amira: Person, world: TelegramWorld) -> None:
    await world.bell.until("calls", lambda: world.calls_of("setMyShortDescription"), 5)
    menus = {
        json.loads(call.values["scope"])["type"]: [one["command"] for one in json.loads(call.values["commands"])]
        for call in world.calls_of("setMyCommands")
    }
    assert menus == {
        "default": list(COMMANDS),
        "all_private_chats": list(COMMANDS),
        "all_group_chats": list(IN_GROUPS),
    }
    assert world.profile["description", ""] == DESCRIPTION
    assert world.profile["short_description", ""] == SHORT_DESCRIPTION


@pytest.mark.parametrize("command", list(COMMANDS))
async def test_every_command_of_the_menu_is_answered(chidi: Person, command: str) -> None:
    await chidi.says(f"/{command}")
    assert (await chidi.hears()).text


@pytest.mark.parametrize("command", list(FOR_EDITORS))
async def test_every_command_in_the_menu_of_editors_is_one_of_theirs_alone(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path, command: str
) -> None:
    dana, sam = Person(world, "Dana"), Person(world, "Sam")
    async with serving(world, echo, tmp_path, editors={dana.user["id"]}):
        await dana.says(f"/{command}")
        assert (await dana.hears()).text != "<start>"
        await sam.says(f"/{command}")
        assert (await sam.hears()).text == "<start>"


async def test_privacy_names_the_time_for_which_a_thread_is_remembered(chidi: Person) -> None:
    await chidi.says("/privacy")
    assert "For 30 minutes" in (await chidi.hears()).text


async def test_about_and_coverage_name_the_version_of_the_content(chidi: Person, small_engine: Engine) -> None:
    for command in ("/about", "/coverage"):
        await chidi.says(command)
        assert f"ontent {small_engine.catalogue.version}" in (await chidi.hears()).text


async def test_coverage_counts_each_drug_and_names_what_is_missing(chidi: Person) -> None:
    await chidi.says("/coverage")
    reply = await chidi.hears()
    assert "Amilol: 2 reported" in reply.text
    assert "Bemilol, not reported\n• dose" in reply.text

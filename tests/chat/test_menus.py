"""What Telegram's own menus say of the bot, and that every command in them does something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.chat.connection import application
from bot.chat.profile import COMMANDS, DESCRIPTION, FOR_EDITORS, IN_GROUPS, SHORT_DESCRIPTION, Profile
from tests.chat.conftest import serving
from tests.chat.fakes import Clock, EchoEngine
from tests.emulator import Person, TelegramWorld, faults, serve


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


def menu_of(world: TelegramWorld, person: Person) -> list[str] | None:
    """The commands that Telegram shows to one person alone; None where there is no such menu."""
    key = json.dumps([{"type": "chat", "chat_id": person.user["id"]}, ""], sort_keys=True)
    commands = world.profile.get(("commands", key))
    return None if commands is None else [one["command"] for one in commands]


ALL = [*COMMANDS, *FOR_EDITORS]


async def test_editors_have_a_menu_of_their_own_from_the_start(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path
) -> None:
    dana = Person(world, "Dana")
    assert dana.chat
    async with serving(world, echo, tmp_path, editors={dana.user["id"]}):
        await world.bell.until("calls", lambda: menu_of(world, dana), 5)
    assert menu_of(world, dana) == ALL


async def test_who_becomes_an_editor_has_the_menu_at_once_and_who_is_dismissed_has_it_no_more(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path
) -> None:
    messages = echo.catalogue.messages.model_copy(update={"invitation": "{link}"})
    object.__setattr__(echo.catalogue, "messages", messages)
    dana, bao = Person(world, "Dana"), Person(world, "Bao")
    async with serving(world, echo, tmp_path, access="invited", owners={dana.user["id"]}):
        await dana.says("/invite editor")
        await bao.starts((await dana.hears()).text.partition("=")[2])
        await world.bell.until("calls", lambda: menu_of(world, bao), 5)
        assert menu_of(world, bao) == ALL
        await dana.says(f"/members dismiss {bao.user['id']}")
        await world.bell.until("calls", lambda: menu_of(world, bao) is None, 5)
        assert menu_of(world, bao) is None


async def test_telegram_busy_for_a_moment_costs_no_menu() -> None:
    """It says how long to wait; what was set already is not set again."""
    world, clock = TelegramWorld(), Clock()
    dana = Person(world, "Dana")
    assert dana.chat
    world.faults.add("setMyCommands", faults.too_many_requests(retry_after=7))
    world.faults.add("setMyDescription", faults.bad_gateway(), times=2)
    async with serve(world) as url, application(world.token, url).bot as bot:
        await Profile(bot, lambda: [dana.user["id"]], clock.sleep).introduce()
    assert clock.slept == [7, 5]
    assert (menu_of(world, dana), world.profile["description", ""]) == (ALL, DESCRIPTION)
    assert len(world.calls_of("setMyShortDescription")) == 1
    assert len([call for call in world.calls_of("setMyCommands") if call.status == 200]) == 4


async def test_an_editor_who_never_pressed_start_is_named_in_the_log_and_keeps_nothing_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An alert would not reach them: somebody must know."""
    world = TelegramWorld()
    dana = Person(world, "Dana")
    assert dana.chat
    async with serve(world) as url, application(world.token, url).bot as bot:
        await Profile(bot, lambda: [4321, dana.user["id"]], Clock().sleep).introduce()
    assert "account 4321, which must press Start before it gets menus and alerts" in caplog.text
    assert menu_of(world, dana) == ALL


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

"""`python -m bot health`, as a supervisor calls it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.errors import ExitCode
from tests.chat.conftest import serving
from tests.chat.fakes import EchoEngine
from tests.chat.watcher import until
from tests.emulator import Person, TelegramWorld, faults
from tests.emulator.faults import EVERY_TIME


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A working directory without a `.env`."""
    monkeypatch.chdir(tmp_path)


def asked(*options: str, **settings: object) -> Result:
    environment = {name.upper(): str(value) for name, value in settings.items()}
    return CliRunner().invoke(main, ["health", *options], env=environment)


async def test_it_says_in_a_word_and_in_its_exit_code_how_the_bot_does(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with serving(world, echo, tmp_path, health_port=unused_tcp_port):
        amira = Person(world, "Amira")
        for question in ("dose?", "relapse?"):  # each ends the call that is under way
            await amira.says(question)
            await amira.hears()
            world.faults.add("getUpdates", faults.second_poller(), times=EVERY_TIME)
        await until(unused_tcp_port, (503, "telegram\n"))
        alive = await asyncio.to_thread(asked, health_port=unused_tcp_port)
        ready = await asyncio.to_thread(asked, "--ready", health_port=unused_tcp_port)
    assert (alive.exit_code, alive.output) == (ExitCode.STOPPED, "alive\n")
    assert (ready.exit_code, ready.output) == (ExitCode.FAILED, "telegram\n")


@pytest.mark.parametrize("port", ["health_port", "webhook_port"])
def test_where_nobody_answers_it_says_so(port: str, unused_tcp_port: int) -> None:
    result = asked(webhook_url="https://hospital.example/hook", **{port: unused_tcp_port})
    assert (result.exit_code, result.output) == (ExitCode.FAILED, "nobody answers (ConnectionRefusedError)\n")


def test_without_a_port_there_is_nobody_to_ask() -> None:
    result = asked()
    assert result.exit_code == ExitCode.SETTINGS
    assert "HEALTH_PORT" in result.output

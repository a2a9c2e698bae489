"""Alive is a program whose rounds with Telegram come to an end; ready, one that serves and loses nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError

from bot.chat.health import MOST_SILENT, Contact, Health
from bot.chat.intake import PAUSES, WAIT
from bot.chat.transport import MOVE_WITHIN
from bot.chat.webhook import LOOK_EVERY
from bot.errors import SettingsError
from tests.chat.conftest import serving
from tests.chat.fakes import Clock, EchoEngine
from tests.chat.test_intake import take_in
from tests.chat.watcher import ask, until
from tests.emulator import Person, TelegramWorld, faults
from tests.emulator.faults import EVERY_TIME


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def contact(clock: Clock) -> Contact:
    return Contact(clock=clock)


def test_a_round_that_fails_is_no_reason_to_start_anew_but_nothing_should_be_sent_here(contact: Contact) -> None:
    health = Health(contact, lambda: True)
    assert (health.stuck, health.unready) == ((), ())
    contact.failed(NetworkError("gone"))
    assert (health.stuck, health.unready) == ((), ("telegram",))
    contact.made()
    assert (health.stuck, health.unready) == ((), ())


def test_a_round_that_never_ends_is_a_reason(contact: Contact, clock: Clock) -> None:
    health = Health(contact, lambda: True)
    clock.now += MOST_SILENT + 1
    assert (health.stuck, health.unready, contact.age) == (("intake",), ("telegram",), MOST_SILENT + 1)


def test_a_rest_that_telegram_asked_for_is_none(contact: Contact, clock: Clock) -> None:
    contact.failed(NetworkError("flood"), rest=3600)
    clock.now += 3600
    assert not contact.overdue
    clock.now += MOST_SILENT + 1
    assert contact.overdue


def test_each_fault_is_named(contact: Contact) -> None:
    contact.failed(NetworkError("gone"))
    assert Health(contact, lambda: False).unready == ("store", "telegram")


async def test_whoever_must_not_end_and_did_is_named(contact: Contact) -> None:
    crew = [asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(asyncio.sleep(60))]
    health = Health(contact, lambda: True, crew=crew)
    assert not health.stuck
    await crew[0]
    assert list(health.stuck) == ["workers"]
    crew[1].cancel()


def test_writing_that_hangs_is_named(contact: Contact) -> None:
    health = Health(contact, lambda: True, lambda: True)
    assert (health.stuck, health.unready) == (("store",), ("store",))


def test_no_round_takes_longer_than_is_waited_for() -> None:
    assert WAIT + 10 + MOVE_WITHIN + max(PAUSES) < MOST_SILENT
    assert LOOK_EVERY + 20 + MOVE_WITHIN < MOST_SILENT


async def test_the_intake_notes_each_round() -> None:
    seen: list[Exception] = []
    contact = Contact(seen.append)
    await take_in(NetworkError("gone"), InvalidToken(), contact=contact)
    assert [type(one) for one in seen] == [NetworkError, InvalidToken]
    assert not contact.standing
    await take_in(NetworkError("gone"), [], contact=contact)
    assert contact.standing


async def test_a_bot_that_asks_for_updates_has_a_port_for_it_too(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path, unused_tcp_port: int
) -> None:
    async with serving(world, echo, tmp_path, health_port=unused_tcp_port):
        amira = Person(world, "Amira")
        await amira.says("dose?")
        await amira.hears()
        assert await ask(unused_tcp_port, "/healthz") == (200, "alive\n")
        assert await ask(unused_tcp_port, "/readyz") == (200, "ready\n")
        world.faults.add("getUpdates", faults.not_found(), times=EVERY_TIME)
        await amira.says("relapse?")
        await until(unused_tcp_port, (503, "telegram\n"))
        assert await ask(unused_tcp_port, "/healthz") == (200, "alive\n")
        world.faults.clear()
        await until(unused_tcp_port, (200, "ready\n"))


async def test_a_port_that_is_taken_is_named(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path, unused_tcp_port: int
) -> None:
    other = await asyncio.start_server(lambda *_: None, "127.0.0.1", unused_tcp_port)
    with pytest.raises(SettingsError, match=f"HEALTH_PORT: cannot listen on 127.0.0.1, port {unused_tcp_port}"):
        async with serving(world, echo, tmp_path, health_port=unused_tcp_port):
            await asyncio.sleep(0.5)
    other.close()
    await other.wait_closed()

"""How serving begins and ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError

from bot.chat import serving
from bot.chat.connection import MOST_REFUSALS, App, application, connect
from bot.chat.profile import Profile
from bot.live import LiveEngine
from bot.settings import Settings
from bot.store.writer import Writer
from tests.chat.fakes import Clock, EchoEngine
from tests.emulator import Person, TelegramWorld, faults, serve
from tests.emulator.faults import EVERY_TIME, Fault


async def connected(world: TelegramWorld, clock: Clock, token: str = "") -> None:
    async with serve(world) as url:
        app = application(token or world.token, url)
        try:
            await connect(app, sleep=clock.sleep)
        finally:
            await app.bot.shutdown()


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_telegram_is_tried_three_times(method: str) -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add(method, faults.bad_gateway(), times=2)
    await connected(world, clock)
    assert clock.slept == [1, 2]


async def test_an_outage_at_the_start_is_not_waited_for() -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add("getMe", faults.bad_gateway(), times=EVERY_TIME)
    with pytest.raises(NetworkError):
        await connected(world, clock)
    assert clock.slept == [1, 2]


@pytest.mark.parametrize("token", ["123456789:AAwrong", "0:AAmalformed"])
async def test_a_wrong_token_is_refused_several_times_before_it_counts_as_wrong(token: str) -> None:
    clock = Clock()
    with pytest.raises(InvalidToken):
        await connected(TelegramWorld(), clock, token)
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("fault", [faults.not_found(), faults.unauthorised()], ids=["404", "401"])
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_a_refusal_by_a_proxy_at_the_start_passes(method: str, fault: Fault) -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add(method, fault, times=MOST_REFUSALS - 1)
    await connected(world, clock)
    assert clock.slept == [1, 2, 4]


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
async def test_at_the_start_telegram_is_left_alone_for_as_long_as_it_says(method: str) -> None:
    world, clock = TelegramWorld(), Clock()
    world.faults.add(method, faults.too_many_requests(retry_after=70), times=5)
    await connected(world, clock)
    assert clock.slept == [70] * 5


async def test_a_webhook_of_an_earlier_installation_is_taken_down_and_its_updates_stay() -> None:
    world = TelegramWorld()
    world.webhook.url = "https://hospital.example/hook"
    await Person(world).says("dose?")
    await connected(world, Clock())
    assert (world.webhook.url, len(world.updates)) == ("", 1)


async def test_a_menu_that_cannot_be_set_is_logged_and_costs_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    world = TelegramWorld()
    world.faults.add("setMyCommands", faults.bad_gateway(), times=EVERY_TIME)
    async with serve(world) as url, application(world.token, url).bot as bot:
        await Profile(bot, tuple, Clock().sleep).introduce()
    assert "the menu of commands (default) could not be set (NetworkError)" in caplog.text
    assert world.profile["description", ""]


async def test_work_that_is_still_in_hand_at_the_end_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "GRACE", 0.2)
    world = TelegramWorld()
    world.faults.add("sendMessage", faults.bad_gateway(), times=EVERY_TIME)
    await Person(world).says("dose?")
    await served(world, tmp_path / "content", until="sendMessage")
    assert "stopped with work in hand (TimeoutError): it is kept for the next start" in caplog.text


async def test_content_that_cannot_be_watched_is_served_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world = TelegramWorld()
    amira = Person(world)
    await amira.says("dose?")
    await served(world, tmp_path / "gone", until="sendMessage")
    assert (await amira.hears()).text == "dose? |"
    assert "the content is not watched, changes need a restart: FileNotFoundError" in caplog.text


async def test_when_the_database_is_written_by_nobody_any_more_it_ends_with_that_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A supervisor starts it anew; else it would take questions in and answer none."""

    async def breaks(_: Writer) -> None:
        raise LookupError

    monkeypatch.setattr(Writer, "_commit", breaks)
    world = TelegramWorld()
    await Person(world).says("dose?")
    with pytest.raises(LookupError):
        async with asyncio.timeout(10):
            await served(world, tmp_path / "content", until="getUpdates", stops=False)


async def test_of_an_exception_nobody_waited_for_only_type_and_place_are_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    serving._log_stray(asyncio.get_running_loop(), {"message": "secret", "exception": KeyError("secret")})
    assert "stray error: KeyError" in caplog.text
    assert "secret" not in caplog.text


async def served(world: TelegramWorld, content: Path, until: str, *, stops: bool = True) -> None:
    """Serve a world until the bot has called this method, or until it ends by itself."""
    async with serve(world) as url:
        app: App = application(world.token, url)
        await connect(app)
        stop, live = asyncio.Event(), LiveEngine(content, EchoEngine(), lambda _: EchoEngine())
        settings = Settings(_env_file=None, database_url=f"sqlite+aiosqlite:///{content.parent}/r.db")
        running = asyncio.create_task(serving.run(app, settings, live, stop))
        await world.bell.until("calls", lambda: world.calls_of(until), 5)
        if stops:
            stop.set()
        try:
            await running
        finally:
            await app.bot.shutdown()

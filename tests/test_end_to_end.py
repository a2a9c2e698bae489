"""The program as it runs, spoken to as people speak to it, over the Bot API."""

from __future__ import annotations

import json
import re
import shutil
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.errors import ExitCode
from tests.chat.program import PATIENCE, ROOT, Program, program
from tests.emulator import Person, Reply, TelegramWorld, faults, serve
from tests.emulator.faults import EVERY_TIME, Fault

pytestmark = pytest.mark.asyncio(loop_scope="module")
CANARY = "canary zebra quagga"
REVIEW = "doi.org/10.1097/RHU.0000000000001160"


@asynccontextmanager
async def rounds(world: TelegramWorld, directory: Path, **settings: str) -> AsyncIterator[Program]:
    """The program in service of a world.

    Whatever was said or went wrong, it told neither questions nor the token: not in its log, nor to whoever watches.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with (
        serve(world) as url,
        program(
            directory, TELEGRAM_BOT_TOKEN=world.token, TELEGRAM_API_URL=url, HEALTH_PORT=str(port), **settings
        ) as running,
    ):
        await running.writes("serving as @rounds_test_bot")
        running.port = port
        yield running
        told = await _told(port) if running.goes_on else ""
        running.kill()
        await running.ends()
    for written in (running.output, told):
        assert world.token.partition(":")[2] not in written
        assert "zebra" not in written
        assert not [words for words in _questions(world) if words in written]
        # As a number of its own: by chance its digits stand within a sum of seconds. Whom the operator has named as an
        # editor, the log may name: it tells who cannot be written to.
        people = {str(user) for user in world.users} - set(settings.get("EDITORS", "").split(","))
        assert not [user for user in people if re.search(rf"(?<![\d.]){user}(?!\d)", written)]
        assert "Traceback" not in written
    if settings.get("LOG_FORMAT") == "json":
        lines = map(json.loads, running.output.splitlines())
        assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    assert world.lint == []


async def _told(port: int) -> str:
    """What the program tells whoever watches over it."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        answers = [await client.get(path) for path in ("/healthz", "/readyz", "/metrics")]
        told = "".join([await answer.text() for answer in answers])
    assert "rounds_questions_total" in told
    return told


def _questions(world: TelegramWorld) -> list[str]:
    messages = [message for chat in world.chats.values() for message in chat.messages.values()]
    return [message.wire["text"] for message in messages if not message.from_bot and "text" in message.wire]


async def hears(person: Person, words: str) -> Reply:
    """The next message with these words in it; a long answer comes in several."""
    reply = await person.hears()
    while words not in reply.text:
        reply = await person.hears()
    return reply


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("somewhere")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(directory: Path) -> AsyncIterator[TelegramWorld]:
    """A Telegram with the bot in it, for all conversations that need nothing out of order."""
    world = TelegramWorld()
    async with rounds(world, directory):
        yield world


@pytest.fixture
def amira(world: TelegramWorld) -> Person:
    return Person(world, "Amira")


async def test_start_says_what_is_covered_and_an_example_is_answered_at_a_tap(amira: Person) -> None:
    await amira.starts()
    welcome = await amira.hears()
    assert "thalidomide and lenalidomide" in welcome.text
    assert "no patient data" in welcome.text
    assert len(welcome.text.splitlines()) == 5
    assert len(welcome.labels) >= 3
    assert await amira.sees_answer_to(await amira.presses(welcome.labels[0]))
    assert "%" in (await amira.hears()).text


async def test_a_question_gets_the_figure_first_and_its_source_and_the_details_unfold(amira: Person) -> None:
    await amira.says("thal relapse after stopping?")
    answer = await amira.hears()
    heading, first, *_ = answer.text.splitlines()
    assert "Thalidomide" in heading
    assert "more than 50% of patients" in first
    assert REVIEW in answer.text[:600]
    assert any(REVIEW in link for link in answer.links)
    (details,) = answer.marked("expandable_blockquote")
    assert "25 studies" in details


async def test_a_tap_asks_the_same_of_the_other_drug(amira: Person) -> None:
    await amira.says("thal relapse after stopping?")
    answer = await amira.hears()
    other = next(label for label in answer.labels if label.startswith("Lenalidomide"))
    assert await amira.sees_answer_to(await amira.presses(other, on=answer))
    assert (await amira.hears()).text.startswith("Lenalidomide")


async def test_a_question_without_a_drug_is_asked_back_and_a_tap_settles_it(amira: Person) -> None:
    await amira.says("dose?")
    asked_back = await amira.hears()
    assert "which drug" in asked_back.text
    await amira.presses(next(label for label in asked_back.labels if label.startswith("Thalidomide")))
    assert "mg daily" in (await amira.hears()).text


async def test_none_of_these_is_answered_too(amira: Person) -> None:
    await amira.says("dose?")
    await amira.hears()
    assert await amira.sees_answer_to(await amira.presses("None of these"))
    assert (await amira.hears()).text


async def test_a_follow_up_takes_the_topic_of_the_question_before(amira: Person) -> None:
    await amira.says("thal relapse after stopping?")
    await amira.hears()
    await amira.says("and for len?")
    assert "Lenalidomide · Relapse rate" in (await amira.hears()).text


async def test_topics_lead_to_answers(amira: Person) -> None:
    await amira.says("/topics")
    topics = await amira.hears()
    await amira.presses(topics.labels[0], on=topics)
    assert (await amira.hears()).text


async def test_the_source_is_named(amira: Person) -> None:
    await amira.says("/source")
    await hears(amira, REVIEW)


async def test_an_edited_question_is_answered_once(amira: Person) -> None:
    question = await amira.says("dose of thal")
    await amira.hears()
    await amira.edits(question, "dose of len")
    await hears(amira, "Lenalidomide · Dose")
    await amira.edits(question, "dose of len")
    await amira.says("/source")
    await hears(amira, REVIEW)


@pytest.mark.parametrize(
    "words",
    [
        CANARY,
        "\u200b\u200d\ufeff",
        "🩺💊",
        "\u202eesod\u202c \u2067جرعة\u2069",
        "dose\x00\x07\x1b[31m of thal\x7f",
        "<b>dose</b> of <script>thal</script> &amp; <a href='javascript:x'>",
        "thalidomide lenalidomide " * 100,
        "Wie hoch ist die Rückfallrate nach dem Absetzen?",
        "Как часто бывают рецидивы?",
        "x" * 4096,
        "dose? " * 682,
        "💊" * 4096,
        "{drug} {0} %s %(x)s",
    ],
    ids=lambda words: ascii(words[:12]),
)
async def test_whatever_is_typed_gets_a_short_reply_and_the_bot_goes_on(amira: Person, words: str) -> None:
    await amira.says(words)
    reply = await amira.hears()
    assert reply.text
    await amira.says("/source")
    await hears(amira, REVIEW)


@pytest.mark.parametrize("send", [Person.sends_photo, Person.sends_sticker], ids=["a photo", "a sticker"])
async def test_what_is_not_text_is_not_read(amira: Person, send: Callable[[Person], Awaitable[object]]) -> None:
    await send(amira)
    assert "text only" in (await amira.hears()).text


async def test_a_forwarded_question_is_answered(amira: Person) -> None:
    await amira.forwards("thal relapse after stopping?")
    assert "50%" in (await amira.hears()).text


@pytest.mark.parametrize("data", ["v0|dose", "v1|no_such_topic|thalidomide|", "v1|dose|no_such_drug|", "\n"])
async def test_a_button_from_long_ago_is_said_to_have_expired(amira: Person, data: str) -> None:
    assert await amira.sees_answer_to(await amira.presses_old(data))
    assert "older version" in (await amira.hears()).text


async def test_a_changed_figure_goes_live_and_a_broken_file_does_not(tmp_path: Path) -> None:
    for folder in ("knowledge", "intents"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    file = tmp_path / "knowledge/thalidomide/time_to_relapse.yaml"
    good = file.read_text()
    assert "{low: 8, high: 10, unit: week}" in good
    changed = good.replace("{low: 8, high: 10, unit: week}", "{low: 9, high: 11, unit: week}")
    world = TelegramWorld()
    amira = Person(world, "Amira")

    async def answer() -> str:
        await amira.says("thal time to relapse?")
        return (await amira.hears()).text

    async with rounds(world, tmp_path, CONTENT=str(tmp_path)) as running:
        assert "8 to 10 weeks" in await answer()
        file.write_text(changed)
        await running.writes("content reloaded: version")
        assert "9 to 11 weeks" in await answer()
        file.write_text(f"{changed}surprise: true\n")
        await running.writes("content not reloaded")
        await running.writes(f"knowledge/thalidomide/time_to_relapse.yaml:{len(changed.splitlines()) + 1}: error")
        assert "9 to 11 weeks" in await answer()


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("sendMessage", faults.too_many_requests(retry_after=1)),
        ("sendMessage", faults.server_restart()),
        ("sendMessage", faults.bad_gateway()),
        ("sendMessage", faults.reset_before_effect()),
        ("getUpdates", faults.bad_gateway()),
        ("getUpdates", faults.not_found()),
        ("getUpdates", faults.second_poller()),
        ("getUpdates", faults.half_json()),
        ("getUpdates", faults.too_many_requests(retry_after=1)),
        ("answerCallbackQuery", faults.server_restart()),
        ("setMyCommands", faults.server_restart()),
    ],
)
async def test_a_fault_that_passes_delays_an_answer_and_costs_none(
    world: TelegramWorld, amira: Person, method: str, fault: Fault
) -> None:
    world.faults.add(method, fault)
    for drug in ("thal", "len"):
        await amira.says(f"{drug} relapse after stopping?")
    await hears(amira, "Thalidomide · Relapse rate")
    await hears(amira, "Lenalidomide · Relapse rate")
    world.faults.clear()


async def test_a_chat_that_telegram_slows_down_slows_no_other(world: TelegramWorld, amira: Person) -> None:
    bao = Person(world, "Bao")
    world.faults.add("sendMessage", faults.too_many_requests(retry_after=2), chat_id=amira.chat.chat_id)
    began = time.monotonic()
    await amira.says("/source")
    await bao.says("/source")
    await bao.hears()
    assert time.monotonic() - began < 1.5
    await amira.hears()
    assert time.monotonic() - began >= 2


async def test_stopping_finishes_what_is_in_hand_and_nothing_is_answered_twice(tmp_path: Path) -> None:
    world = TelegramWorld()
    people = [Person(world, name) for name in ("Amira", "Bao", "Chidi")]
    async with rounds(world, tmp_path) as running:
        world.faults.add("sendMessage", faults.too_many_requests(retry_after=2), times=len(people))
        for person in people:
            await person.says("thal relapse after stopping?")
        assert await world.bell.until("calls", lambda: len(world.calls_of("sendMessage")) == len(people), 5)
        began = time.monotonic()
        assert await running.stops() == ExitCode.STOPPED
        assert time.monotonic() - began < 10
        assert "nothing left in hand" in running.output
    async with rounds(world, tmp_path):
        for person in people:
            await hears(person, "Thalidomide · Relapse rate")
            await person.says("/source")
            await hears(person, REVIEW)
    answers = [[said.wire["text"].splitlines()[0] for said in person.chat.utterances] for person in people]
    assert answers == [["Thalidomide · Relapse rate", "Source"]] * 3


async def test_a_revoked_token_ends_the_program_within_ten_seconds(tmp_path: Path) -> None:
    world = TelegramWorld()
    async with rounds(world, tmp_path) as running:
        world.faults.add("*", faults.unauthorised(), times=EVERY_TIME)
        await Person(world).says(CANARY)
        began = time.monotonic()
        assert await running.ends() == ExitCode.TOKEN
        assert time.monotonic() - began < 10


async def test_a_wrong_token_is_one_clear_line(world: TelegramWorld, directory: Path) -> None:
    async with serve(world) as url:
        settings = {"TELEGRAM_BOT_TOKEN": "123456789:AAwrong", "TELEGRAM_API_URL": url}
        async with program(directory, **settings) as running:
            assert await running.ends() == ExitCode.TOKEN
    _, _, *said = running.output.splitlines()
    assert said == ["Telegram does not accept the token in TELEGRAM_BOT_TOKEN: copy it anew from @BotFather."]
    assert "AAwrong" not in running.output


async def test_where_the_log_is_json_so_is_what_it_says_at_the_end(world: TelegramWorld, directory: Path) -> None:
    async with serve(world) as url:
        settings = {"TELEGRAM_BOT_TOKEN": "123456789:AAwrong", "TELEGRAM_API_URL": url, "LOG_FORMAT": "json"}
        async with program(directory, **settings) as running:
            assert await running.ends() == ExitCode.TOKEN
    (said,) = map(json.loads, running.output.splitlines())
    assert said["message"].startswith("Telegram does not accept the token")
    assert "AAwrong" not in running.output


async def test_a_port_that_is_taken_is_one_clear_line(world: TelegramWorld, directory: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with serve(world) as url:
            settings = {"TELEGRAM_BOT_TOKEN": world.token, "TELEGRAM_API_URL": url, "HEALTH_PORT": str(port)}
            async with program(directory, **settings) as running:
                assert await running.ends() == ExitCode.SETTINGS
    last = running.output.splitlines()[-1]
    assert last.startswith(f"HEALTH_PORT: cannot listen on 127.0.0.1, port {port}: ")
    assert last.endswith("address already in use")


async def test_no_network_is_one_clear_line(directory: Path, unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    async with program(directory, TELEGRAM_BOT_TOKEN="123456789:AAsecret", TELEGRAM_API_URL=url) as running:
        assert await running.ends() == ExitCode.NETWORK
    _, _, *said = running.output.splitlines()
    assert said == [f"Telegram cannot be reached at {url}: check the network and TELEGRAM_API_URL."]


async def test_content_with_errors_is_a_list_of_problems(tmp_path: Path) -> None:
    for folder in ("knowledge", "intents"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "knowledge/drugs.yaml").write_text("thalidomide: {surprise: true}\n")
    async with program(tmp_path, TELEGRAM_BOT_TOKEN="123456789:AAsecret", CONTENT=str(tmp_path)) as running:
        assert await running.ends() == ExitCode.CONTENT
    assert "knowledge/drugs.yaml:1: error" in running.output
    assert "Traceback" not in running.output


async def test_a_setting_that_cannot_be_is_named(directory: Path) -> None:
    async with program(directory, TELEGRAM_BOT_TOKEN="canary zebra") as running:
        assert await running.ends() == ExitCode.SETTINGS
    assert "TELEGRAM_BOT_TOKEN" in running.output
    assert "zebra" not in running.output
    assert "Traceback" not in running.output


async def test_interrupting_before_telegram_answers_ends_at_once(directory: Path) -> None:
    world = TelegramWorld()
    world.faults.add("getMe", faults.hang(), times=EVERY_TIME)
    async with (
        serve(world) as url,
        program(directory, TELEGRAM_BOT_TOKEN=world.token, TELEGRAM_API_URL=url) as running,
    ):
        assert await world.bell.until("calls", lambda: world.calls_of("getMe"), PATIENCE)
        assert await running.stops() == ExitCode.STOPPED

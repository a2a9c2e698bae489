"""The program as it runs, while Telegram, the network or the machine fail: every question is answered."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, AsyncExitStack, closing, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.connection import CONNECTIONS
from bot.errors import ExitCode
from bot.store.writer import TIDY_EVERY
from tests.chat.chaos import chaos
from tests.chat.program import ROOT, Program, program
from tests.chat.watcher import ask, until
from tests.emulator import Person, TelegramWorld, faults, serve
from tests.emulator.faults import Fault, Page
from tests.test_end_to_end import CANARY, hears, rounds

pytestmark = pytest.mark.asyncio(loop_scope="module")
ASKED, ANSWER = "thal relapse after stopping?", "Thalidomide · Relapse rate"


@pytest.fixture(scope="module")
def efua() -> Person:
    """An editor, in a Telegram of their own making."""
    return Person(TelegramWorld(), "Efua")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(efua: Person, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TelegramWorld]:
    """Its log is JSON: elsewhere it is text, and neither may tell what was asked."""
    editors = str(efua.user["id"])
    async with rounds(efua.world, tmp_path_factory.mktemp("faults"), LOG_FORMAT="json", EDITORS=editors):
        yield efua.world


@pytest.fixture
def amira(world: TelegramWorld) -> Person:
    return Person(world, "Amira")


@pytest.mark.parametrize(
    "fault", [faults.reset_after_effect(), faults.truncated(), faults.half_json()], ids=["reset", "truncated", "half"]
)
@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
async def test_where_nobody_knows_whether_a_call_took_effect_the_answer_comes_at_least_once(
    world: TelegramWorld, amira: Person, method: str, fault: Fault
) -> None:
    world.faults.add(method, fault)
    for words in (ASKED, "/source"):
        await amira.says(words)
    await hears(amira, ANSWER)
    await hears(amira, "Source")
    world.faults.clear()


async def test_an_update_that_is_delivered_twice_is_answered_once(world: TelegramWorld, amira: Person) -> None:
    await amira.says("/source")
    *_, update = world.updates
    await amira.hears()
    for _ in range(2):
        world.updates.deliver_again(update.body)
        await amira.says("/topics")
        assert not (await amira.hears()).text.startswith("Source")


async def test_who_blocked_the_bot_costs_the_others_nothing(world: TelegramWorld, amira: Person) -> None:
    bao = Person(world, "Bao")
    await amira.says("/source")
    await amira.blocks_the_bot()
    await bao.says("/source")
    await hears(bao, "Source")


async def test_a_tap_that_is_too_old_to_acknowledge_is_answered(world: TelegramWorld, amira: Person) -> None:
    await amira.presses_old("v1|dose|thalidomide|", age=200)
    await hears(amira, "Thalidomide · Dose")


async def test_buttons_that_are_there_already_are_as_good_as_changed(world: TelegramWorld, amira: Person) -> None:
    await amira.says(ASKED)
    answer = await hears(amira, ANSWER)
    feedback = next(label for label in answer.labels if label == "Feedback")
    for _ in range(2):
        await amira.sees_answer_to(await amira.presses(feedback, on=answer))
    await world.bell.until("calls", lambda: len(world.calls_of("editMessageReplyMarkup")) == 2, 5)
    await amira.says("/source")
    await hears(amira, "Source")
    changes = world.calls_of("editMessageReplyMarkup")
    assert [call.status for call in changes] == [200, 400]


async def test_an_update_that_nobody_can_read_is_set_aside_within_two_seconds(
    world: TelegramWorld, amira: Person
) -> None:
    world.notify("message", {"message_id": CANARY, "date": CANARY, "chat": 5})
    began = time.monotonic()
    await amira.says("/source")
    await hears(amira, "Source")
    assert time.monotonic() - began < 2


async def test_of_twenty_answers_that_telegram_slows_down_none_is_lost_and_none_comes_too_early(
    world: TelegramWorld,
) -> None:
    people = [Person(world, f"Person {number}") for number in range(20)]
    for person in people[:5]:
        world.faults.add("sendMessage", faults.too_many_requests(retry_after=2), chat_id=person.user["id"])
    began = time.monotonic()
    for person in people:
        await person.says("/source")
    for person in people[5:]:
        await person.hears()
    assert time.monotonic() - began < 1.5
    for person in people[:5]:
        await person.hears()
        calls = [call.at for call in world.calls_of("sendMessage") if call.values["chat_id"] == str(person.user["id"])]
        assert calls[1] - calls[0] >= 2


async def test_status_tells_an_editor_of_faults_and_nothing_of_questions(
    world: TelegramWorld, amira: Person, efua: Person
) -> None:
    await amira.says(f"dose of thal for {CANARY}")
    await amira.hears()
    await efua.says("/status")
    status = await hears(efua, "Questions since the start: ")
    assert "The database can be written." in status.text
    assert "zebra" not in status.text
    assert world.token.partition(":")[2] not in status.text


async def test_connections_that_die_in_silence_are_given_up_and_every_question_is_answered(tmp_path: Path) -> None:
    world = TelegramWorld()
    amira, bao, chidi = (Person(world, name) for name in ("Amira", "Bao", "Chidi"))
    async with rounds(world, tmp_path):
        world.faults.add("sendMessage", faults.hang(after_effect=True), chat_id=amira.chat.chat_id)
        world.faults.add("sendMessage", faults.hang(), chat_id=bao.chat.chat_id)
        for person in (amira, bao):
            await person.says("/source")
        await world.bell.until("calls", lambda: len(world.calls_of("sendMessage")) == 2, 10)
        world.faults.add("getUpdates", faults.hang())
        for question in ("/source", "/source"):  # the first ends the call that is under way, the second meets the fault
            await chidi.says(question)
            await chidi.hears(patience=60)
        await bao.hears(patience=60)
    assert [len(person.chat.utterances) for person in (amira, bao, chidi)] == [2, 1, 2]


async def test_a_network_that_is_gone_and_comes_back_loses_nothing(tmp_path: Path, unused_tcp_port: int) -> None:
    world = TelegramWorld()
    amira, bao = Person(world, "Amira"), Person(world, "Bao")
    settings = {"TELEGRAM_BOT_TOKEN": world.token, "TELEGRAM_API_URL": f"http://127.0.0.1:{unused_tcp_port}"}
    async with AsyncExitStack() as stack:
        async with serve(world, port=unused_tcp_port):
            running = await stack.enter_async_context(program(tmp_path, **settings))
            await running.writes("serving as")
            world.faults.add("sendMessage", faults.reset_before_effect())
            await amira.says(ASKED)
            await world.bell.until("calls", lambda: world.calls_of("sendMessage"), 5)
        await bao.says(ASKED)
        await running.writes("no updates from Telegram", times=2)
        async with serve(world, port=unused_tcp_port):
            for person in (amira, bao):
                await person.hears(patience=20)
            assert await running.stops() == ExitCode.STOPPED
    assert [len(person.chat.utterances) for person in (amira, bao)] == [1, 1]


async def test_stopping_with_a_full_queue_ends_within_ten_seconds_and_nothing_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    world = TelegramWorld()
    people = [Person(world, f"Person {number}") for number in range(150)]
    async with rounds(world, tmp_path) as running:
        for person in people:
            await person.says("/source")
        await world.bell.until("calls", lambda: len(world.calls_of("sendMessage")) > 20, 10)
        world.faults.add("sendMessage", faults.too_many_requests(retry_after=30), times=10)
        began = time.monotonic()
        assert await running.stops() == ExitCode.STOPPED
        assert time.monotonic() - began < 10
    async with rounds(world, tmp_path):
        for person in people:
            await person.hears(patience=20)
        await people[0].says("/topics")
        await people[0].hears()
    assert [len(person.chat.utterances) for person in people] == [2] + [1] * 149


async def test_killing_the_program_loses_no_question(tmp_path: Path) -> None:
    outcome = await chaos(tmp_path, runs=3, seed=3)
    assert (outcome.lost, outcome.disordered) == (0, 0)
    assert outcome.doubled <= outcome.runs * CONNECTIONS


async def test_what_telegram_posted_and_got_a_200_for_is_answered_after_a_kill(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    world = TelegramWorld()
    people = [Person(world, f"Person {number}") for number in range(100)]
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/hook", "WEBHOOK_PORT": str(unused_tcp_port)}
    async with rounds(world, tmp_path, **hook) as running:
        world.faults.add("sendMessage", faults.slow(0.2), times=20)
        for person in people:
            await person.says("/source")
        await world.bell.until("webhook", lambda: len(world.updates) < 40, 10)
        running.kill()
        await running.ends()
    async with rounds(world, tmp_path, **hook):
        for person in people:
            await person.hears(patience=20)


@pytest.mark.parametrize(
    "update",
    [
        b'{"update_id":500000001,"message":{"message_id":1,"date":1,"text":"zebra \\ud800","chat":{"id":5}}}',
        b'{"update_id":18446744073709551616,"message":{"message_id":1,"date":1,"text":"zebra","chat":{"id":5}}}',
        b'{"update_id":500000001,"message":{"message_id":1,"date":1,"text":"zebra","chat":{"id":18446744073709551616,'
        b'"type":"private"},"from":{"id":18446744073709551616,"is_bot":false,"first_name":"A"}}}',
    ],
    ids=["half a character", "a number too large", "a person too large"],
)
async def test_an_update_that_no_database_can_hold_costs_nobody_else_an_answer(update: bytes, tmp_path: Path) -> None:
    """Nor does it come again: it stops in good order, and the next start finds nothing of it."""
    world = TelegramWorld()
    amira = Person(world, "Amira")
    for _ in range(2):
        async with rounds(world, tmp_path) as running:
            world.faults.add("getUpdates", Fault(page=Page(200, b'{"ok":true,"result":[%s]}' % update)))
            for words in (ASKED, ASKED):
                await amira.says(words)
                await hears(amira, ANSWER)
            assert await ask(running.port, "/healthz") == (200, "alive\n")
            assert await ask(running.port, "/readyz") == (200, "ready\n")
            began = time.monotonic()
            assert await running.stops() == ExitCode.STOPPED
            assert time.monotonic() - began < 5
            assert "nothing left in hand" in running.output


async def test_a_refusal_at_the_start_that_passes_ends_nothing(tmp_path: Path) -> None:
    world = TelegramWorld()
    amira = Person(world, "Amira")
    for method, fault in (("getMe", faults.not_found()), ("deleteWebhook", faults.too_many_requests(retry_after=3))):
        world.faults.add(method, fault)
    began = time.monotonic()
    async with rounds(world, tmp_path):
        await amira.says("/source")
        await hears(amira, "Source")
    assert time.monotonic() - began > 4


@contextmanager
def locked(file: Path, _: Program) -> Iterator[None]:
    """Another process writes to the database and comes to no end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(file: Path, running: Program) -> Iterator[None]:
    """The system lets no file of the program grow."""
    usual = resource.prlimit(running.number, resource.RLIMIT_FSIZE)
    resource.prlimit(running.number, resource.RLIMIT_FSIZE, (1, usual[1]))
    yield
    resource.prlimit(running.number, resource.RLIMIT_FSIZE, usual)


Harm = Callable[[Path, Program], AbstractContextManager[None]]


@pytest.mark.parametrize("harm", [locked, full], ids=["locked", "full"])
async def test_a_disk_that_fails_while_it_runs_costs_no_answer_and_is_told(harm: Harm, tmp_path: Path) -> None:
    """Answers go on, readiness is red, and afterwards all is as before: a restart repeats nothing."""
    world = TelegramWorld()
    people = [Person(world, f"Person {number}") for number in range(20)]
    amira = people[0]
    async with rounds(world, tmp_path) as running:
        await amira.says("/source")
        await hears(amira, "Source")
        await asyncio.sleep(2 * TIDY_EVERY)
        with harm(tmp_path / "rounds.db", running):
            for person in people:
                await person.says(ASKED)
            for person in people:
                await person.hears(patience=20)
            await until(running.port, (503, "store\n"), within=20, every=0.1)
            assert await ask(running.port, "/healthz") == (200, "alive\n")
            assert "the store cannot be written" in running.output
        await until(running.port, (200, "ready\n"), within=20, every=0.1)
        assert "the store can be written again" in running.output
        assert await running.stops() == ExitCode.STOPPED
    heard = [len(person.chat.utterances) for person in people]
    async with rounds(world, tmp_path):
        await amira.says("/topics")
        await amira.hears()
    assert [len(person.chat.utterances) for person in people] == [heard[0] + 1, *heard[1:]]


CLOCK = """
import os, time
real = time.time
time.time = lambda: real() + float(open(os.environ["CLOCK"]).read() or 0)
"""


@pytest.mark.parametrize("jump", [-3 * 86_400, 3 * 86_400], ids=["back", "ahead"])
async def test_a_clock_that_is_set_costs_no_answer_and_repeats_none(jump: float, tmp_path: Path) -> None:
    """Pauses, limits and what was spoken of go by a clock that nobody sets."""
    world, clock = TelegramWorld(), tmp_path / "clock"
    amira = Person(world, "Amira")
    (tmp_path / "sitecustomize.py").write_text(CLOCK)
    clock.write_text("0")
    settings = {"CLOCK": str(clock), "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    async with rounds(world, tmp_path, **settings) as running:
        await amira.says(ASKED)
        *_, answered = world.updates
        await hears(amira, ANSWER)
        clock.write_text(str(jump))
        world.faults.add("sendMessage", faults.too_many_requests(retry_after=1))
        began = time.monotonic()
        await amira.says("and for len?")
        await hears(amira, "Lenalidomide · Relapse rate")
        assert 1 <= time.monotonic() - began < 5
        world.updates.deliver_again(answered.body)
        await amira.says("/source")
        await hears(amira, "Source")
        assert await ask(running.port, "/healthz") == (200, "alive\n")
        assert await ask(running.port, "/readyz") == (200, "ready\n")
        assert await running.stops() == ExitCode.STOPPED
    clock.write_text("0")
    async with rounds(world, tmp_path, **settings):
        await amira.says("/topics")
        await amira.hears()
    texts = [said.wire["text"].splitlines()[0] for said in amira.chat.utterances]
    assert len(set(texts)) == len(texts)


async def test_a_database_that_cannot_be_used_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "rounds.db").write_bytes(b"minutes of the meeting" * 100)
    world = TelegramWorld()
    async with (
        serve(world) as url,
        program(tmp_path, TELEGRAM_BOT_TOKEN=world.token, TELEGRAM_API_URL=url) as running,
    ):
        assert await running.ends() == ExitCode.STORE
    said = running.output.splitlines()[-1]
    assert said == f"The database cannot be used: {tmp_path}/rounds.db: file is not a database. Setting: DATABASE_URL."


async def test_no_question_is_in_the_database_after_its_answer(tmp_path: Path) -> None:
    world = TelegramWorld()
    amira = Person(world, "Amira")
    async with rounds(world, tmp_path):
        await amira.says(f"dose of thal for {CANARY}")
        await amira.hears()
        await asyncio.sleep(2 * TIDY_EVERY)
        assert not [name for name in ("rounds.db", "rounds.db-wal") if b"zebra" in (tmp_path / name).read_bytes()]

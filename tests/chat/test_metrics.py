"""What is counted, timed and shown to editors: numbers, and never a person or a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families
from telegram.error import RetryAfter

from bot.answering.engine import Engine
from bot.chat.calls import Acknowledge, Say, ShowTyping
from bot.chat.metrics import MOST_TIMED, Metrics
from bot.chat.posting import Posting
from bot.chat.state import LONGEST, SHOWN, State
from tests.chat.conftest import serving
from tests.chat.fakes import Clock, EchoEngine
from tests.chat.watcher import ask
from tests.emulator import Person, TelegramWorld, faults

Samples = dict[tuple[str, tuple[str, ...]], float]
STATE = State(
    *("abc", 1_700_000_000, (), 3, 2),
    writable=True,
    posting=Posting(),
    silent=61,
    running=90_061,
    questions={"answer": 7},
)


def samples(text: str) -> Samples:
    """Each value by its name and the values of its labels, read by the library's own parser."""
    return {
        (one.name, tuple(one.labels.values())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def metrics(clock: Clock) -> Metrics:
    return Metrics(CollectorRegistry(), clock)


def shown(metrics: Metrics) -> Samples:
    kind, text = metrics.exposition()
    assert kind.startswith("text/plain")
    return samples(text.decode())


def test_an_answer_takes_from_taking_in_to_the_first_message(metrics: Metrics, clock: Clock) -> None:
    metrics.taken_in(7)
    clock.now += 2
    metrics.sent(7, Acknowledge("q"))
    metrics.sent(7, ShowTyping(5))
    assert shown(metrics)["rounds_answer_seconds_count", ()] == 0
    metrics.sent(7, Say(5, "a"))
    clock.now += 60
    metrics.sent(7, Say(5, "b"))
    found = shown(metrics)
    assert (found["rounds_answer_seconds_count", ()], found["rounds_answer_seconds_sum", ()]) == (1, 2)
    assert found["rounds_calls_total", ("Say", "sent")] == 2


def test_what_is_sent_for_an_earlier_run_is_counted_and_not_timed(metrics: Metrics) -> None:
    metrics.sent(6, Say(5, "a"))
    found = shown(metrics)
    assert (found["rounds_answer_seconds_count", ()], found["rounds_calls_total", ("Say", "sent")]) == (0, 1)


def test_updates_that_need_no_answer_do_not_pile_up(metrics: Metrics) -> None:
    for number in range(2 * MOST_TIMED):
        metrics.taken_in(number)
    assert len(metrics._taken_in) == MOST_TIMED


def test_of_an_error_only_the_type_is_counted(metrics: Metrics) -> None:
    metrics.failed("answering", KeyError("zebra"))
    metrics.refused(Say(5, "zebra"), RetryAfter(3))
    found = shown(metrics)
    assert found["rounds_errors_total", ("answering", "KeyError")] == 1
    assert found["rounds_calls_total", ("Say", "RetryAfter")] == 1
    assert b"zebra" not in metrics.exposition()[1]


def test_what_is_seen_now_stands_beside_what_was_counted(metrics: Metrics) -> None:
    metrics.watch(lambda: STATE)
    found = shown(metrics)
    assert found["rounds_content_info", ("abc",)] == 1
    gauges = ("content_loaded_timestamp_seconds", "content_problems", "inbox_updates", "outbox_calls", "store_failing")
    values = [found[f"rounds_{name}", ()] for name in (*gauges, "telegram_silent_seconds")]
    assert values == [1_700_000_000, 0, 3, 2, 0, 61]


async def test_a_bot_counts_what_happens_to_it(
    world: TelegramWorld, small_engine: Engine, tmp_path: Path, unused_tcp_port: int
) -> None:
    world.faults.add("sendMessage", faults.too_many_requests(retry_after=1))
    async with serving(world, small_engine, tmp_path, health_port=unused_tcp_port):
        amira = Person(world, "Amira")
        for question in ("dose of amilol", "kjhsd lll qwpo 77 zebra"):
            await amira.says(question)
            await amira.hears()
        _, text = await ask(unused_tcp_port, "/metrics")
    found = samples(text)
    assert found["rounds_questions_total", ("answer",)] == 1
    assert found["rounds_questions_total", ("clarification",)] == 1
    assert found["rounds_calls_total", ("Say", "RetryAfter")] == 1
    assert found["rounds_calls_total", ("Say", "sent")] == 2
    assert found["rounds_answer_seconds_count", ()] == found["rounds_engine_seconds_count", ()] == 2
    assert found["rounds_content_info", (small_engine.catalogue.version,)] == 1
    assert "zebra" not in text
    assert str(amira.user["id"]) not in text


async def test_errors_are_counted_where_they_happen(
    world: TelegramWorld, echo: EchoEngine, tmp_path: Path, unused_tcp_port: int
) -> None:
    def fails(question: str) -> None:
        raise LookupError(question)

    echo.before = fails
    async with serving(world, echo, tmp_path, health_port=unused_tcp_port):
        amira = Person(world, "Amira")
        world.faults.add("getUpdates", faults.bad_gateway())
        world.notify("message", {"message_id": "zebra", "date": "never", "chat": 5})
        await amira.says("zebra")
        assert (await amira.hears()).text == "<failed>"
        _, text = await ask(unused_tcp_port, "/metrics")
    found = samples(text)
    assert found["rounds_errors_total", ("answering", "LookupError")] == 1
    assert found["rounds_errors_total", ("taking in", "NetworkError")] == 1
    assert found["rounds_errors_total", ("reading", "TypeError")] == 1
    assert "zebra" not in text


def test_the_page_for_editors_says_how_the_program_does(small_engine: Engine) -> None:
    (text,) = STATE.page(small_engine.catalogue.messages).messages
    assert "running for 1 day, 1:01:01" in text
    assert "Content abc, live since 14 Nov 2023 22:13 UTC." in text
    assert "Questions since the start: answer 7." in text
    assert "Updates in hand: 3. Calls to be sent: 2." in text
    assert "heard of 0:01:01 ago" in text
    assert "can be written" in text
    assert "kept out" not in text


def test_the_page_shows_the_first_problems_of_newer_content_and_a_store_that_fails(small_engine: Engine) -> None:
    problems = ("knowledge/a.yaml:3: error: <x> " + "y" * 2 * LONGEST, *(f"problem {n}" for n in range(20)))
    state = replace(STATE, problems=problems, writable=False)
    (text,) = state.page(small_engine.catalogue.messages).messages
    assert "cannot be written" in text
    assert "Problems: 21." in text
    assert "knowledge/a.yaml:3: error: &lt;x&gt;" in text
    assert f"problem {SHOWN - 2}" in text
    assert f"problem {SHOWN - 1}" not in text
    assert len(text) < 4096


def test_the_page_says_that_telegram_cannot_post(small_engine: Engine) -> None:
    posting = Posting()
    posting.failing, posting.why, posting.pending = True, "Wrong response from the webhook: 502 Bad Gateway", 7
    (text,) = replace(STATE, posting=posting).page(small_engine.catalogue.messages).messages
    assert (
        "cannot post messages to the bot: Wrong response from the webhook: 502 Bad Gateway. Waiting there: 7." in text
    )


def test_metrics_tell_that_telegram_cannot_post(metrics: Metrics) -> None:
    posting = Posting()
    posting.failing, posting.pending = True, 7
    metrics.watch(lambda: replace(STATE, posting=posting))
    found = shown(metrics)
    assert (found["rounds_webhook_failing", ()], found["rounds_webhook_pending_updates", ()]) == (1, 7)


async def test_status_is_for_editors_and_no_command_to_anybody_else(
    world: TelegramWorld, small_engine: Engine, tmp_path: Path
) -> None:
    dana, bao = Person(world, "Dana"), Person(world, "Bao")
    async with serving(world, small_engine, tmp_path, editors={dana.user["id"]}):
        await bao.says("dose of amilol for zebra")
        await bao.hears()
        await dana.says("/status")
        said = (await dana.hears()).text
        assert f"Content {small_engine.catalogue.version}" in said
        assert "Questions since the start: " in said
        assert "zebra" not in said
        await bao.says("/status")
        refused = (await bao.hears()).text
        await bao.says("/nonsense")
        assert refused == (await bao.hears()).text

"""What is kept of people: their opinion without their name, and a missed question only where the operator wants it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager as Serving
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.answering.engine import Engine
from bot.chat.missed import pseudonym
from bot.cli import main
from bot.domain.context import Context
from bot.errors import ExitCode
from bot.store.ledger import Notice, View
from bot.store.store import Member, Missed, Opinion, Proposed, Store, opened
from tests.chat.conftest import serving
from tests.emulator import Person, TelegramWorld

DOUBTED = "To a reader a figure looks wrong. Hold this answer against its sources:"


Serve = Callable[..., Serving[None]]


@pytest.fixture
def serve(world: TelegramWorld, small_engine: Engine, tmp_path: Path) -> Serve:
    """Start a bot that knows of amilol and bemilol, with these settings."""
    return lambda **settings: serving(world, small_engine, tmp_path, **settings)


@pytest.fixture
def chidi(world: TelegramWorld) -> Person:
    return Person(world, "Chidi")


@pytest.fixture
def editor(world: TelegramWorld) -> Person:
    return Person(world, "Efua")


async def doubts(reader: Person) -> None:
    """Ask, and say that the figure looks wrong."""
    await reader.says("dose of amilol")
    await reader.hears()
    await reader.presses("Feedback")
    await reader.hears()
    await reader.sees_answer_to(await reader.presses("Figure looks wrong"))


async def test_feedback_outlives_the_program_without_a_person_or_a_question(
    world: TelegramWorld, chidi: Person, small_engine: Engine, tmp_path: Path
) -> None:
    async with serving(world, small_engine, tmp_path):
        await doubts(chidi)
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/r.db") as store:
        assert await store.opinions() == [Opinion("figure", "dose", "amilol", small_engine.catalogue.version)]
    kept = (tmp_path / "r.db").read_bytes()
    assert b"dose of amilol" not in kept


async def test_editors_learn_at_once_which_figure_looks_wrong_and_not_to_whom(
    serve: Serve, chidi: Person, editor: Person, small_engine: Engine
) -> None:
    async with serve(editors={editor.user["id"]}):
        await doubts(chidi)
        alert = await editor.hears()
        assert alert.text == f"{DOUBTED}\namilol/dose @ {small_engine.catalogue.version}"
        assert "Chidi" not in str(alert.wire)
        await editor.presses(alert.labels[0])
        assert "Amilol · dose" in (await editor.hears()).text


async def test_a_reader_may_let_the_editors_know_who_they_are(serve: Serve, chidi: Person, editor: Person) -> None:
    async with serve(editors={editor.user["id"]}):
        await doubts(chidi)
        await editor.hears()
        await chidi.hears()
        await chidi.sees_answer_to(await chidi.presses("Tell the editors who I am"))
        assert (await editor.hears()).text.startswith("Whoever found a figure wrong lets you know who it was: Chidi")
        assert "Tell the editors who I am" not in (await chidi.hears()).labels


async def test_where_there_are_no_editors_nobody_is_asked_for_their_name(serve: Serve, chidi: Person) -> None:
    async with serve():
        await doubts(chidi)
        assert "Tell the editors who I am" not in (await chidi.hears()).labels


@pytest.mark.parametrize("data", ["n1|dose|zebra|1", "n1|dose", "n1|dose|amilol|1\n2"])
async def test_a_forged_button_tells_the_editors_nothing(
    serve: Serve, world: TelegramWorld, chidi: Person, editor: Person, data: str
) -> None:
    async with serve(editors={editor.user["id"]}):
        notice = await chidi.sees_answer_to(await chidi.presses_old(data))
    assert "older version" in notice["text"]
    assert world.calls_of("sendMessage") == []


async def asks_in_vain(serve: Serve, chidi: Person, folder: Path, days: int) -> list[Missed]:
    """What is kept of one question that is understood and two that are not."""
    async with serve(keep_missed_days=days):
        for words in ("qqq www", "dose of amilol", "qqq www"):
            await chidi.says(words)
            await chidi.hears()
    async with opened(f"sqlite+aiosqlite:///{folder}/r.db") as store:
        return list((await store.missed()).values())


async def test_missed_questions_are_kept_under_a_pseudonym_where_the_operator_wants_it(
    serve: Serve, chidi: Person, tmp_path: Path
) -> None:
    missed = await asks_in_vain(serve, chidi, tmp_path, days=7)
    who = pseudonym(chidi.user["id"], chidi.world.token)
    assert str(chidi.user["id"]) not in who
    assert [(one.who, one.outcome, one.question) for one in missed] == [
        (who, "not understood", "qqq www"),
        (who, "asked back", "qqq www"),
    ]


async def test_no_question_is_kept_unless_the_operator_wants_it(serve: Serve, chidi: Person, tmp_path: Path) -> None:
    assert await asks_in_vain(serve, chidi, tmp_path, days=0) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "that was not understood are not kept"), (7, "that was not understood are kept for 7 days for the editors")],
)
async def test_privacy_says_which_of_the_two_holds(serve: Serve, chidi: Person, days: int, said: str) -> None:
    async with serve(keep_missed_days=days):
        await chidi.says("/privacy")
        assert said in (await chidi.hears()).text


USER, TOKEN = 77, "123:secret"


async def fill(store: Store, days: int = 0) -> None:
    """What two people leave behind."""
    for user in (USER, 78):
        store.remember(user, user, Context())
        store.propose(Proposed(f"of {user}", user, "{}", 0.0))
        store.miss(user, Missed(pseudonym(user, TOKEN), "not understood", f"question of {user}"))
        store.admit(Member(user, 1, 0.0), "")
        store.judge(user, Opinion("useful", "dose", "amilol", "1"))
        store.ledger.show(View(f"{user}", pseudonym(user, TOKEN), b"sealed", "answer"), "[]")
        store.ledger.owe("announced 1", [Notice(-user, pseudonym(user, TOKEN), b"sealed", "call")])
    await store.settled()


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An operator's settings."""
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    return url


def operator(*command: str) -> Result:
    return CliRunner().invoke(main, command)


def test_forgetting_a_person_deletes_all_of_theirs_and_nothing_else(database: str) -> None:
    async def filled() -> None:
        async with opened(database) as store:
            await fill(store)

    async def left() -> tuple[list[int], list[str], list[int], list[str], list[int]]:
        async with opened(database) as store:
            return (
                [one.user for one in await store.threads()],
                [one.question for one in (await store.missed()).values()],
                [one.user for one in await store.members()],
                [one.key for one in await store.ledger.views(["answer"])],
                [one.number for one in await store.ledger.notices()],
            )

    asyncio.run(filled())
    result = operator("forget", str(USER))
    assert result.output.splitlines() == [
        "1 threads deleted",
        "1 missed questions deleted",
        "1 shown answers deleted",
        "1 corrections due deleted",
        "1 memberships deleted",
        "1 proposals deleted",
    ]
    assert asyncio.run(left()) == ([78], ["question of 78"], [78], ["78"], [-78])
    assert operator("forget", str(USER)).output.startswith("0 threads")


def test_feedback_is_counted_and_missed_questions_are_listed(database: str) -> None:
    async def filled() -> None:
        async with opened(database) as store:
            await fill(store)

    assert operator("feedback").output == "Nothing is kept.\n"
    asyncio.run(filled())
    first, *missed = operator("feedback").output.splitlines()
    assert first == "2 x useful: amilol/dose @ 1"
    assert [line.partition(" ")[2] for line in missed] == [
        "not understood: question of 77",
        "not understood: question of 78",
    ]


def test_a_database_that_cannot_be_opened_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "r.db").write_text("minutes of a meeting, and not a database")
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/r.db")
    result = operator("feedback")
    assert (result.exit_code, "file is not a database" in result.output) == (ExitCode.STORE, True)

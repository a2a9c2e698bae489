"""What is kept of people: their opinion without their name, and a missed question only where the operator wants it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager as Serving
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.answering.engine import Engine
from bot.chat import leavers
from bot.chat.memory import Memory
from bot.chat.missed import fingerprint, pseudonym
from bot.cli import main
from bot.domain.context import Context
from bot.errors import ExitCode
from bot.store.ledger import Notice, View
from bot.store.rows import Invitation, Member, Missed, Opinion, Proposed
from bot.store.store import Store, opened
from tests.chat.conftest import serving
from tests.chat.fakes import Clock
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


async def doubts(reader: Person, words: str = "dose of amilol") -> None:
    """Ask, and say that the figure looks wrong."""
    await reader.says(words)
    while "Feedback" not in (await reader.hears()).labels:
        pass  # what an earlier doubt changed is heard first
    await reader.presses("Feedback")
    await reader.hears()
    await reader.sees_answer_to(await reader.presses("Figure looks wrong"))


async def test_feedback_outlives_the_program_without_a_person_or_a_question(
    world: TelegramWorld, chidi: Person, small_engine: Engine, tmp_path: Path
) -> None:
    async with serving(world, small_engine, tmp_path):
        await doubts(chidi)
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/r.db") as store:
        assert await store.opinions() == [Opinion("figure", "amilol/dose", small_engine.catalogue.version)]
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


async def test_the_alert_leads_to_the_answer_that_was_doubted_and_to_no_wider_one(
    serve: Serve, world: TelegramWorld, chidi: Person, editor: Person, small_engine: Engine
) -> None:
    """For the same group of patients; and to each, where it was about several."""
    async with serve(editors={editor.user["id"]}):
        await doubts(chidi, "response with amilol and bemilol")
        alert = await editor.hears()
        assert "amilol/response_rate, bemilol/response_rate @" in alert.text
        assert alert.labels == ["Amilol · response", "Bemilol · response"]
        await doubts(Person(world, "Bao"), "amilol dose in children")
        alert = await editor.hears()
        assert alert.text == f"{DOUBTED}\namilol/dose/children @ {small_engine.catalogue.version}"
        await editor.presses(alert.labels[0])
        assert "children" in (await editor.hears()).text.splitlines()[0].lower()


async def test_a_reader_may_let_the_editors_know_who_they_are(serve: Serve, chidi: Person, editor: Person) -> None:
    async with serve(editors={editor.user["id"]}):
        await doubts(chidi)
        await editor.hears()
        await chidi.hears()
        notice = await chidi.sees_answer_to(await chidi.presses("Tell the editors who I am"))
        assert notice["text"].startswith("Thank you. The editors are told who you are")
        assert (await editor.hears()).text.startswith("Whoever found a figure wrong lets you know who it was: Chidi")
        assert "Tell the editors who I am" not in (await chidi.hears()).labels


async def test_where_there_are_no_editors_nobody_is_asked_for_their_name(serve: Serve, chidi: Person) -> None:
    async with serve():
        await doubts(chidi)
        assert "Tell the editors who I am" not in (await chidi.hears()).labels


async def test_in_a_group_nobody_else_can_name_themselves_in_the_readers_place(
    serve: Serve, world: TelegramWorld, chidi: Person, editor: Person
) -> None:
    ward, bao = world.new_group("Ward 5"), Person(world, "Bao")
    chidi.enters(ward)
    bao.enters(ward)
    async with serve(editors={editor.user["id"]}):
        await chidi.says("@rounds_test_bot dose of amilol")
        await chidi.hears()
        await chidi.presses("Feedback")
        await chidi.hears()
        await chidi.sees_answer_to(await chidi.presses("Figure looks wrong"))
        shown = await chidi.hears()
        await editor.hears()
        notice = await bao.sees_answer_to(await bao.presses("Tell the editors who I am", on=shown))
        assert notice["text"] == "Only whoever found the figure wrong can tap that."
        await chidi.sees_answer_to(await chidi.presses("Tell the editors who I am", on=shown))
        assert (await editor.hears()).text.startswith("Whoever found a figure wrong lets you know who it was: Chidi")


async def test_in_a_group_a_doubt_counts_after_another_verdict_and_each_reader_may_give_a_name(
    serve: Serve, world: TelegramWorld, chidi: Person, editor: Person, small_engine: Engine
) -> None:
    ward, bao, named = world.new_group("Ward 5"), Person(world, "Bao"), "Tell the editors who I am"
    chidi.enters(ward)
    bao.enters(ward)
    alert = f"{DOUBTED}\namilol/dose @ {small_engine.catalogue.version}"
    async with serve(editors={editor.user["id"]}):
        await editor.says("/start")
        await editor.hears()
        await chidi.says("@rounds_test_bot dose of amilol")
        shown = await chidi.hears()
        await bao.hears()
        for person, verdict, expected in (
            (chidi, "Useful", 0),
            (chidi, "Figure looks wrong", 1),
            (bao, "Figure looks wrong", 2),
            (bao, "Figure looks wrong", 2),
        ):
            await person.presses("Feedback", on=shown)
            unfolded = await chidi.hears()
            await bao.hears()
            await person.sees_answer_to(await person.presses(verdict, on=unfolded))
            shown = await chidi.hears()
            await bao.hears()
            assert shown.labels.count("Feedback") == 1
            assert shown.labels.count(named) == expected
        assert [(await editor.hears()).text for _ in range(2)] == [alert, alert]


async def test_several_fast_taps_are_one_opinion_and_one_alert(
    serve: Serve, world: TelegramWorld, chidi: Person, editor: Person, tmp_path: Path
) -> None:
    async with serve(editors={editor.user["id"]}):
        await chidi.says("dose of amilol")
        await chidi.hears()
        await chidi.presses("Feedback")
        unfolded = await chidi.hears()
        taps = [await chidi.presses("Figure looks wrong", on=unfolded) for _ in range(3)]
        for tap in (*taps, await chidi.presses("Useful", on=unfolded)):
            await chidi.sees_answer_to(tap)
        named = (await chidi.hears()).labels[-1]
        for tap in [await chidi.presses(named) for _ in range(2)]:
            await chidi.sees_answer_to(tap)
    to_editor = [one for one in world.calls_of("sendMessage") if one.values["chat_id"] == str(editor.user["id"])]
    assert len(to_editor) == 2  # the alert, and who it was
    async with opened(f"sqlite+aiosqlite:///{tmp_path}/r.db") as store:
        assert [one.verdict for one in await store.opinions()] == ["figure"]


async def test_an_alert_that_reached_nobody_stands_in_status_until_somebody_has_looked(
    serve: Serve, chidi: Person, editor: Person, small_engine: Engine
) -> None:
    """Also after a restart."""
    async with serve():
        await doubts(chidi)
    async with serve(editors={editor.user["id"]}):
        await editor.says("/status")
        await editor.hears()
        listed = await editor.hears()
        assert listed.text.splitlines() == [
            "Figures that readers doubt and nobody has looked into: 1",
            f"amilol/dose @ {small_engine.catalogue.version}",
        ]
        await editor.presses("Looked into: amilol/dose", on=listed)
        assert (await editor.hears()).text.endswith("looked into: 0")
    async with serve(editors={editor.user["id"]}):
        await editor.says("/status")
        assert "readers doubt" not in (await editor.hears()).text
        await editor.says("/about")
        assert (await editor.hears()).text.startswith("Rounds answers")


@pytest.mark.parametrize("data", ["n2|answer|zebra1|1|seal", "n2|answer", "n2|answer||1\n2|seal"])
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


async def test_privacy_fits_one_message_and_names_what_is_kept_of_members_and_feedback(
    serve: Serve, chidi: Person
) -> None:
    async with serve(keep_missed_days=90, correction_days=60, feedback_days=400, contact="Ask Efua."):
        await chidi.says("/privacy")
        said = (await chidi.hears()).text
        await chidi.says("/about")
        assert (await chidi.hears()).text.startswith("Rounds answers")
    for words in ("your role and the day are kept until you are dismissed", "for 400 days", "pseudonym", "Ask Efua."):
        assert words in said


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "that was not understood are not kept"), (7, "that was not understood are kept for 7 days for the editors")],
)
async def test_privacy_says_which_of_the_two_holds(serve: Serve, chidi: Person, days: int, said: str) -> None:
    async with serve(keep_missed_days=days):
        await chidi.says("/privacy")
        assert said in (await chidi.hears()).text


USER, TOKEN = 77, "123:secret"


async def fill(store: Store, token: str = TOKEN) -> None:
    """What two people leave behind."""
    for user in (USER, 78):
        store.remember(user, user, Context())
        store.propose(Proposed(f"of {user}", user, "{}", 0.0))
        store.miss(user, Missed(pseudonym(user, token), "not understood", f"question of {user}"))
        store.admit(Member(user, 1, 0.0), "")
        store.judge(user, Opinion("useful", "amilol/dose", "1"))
        store.invite(Invitation(f"by {user}", 1, 1e11, user))
        store.take_in(10 * user, json.dumps({"update_id": 10 * user, "message": {"from": {"id": user}}}))
        store.answered(11 * user, [f'["Say", {{"chat": {user}, "html": "dose"}}]'])
        store.ledger.show(View(f"{user}", pseudonym(user, TOKEN), b"sealed", "answer"), "[]")
        store.ledger.owe("announced 1", [Notice(-user, pseudonym(user, TOKEN), b"sealed", "call")])
    await store.ledger.begin(fingerprint(token))
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

    async def left() -> tuple[list[object], ...]:
        async with opened(database) as store:
            return (
                [one.user for one in await store.threads()],
                [one.question for one in (await store.missed()).values()],
                [one.user for one in await store.members()],
                [one.key for one in await store.ledger.views(["answer"])],
                [one.number for one in await store.ledger.notices()],
                [one.by for one in await store.invitations()],
                [one.number for one in await store.waiting()],
                [one.number for one in await store.letters()],
            )

    asyncio.run(filled())
    result = operator("forget", str(USER))
    assert result.output.splitlines() == [
        "1 threads deleted",
        "1 missed questions deleted",
        "1 shown answers deleted",
        "1 corrections due deleted",
        "1 memberships deleted",
        "1 invitations deleted",
        "1 proposals deleted",
        "1 waiting updates deleted",
        "1 unsent messages deleted",
    ]
    assert result.exit_code == 0
    assert asyncio.run(left()) == ([78], ["question of 78"], [78], ["78"], [-78], [78], [780], [858])
    assert operator("forget", str(USER)).output.startswith("0 threads")


@pytest.mark.parametrize("token", ["", "123:another"])
def test_what_another_token_made_a_pseudonym_of_cannot_be_found_and_that_is_said(
    database: str, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    async def filled() -> None:
        async with opened(database) as store:
            await fill(store)

    asyncio.run(filled())
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    result = operator("forget", str(USER))
    assert (result.exit_code, "0 missed questions deleted" in result.output) == (ExitCode.FAILED, True)
    assert "6 records are kept under pseudonyms that the token in TELEGRAM_BOT_TOKEN may not have made" in result.output


def test_a_new_token_finds_what_was_kept_since_and_says_what_is_older(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def filled() -> None:
        async with opened(database, lambda: 1e9) as store:
            await fill(store)
        async with opened(database, lambda: 2e9) as store:
            await store.ledger.begin(fingerprint("123:another"))
            await store.settled()
            store.miss(999, Missed(pseudonym(USER, "123:another"), "not understood", "newer"))

    asyncio.run(filled())
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:another")
    result = operator("forget", str(USER))
    assert "1 missed questions deleted" in result.output
    assert (result.exit_code, "6 records are kept under pseudonyms" in result.output) == (ExitCode.FAILED, True)


@pytest.mark.parametrize("number", ["99999999999999999999999", "0", "zebra"])
def test_a_number_that_no_account_has_is_one_clear_error(database: str, number: str) -> None:
    result = operator("forget", "--", number)
    assert (result.exit_code, "Invalid value for 'USER'" in result.output) == (2, True)
    assert not isinstance(result.exception, OverflowError)


async def test_a_bot_that_runs_forgets_the_person_too(
    serve: Serve, chidi: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their thread, their admission and what they have in hand are gone without a restart."""
    monkeypatch.setattr(leavers, "EVERY", 0.05)
    user = chidi.user["id"]
    url = f"sqlite+aiosqlite:///{tmp_path}/r.db"
    async with opened(url) as store:
        store.admit(Member(user, 1, 0.0), "")
    async with serve(access="invited"):
        await chidi.says("dose of amilol")
        await chidi.hears()
        async with opened(url) as store:
            await store.forget_person(user, "nobody")
            async with asyncio.timeout(5):
                while await store.leavers():  # noqa: ASYNC110 - nothing rings a bell for what is on a disk
                    await asyncio.sleep(0.02)
        await chidi.says("and bemilol?")
        assert "for invited staff" in (await chidi.hears()).text
    async with opened(url) as store:
        assert (await store.threads(), await store.members()) == ([], [])


def test_of_what_is_spoken_of_that_of_one_person_can_be_forgotten() -> None:
    memory = Memory(Clock(), lasting=60)
    for user, chat in ((USER, USER), (USER, -5), (78, -5)):
        memory.keep((user, chat), Context(("dose",)))
    memory.forget(USER)
    assert [memory.recall((user, -5)) for user in (USER, 78)] == [Context(), Context(("dose",))]


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

"""A correction reaches those who saw the mistake, once, and nobody else; and nobody else learns who they were."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager as Serving
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bot.answering.engine import Engine
from bot.answering.stating import Cell, Statements, library_of
from bot.assembly import build_engine
from bot.changing.archive import Archive
from bot.changing.edition import Edition
from bot.changing.press import Press
from bot.chat import corrections
from bot.chat.calls import Call, Say
from bot.chat.correction import MOST_FIGURES, Corrected, Correction, corrected
from bot.chat.corrections import Corrections
from bot.chat.errata import Errata
from bot.chat.exhibit import SENTENCE, Exhibit, Exhibits, Held, held_by, read
from bot.chat.missed import DAY
from bot.chat.outbox import DurableOutbox, Note
from bot.chat.seal import Seal
from bot.chat.shown import Shown
from bot.chat.visit import Visit
from bot.content.linking import load
from bot.domain.reply import Answered, Understood
from bot.live import LiveEngine
from bot.store.database import StoreError
from bot.store.store import Store, opened
from tests.chat.conftest import serving
from tests.chat.editions import RATE, SHARE, SMALL, Published
from tests.chat.fakes import Clock
from tests.chat.program import program
from tests.emulator import Person, TelegramWorld
from tests.emulator import serve as serve_world
from tests.test_content import break_file

ASKS = "response rate of amilol"
HEADING = "Correction: you were shown here what has turned out to be wrong. It has been put right."
WAS, IS = "71% (95% CI 65 to 77)", "70% (95% CI 65 to 77)"
NOTICE = f"""{HEADING}
Amilol · response
Patients who responded: it said "{WAS}"; it should say "{IS}" (Review 2020, Efficacy, item 1)."""
TOKEN = "123:secret"
CHAT = 7_123_456_789_012
"""No other bytes of a database look like this by chance."""

Serve = Callable[..., Serving[None]]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published.in_folder(tmp_path_factory.mktemp("editions"))


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits in a test where nothing is to be seen."""
    monkeypatch.setattr(corrections, "SETTLING", 0.0)
    monkeypatch.setattr(corrections, "PACE", 0.0)


@pytest.fixture
def serve(world: TelegramWorld, tmp_path: Path) -> Serve:
    """Start a bot over a folder of content; what it keeps is there for the next one."""

    def start(content: Path, **chosen: Any) -> Serving[None]:
        own = {"database_url": f"sqlite+aiosqlite:///{tmp_path}/r.db"} | chosen
        return serving(world, build_engine(content), content, **own)

    return start


@pytest.fixture
def amira(world: TelegramWorld) -> Person:
    return Person(world, "Amira")


async def asks(person: Person, words: str = ASKS) -> str:
    await person.says(words)
    return (await person.hears()).text


async def hears_nothing_of_it(person: Person) -> bool:
    """Whether the next that a person hears answers what they ask now."""
    return HEADING not in await asks(person, "dose of amilol")


async def test_after_a_correction_who_saw_the_old_figure_is_told_once_with_both_values(
    serve: Serve, published: Published, amira: Person
) -> None:
    async with serve(published.before):
        assert WAS in await asks(amira)
    async with serve(published.corrected):
        notice = await amira.hears()
        assert notice.text == NOTICE
        await amira.presses("Amilol · response", on=notice)
        assert IS in (await amira.hears()).text
    async with serve(published.corrected):
        assert await hears_nothing_of_it(amira)


async def test_who_saw_another_answer_or_only_the_new_figure_is_told_nothing(
    serve: Serve, published: Published, amira: Person, world: TelegramWorld
) -> None:
    late = Person(world, "Bao")
    async with serve(published.before):
        await asks(amira, "dose of amilol")
    async with serve(published.corrected):
        assert IS in await asks(late)
    async with serve(published.corrected):
        assert await hears_nothing_of_it(amira)
        assert await hears_nothing_of_it(late)


async def test_what_was_no_mistake_is_no_correction(serve: Serve, published: Published, amira: Person) -> None:
    async with serve(published.before):
        await asks(amira)
    async with serve(published.renewed):
        assert await hears_nothing_of_it(amira)


async def test_a_correction_that_is_taken_back_is_a_correction_to_those_who_were_told_of_it(
    serve: Serve, published: Published, amira: Person
) -> None:
    async with serve(published.before):
        await asks(amira)
    async with serve(published.corrected):
        await amira.hears()
    async with serve(published.taken_back):
        assert f'it said "{IS}"; it should say "{WAS}"' in (await amira.hears()).text
        assert await hears_nothing_of_it(amira)


async def test_while_the_bot_runs_it_tells_of_what_somebody_else_published(
    world: TelegramWorld, published: Published, amira: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the workbench or another machine: the bot learns of it when the content is read again."""
    monkeypatch.setattr(corrections, "RETRY", 0.05)
    content = Path(shutil.copytree(published.before, tmp_path / "content"))
    async with serving(world, build_engine(content), content, build_engine):
        assert WAS in await asks(amira)
        shutil.copytree(published.corrected, content, dirs_exist_ok=True)
        assert (await amira.hears(10)).text == NOTICE
        assert await hears_nothing_of_it(amira)


async def test_a_group_is_told_once_whoever_asked(
    serve: Serve, published: Published, amira: Person, world: TelegramWorld
) -> None:
    bao, ward = Person(world, "Bao"), world.new_group("Ward 5")
    async with serve(published.before):
        for person in (amira, bao):
            person.enters(ward)
            await person.says(f"@rounds_test_bot {ASKS}")
            await person.hears()
        await amira.hears()
    async with serve(published.corrected):
        assert (await amira.hears()).text == NOTICE
        await bao.says("@rounds_test_bot dose of amilol")
        assert HEADING not in (await amira.hears()).text


async def test_somebody_who_blocked_the_bot_holds_up_nobody(
    serve: Serve, published: Published, amira: Person, world: TelegramWorld
) -> None:
    others = [Person(world, f"Reader {number}") for number in range(5)]
    async with serve(published.before):
        for person in (amira, *others):
            await asks(person)
    await amira.blocks_the_bot()
    async with serve(published.corrected):
        assert [(await person.hears()).text for person in others] == [NOTICE] * 5


@pytest.mark.parametrize("how", ["command", "button"])
async def test_who_wants_no_corrections_gets_none_until_they_want_them_again(
    serve: Serve, published: Published, amira: Person, how: str
) -> None:
    async with serve(published.before):
        await asks(amira)
        if how == "command":
            assert "This chat gets no corrections" in await asks(amira, "/corrections off")
        else:
            assert "kept for 14 days" not in await asks(amira, "/corrections")
            await amira.presses("No more corrections")
            assert "This chat gets no corrections" in (await amira.hears()).text
        await asks(amira)
    async with serve(published.corrected):
        assert await hears_nothing_of_it(amira)
        await asks(amira)
        assert "for 14 days which figures were shown here" in await asks(amira, "/corrections on")
        await asks(amira)
    async with serve(published.taken_back):
        assert HEADING in (await amira.hears()).text


async def test_a_correction_has_a_button_that_ends_them(serve: Serve, published: Published, amira: Person) -> None:
    async with serve(published.before):
        await asks(amira)
    async with serve(published.corrected):
        await amira.presses("No more corrections", on=await amira.hears())
        assert "This chat gets no corrections" in (await amira.hears()).text
    async with serve(published.taken_back):
        assert await hears_nothing_of_it(amira)


async def test_with_no_days_nothing_is_kept_and_nobody_is_told(
    serve: Serve, published: Published, amira: Person, tmp_path: Path
) -> None:
    async with serve(published.before, correction_days=0):
        await asks(amira)
        assert "Corrections are not sent here" in await asks(amira, "/corrections")
        assert "It is not kept which answers you were shown." in await asks(amira, "/privacy")
    assert rows(tmp_path / "r.db") == {"figures": 0, "notices": 0, "shown": 0}
    async with serve(published.corrected, correction_days=0):
        assert await hears_nothing_of_it(amira)


async def test_privacy_says_what_is_kept_for_corrections(serve: Serve, published: Published, amira: Person) -> None:
    async with serve(published.before, correction_days=7):
        assert "for 7 days which figures and first sentences were shown in a chat" in await asks(amira, "/privacy")


def rows(file: Path) -> dict[str, int]:
    """How much is kept of what was shown."""
    with sqlite3.connect(file) as database:
        tables = ("figures", "notices", "shown")
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


# What follows needs no Telegram: a post that fails where it is told to, and a clock that stands still.


@dataclass
class Post:
    """Delivers, until it has delivered so much; then it hangs, as a process that is about to be killed."""

    most: int = 10_000
    sent: list[Say] = field(default_factory=list)

    @property
    def delivers(self) -> bool:
        """Whether it does not hang."""
        return len(self.sent) < self.most

    async def __call__(self, _: int, call: Call, note: Note) -> None:
        if not self.delivers:
            await asyncio.Event().wait()
        assert isinstance(call, Say)
        self.sent.append(call)
        await note()


@dataclass
class Desk:
    """A store, what it remembers of what was shown, and corrections out of it."""

    store: Store
    shown: Shown
    corrections: Corrections
    post: Post
    live: LiveEngine

    def shows(self, content: Path, *chats: int, words: str = ASKS) -> None:
        engine = build_engine(content)
        reply = engine.reply_to(words).reply
        for number, chat in enumerate(chats):
            self.shown.note(Visit(number, chat, chat), reply, engine.catalogue)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "rounds.db"


@pytest.fixture
def clock() -> Clock:
    return Clock(now=1_700_000_000.0)


@pytest.fixture
def opens(file: Path, published: Published, clock: Clock) -> Callable[..., Serving[Desk]]:
    """Open the same database anew, with the press of the corrected content."""

    @asynccontextmanager
    async def open_desk(
        most: int = 10_000,
        token: str = TOKEN,
        days: int = 14,
        content: Path = published.corrected,
        answering: Path | None = None,
    ) -> AsyncIterator[Desk]:
        """`answering` is the content that answers until it is renewed."""
        async with opened(f"sqlite+aiosqlite:///{file}", clock) as store:
            post = Post(most)
            shown = Shown(store.ledger, days, token, await store.ledger.unwilling(), clock)
            outbox = DurableOutbox(post, store)
            await outbox.restore()
            live = LiveEngine(content, build_engine(answering or content), build_engine)
            yield Desk(store, shown, Corrections(shown, store, outbox, Archive(Press(content)), live), post, live)

    return open_desk


def newest(content: Path) -> Edition:
    return Press(content).history(1)[0]


async def runs(desk: Desk, until: Callable[[], bool]) -> None:
    """Let the corrections go on until something is true; what they had not done in a whole round they will not do."""
    running = asyncio.create_task(desk.corrections.round())
    async with asyncio.timeout(10):
        while not until():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        if desk.post.delivers:
            await running
    running.cancel()


async def test_announcing_says_how_many_are_told_and_does_so_once(
    opens: Callable[..., Serving[Desk]], published: Published
) -> None:
    async with opens() as desk:
        desk.shows(published.before, *range(1, 51))
        desk.shows(published.before, *range(1, 51))
        assert await desk.corrections.announce(newest(published.corrected)) == 50
        assert await desk.corrections.announce(newest(published.corrected)) == 50
        assert await desk.corrections.announce(newest(published.renewed)) == 0
        await runs(desk, lambda: len(desk.post.sent) == 50)
    assert {say.chat for say in desk.post.sent} == set(range(1, 51))
    async with opens() as desk:
        assert await desk.corrections.announce(newest(published.corrected)) == 0


async def test_nothing_is_announced_while_the_old_content_answers(
    opens: Callable[..., Serving[Desk]], published: Published, clock: Clock
) -> None:
    """The edition stands in the history: but who asks now is shown the old figure, and must be told as well."""
    edition = newest(published.corrected)
    clock.now = edition.at.timestamp()
    async with opens(answering=published.before) as desk:
        desk.shows(published.before, 1)
        assert await desk.corrections.announce(edition) is None
        await runs(desk, lambda: True)
        desk.shows(published.before, 2)
        await desk.live.renew()
        await runs(desk, lambda: len(desk.post.sent) == 2)
        assert await desk.corrections.announce(edition) == 2


async def test_content_that_is_broken_after_a_correction_holds_it_back_only_until_it_is_mended(
    opens: Callable[..., Serving[Desk]], published: Published, tmp_path: Path
) -> None:
    content = Path(shutil.copytree(published.corrected, tmp_path / "content"))
    async with opens(content=content, answering=published.before) as desk:
        desk.shows(published.before, 1)
        good = (content / RATE).read_text()
        (content / RATE).write_text("answer: [")
        await desk.live.renew()
        assert await desk.corrections.announce(newest(content)) is None
        (content / RATE).write_text(f"{good}# Mended by hand: this state is in no history.\n")
        await desk.live.renew()
        assert await desk.corrections.announce(newest(content)) == 1


async def test_nothing_is_announced_while_the_database_cannot_be_written(
    opens: Callable[..., Serving[Desk]], published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shown lately does not stand in it yet: those would never be told."""
    async with opens() as desk:
        desk.shows(published.before, 1)
        with monkeypatch.context() as patched:
            patched.setattr(Store, "writable", property(lambda _: False))
            with pytest.raises(StoreError):
                await desk.corrections.announce(newest(published.corrected))
        assert await desk.corrections.announce(newest(published.corrected)) == 1


async def test_an_edition_is_known_again_by_what_was_published_and_not_by_its_number(
    opens: Callable[..., Serving[Desk]], published: Published
) -> None:
    """A rebase gives it another id, and where the history was lost another edition gets its own."""
    edition = newest(published.corrected)
    async with opens() as desk:
        desk.shows(published.before, 1)
        assert await desk.corrections.announce(edition) == 1
    async with opens() as desk:
        assert await desk.corrections.announce(replace(edition, id="0123456789ab")) == 0
        assert await desk.corrections.announce(replace(edition, token="another")) == 1


async def test_a_fault_in_one_edition_holds_up_no_other_and_nothing_that_is_owed(
    opens: Callable[..., Serving[Desk]],
    published: Published,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    content, around = published.taken_back, Archive.around

    def breaks(archive: Archive, edition: Edition) -> object:
        if not edition.why.startswith("Undo"):
            raise KeyError("with words in it")
        return around(archive, edition)

    clock.now = newest(content).at.timestamp()
    monkeypatch.setattr(Archive, "around", breaks)
    async with opens(content=content) as desk:
        desk.shows(published.corrected, 1)
        await runs(desk, lambda: len(desk.post.sent) == 1)
    assert "edition 0001 cannot be announced: KeyError" in caplog.text
    assert "with words in it" not in caplog.text


async def test_whatever_fails_the_next_round_begins_anew(
    opens: Callable[..., Serving[Desk]],
    published: Published,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock.now = newest(published.corrected).at.timestamp()
    async with opens() as desk:
        desk.shows(published.before, 1)
        with monkeypatch.context() as patched:
            patched.setattr(Archive, "editions", lambda _: 1 / 0)
            await runs(desk, lambda: True)
        assert "corrections wait: ZeroDivisionError" in caplog.text
        await runs(desk, lambda: len(desk.post.sent) == 1)


async def test_whoever_is_left_when_the_program_is_killed_is_told_by_the_next_and_nobody_twice(
    opens: Callable[..., Serving[Desk]], published: Published, clock: Clock
) -> None:
    told: list[int] = []
    clock.now = newest(published.corrected).at.timestamp()
    async with opens() as desk:
        desk.shows(published.before, *range(1, 31))
    async with opens() as desk:
        assert await desk.corrections.announce(newest(published.corrected)) == 30
    for most in (0, 1, 7, 10_000):
        async with opens(most) as desk:
            await runs(desk, lambda: len(desk.post.sent) >= min(most, 30 - len(told)))  # noqa: B023
        told += [say.chat for say in desk.post.sent]
    assert sorted(told) == list(range(1, 31))


async def test_an_announcement_that_was_not_committed_is_made_at_the_next_start(
    opens: Callable[..., Serving[Desk]], published: Published, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = newest(published.corrected).at.timestamp()
    async with opens() as desk:
        desk.shows(published.before, 1, 2)
        await desk.store.settled()
        monkeypatch.setattr(desk.store.ledger, "owe", _killed)
        with pytest.raises(KeyboardInterrupt):
            await desk.corrections.announce(newest(published.corrected))
    async with opens() as desk:
        await runs(desk, lambda: len(desk.post.sent) == 2)
    async with opens() as desk:
        await runs(desk, lambda: True)
        assert desk.post.sent == []


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


async def test_after_its_days_it_is_forgotten_what_was_shown(
    opens: Callable[..., Serving[Desk]], published: Published, clock: Clock, file: Path
) -> None:
    async with opens() as desk:
        desk.shows(published.before, 1)
        clock.now += 10 * DAY
        desk.shows(published.before, 2)
        clock.now += 5 * DAY
        desk.store.ledger.forget(14 * DAY)
        assert await desk.corrections.announce(newest(published.corrected)) == 1
        clock.now += 15 * DAY
        desk.store.ledger.forget(14 * DAY)
        await desk.store.settled()
        assert rows(file) == {"figures": 0, "notices": 0, "shown": 0}


async def test_an_answer_is_noted_once_a_day_for_each_chat(
    opens: Callable[..., Serving[Desk]], published: Published, clock: Clock, file: Path
) -> None:
    async with opens() as desk:
        for _ in range(2):
            for _ in range(3):
                desk.shows(published.before, 1, 2)
            clock.now += DAY
        await desk.store.settled()
        assert rows(file) == {"figures": 1, "notices": 0, "shown": 4}


async def test_a_chat_is_nowhere_in_the_database_in_clear(
    opens: Callable[..., Serving[Desk]], published: Published, file: Path
) -> None:
    async with opens(most=0) as desk:
        desk.shows(published.before, CHAT)
        assert await desk.corrections.announce(newest(published.corrected)) == 1
        desk.shown.wish(CHAT + 1, corrections=False)
        await desk.store.settled()
        assert rows(file)["notices"] == 1
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    for chat in (CHAT, CHAT + 1):
        assert str(chat).encode() not in kept
        assert chat.to_bytes(6, "big") not in kept
        assert chat.to_bytes(6, "little") not in kept
    assert TOKEN.encode() not in kept
    assert ASKS.encode() not in kept


async def test_another_token_opens_no_seal_and_tells_nobody(
    opens: Callable[..., Serving[Desk]], published: Published
) -> None:
    async with opens() as desk:
        desk.shows(published.before, CHAT)
    async with opens(token="124:other") as desk:
        assert await desk.corrections.announce(newest(published.corrected)) == 0


def test_a_seal_opens_with_its_token_beside_its_own_pseudonym_alone() -> None:
    seal = Seal(TOKEN)
    closed = seal.closed(-1001234567890, 7, "amira")
    assert seal.opened(closed, "amira") == (-1001234567890, 7)
    assert seal.closed(-1001234567890, 7, "amira") != closed
    assert seal.opened(closed, "bao") is None
    assert Seal("124:other").opened(closed, "amira") is None
    assert seal.opened(seal.closed(CHAT, None, "amira"), "amira") == (CHAT, None)
    for damaged in (b"", closed[:-1], closed[:11], closed + b"x"):
        assert seal.opened(damaged, "amira") is None


# What is said of each kind of correction.

TRIAL = "knowledge/studies/trial.yaml"
SAID = [
    ("a figure", RATE, SHARE, "percent: 70", NOTICE.splitlines()[-1]),
    (
        "its source alone",
        RATE,
        '"Efficacy, item 1"',
        '"Efficacy, item 9"',
        f'Patients who responded: "{WAS} (share of patients, 21 studies)" stands, but its source is another: '
        "Review 2020, Efficacy, item 9.",
    ),
    (
        "who stands behind it",
        RATE,
        "studies: 21",
        "studies: 12",
        f'Patients who responded: it said "{WAS} (share of patients, 21 studies)"; it should say '
        f'"{WAS} (share of patients, 12 studies)" (Review 2020, Efficacy, item 1).',
    ),
]


@pytest.mark.parametrize(("path", "old", "new", "said"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_a_correction_says_what_was_wrong(small: Path, path: str, old: str, new: str, said: str) -> None:
    before = load(small)
    break_file(small, path, new, old)
    after = load(small)
    wrong = corrected(before, after)
    page = Correction({("response_rate", "amilol"): tuple(wrong.values())}).page(after)
    assert page.messages[0].splitlines()[-1] == said


def test_a_figure_that_is_gone_or_held_back_is_withdrawn_in_words(small: Path) -> None:
    before = load(small)
    text = (small / RATE).read_text()
    shortened = text.replace('answer: "{share} of', 'answer: "{trial.response} of')
    (small / RATE).write_text(
        shortened[: shortened.index("  share:")] + shortened[shortened.index("  cluster:\n    says") :]
    )
    after = load(small)
    (gone,) = corrected(before, after).values()
    (message,) = Correction({("response_rate", "amilol"): (gone,)}).page(after).messages
    assert message.endswith(
        f'Patients who responded: it said "{WAS}" (Review 2020, Efficacy, item 1). '
        "That is withdrawn, and no figure takes its place."
    )


SENTENCES = [
    ("of patients responded.", "of patients did not respond.", ["did not respond", "patients responded"]),
    ("{share} of patients responded.", "{trial.response} of patients responded.", ["30 of 41", WAS]),
]


@pytest.mark.parametrize(("old", "new", "both"), SENTENCES, ids=["other words", "another figure in it"])
def test_a_sentence_that_was_wrong_is_told_with_both_wordings(small: Path, old: str, new: str, both: list[str]) -> None:
    """Though every figure stands."""
    held, before = shown_in(small), load(small)
    break_file(small, RATE, new, old)
    found = Errata(before, load(small)).among(held)
    assert found is not None
    (line,) = found.page(load(small)).messages[0].splitlines()[2:]
    assert all(words in line for words in both)
    assert line.endswith(").")
    assert Errata(load(small), before).among(found.held) is not None, "who was told of it is told if that was wrong"


def test_a_sentence_that_reads_otherwise_because_of_its_figure_is_not_told_beside_it(small: Path) -> None:
    held, before = shown_in(small), load(small)
    break_file(small, RATE, "percent: 70", SHARE)
    found = Errata(before, load(small)).among(held)
    assert found is not None
    assert [one.finding for one in found.figures["response_rate", "amilol"]] == ["amilol.response_rate.share"]


def test_a_finding_that_stands_under_another_id_is_not_withdrawn(small: Path) -> None:
    """An editor renamed it: every reader sees the same."""
    held, before = shown_in(small), load(small)
    text = (small / RATE).read_text()
    (small / RATE).write_text(text.replace("{share}", "{responders}").replace("  share:", "  responders:"))
    assert "amilol.response_rate.responders" in load(small).findings
    assert Errata(before, load(small)).among(held) is None


def test_a_finding_is_withdrawn_though_another_that_was_there_prints_the_same(small: Path) -> None:
    text = (small / RATE).read_text()
    twin = text[text.index("  share:") : text.index("  cluster:\n    says")].replace("  share:", "  twin:")
    (small / RATE).write_text(text.replace("In one series: {trial.response}", "And {twin}") + twin)
    held, before = shown_in(small), load(small)
    (small / RATE).write_text(text.replace("In one series: {trial.response}", "And {share}"))
    found = Errata(before, load(small)).among(held)
    assert found is not None
    assert [one.finding for one in found.figures["response_rate", "amilol"]] == ["amilol.response_rate.twin"]


def test_of_a_long_sentence_that_part_is_told_in_which_it_differs() -> None:
    catalogue, long = load(SMALL), "many words " * 40
    one = Corrected("/0", "0", "1", "", f"{long}seldom {long}", f"{long}often {long}", "")
    (line,) = Correction({("response_rate", "amilol"): (one,)}).page(catalogue).messages[0].splitlines()[2:]
    assert "seldom" in line
    assert "often" in line
    assert line.endswith('…".')


def shown_in(content: Path) -> Held:
    """What an answer shows."""
    engine = build_engine(content)
    exhibit = Exhibits().of(engine.reply_to(ASKS).reply, engine.catalogue)
    assert exhibit is not None
    return read(exhibit.held)


def test_a_correction_of_very_much_is_one_message_that_says_there_is_more() -> None:
    catalogue = load(SMALL)
    many = tuple(Corrected(f"f{n}", "0", "1", "share", "x" * 5000, "y" * 5000, "Review") for n in range(50))
    page = Correction({("response_rate", "amilol"): many, ("dose", None): many}).page(catalogue)
    (message,) = page.messages
    assert len(message) < 4096
    assert message.count("it should say") == MOST_FIGURES
    assert message.endswith("Please ask again before you use them.")


def test_what_is_derived_from_a_wrong_figure_is_wrong_too(small: Path) -> None:
    span = "  all:\n    says: range\n    kind: span\n    of: [trial.dose, trial.dose_high]\n"
    with (small / TRIAL).open("a") as study:
        study.write("  dose_high:\n    says: highest dose\n    kind: single\n    value: {amount: 80, unit: mg daily}\n")
    with (small / "knowledge/amilol/dose.yaml").open("a") as answer:
        answer.write(f"findings:\n{span}")
    before = load(small)
    break_file(small, TRIAL, "amount: 90", "amount: 80")
    wrong = corrected(before, load(small))
    assert {key: (one.before, one.after) for key, one in wrong.items()} == {
        "trial.dose_high": ("80 mg daily", "90 mg daily"),
        "amilol.dose.all": ("50 to 80 mg daily", "50 to 90 mg daily"),
    }


def test_what_is_held_is_every_finding_of_an_answer_and_nothing_of_talk() -> None:
    engine, exhibits = build_engine(SMALL), Exhibits()
    exhibit = exhibits.of(engine.reply_to(ASKS).reply, engine.catalogue)
    assert exhibit is not None
    held = read(exhibit.held)
    assert list(held) == [("response_rate", "amilol")]
    *findings, sentence = held["response_rate", "amilol"]
    assert findings == ["amilol.response_rate.share", "trial.response"]
    assert sentence.startswith(SENTENCE)
    assert exhibits.of(engine.reply_to("thanks").reply, engine.catalogue) is None


def test_two_answers_that_differ_in_a_finding_are_never_taken_for_one_another(engine: Engine) -> None:
    """What an answer shows is remembered by its words: over all that is shipped these tell answers apart."""
    catalogue, statements, exhibits = engine.catalogue, Statements(engine.catalogue), Exhibits()
    library = library_of(catalogue)
    stated = [statements.of(Cell(topic, drug)) for drug, topic in catalogue.answers]
    stated += [statements.of_study(key) for key in catalogue.studies]
    for one in stated * 2:
        reply = Answered(Understood("exact"), (one,))
        exhibit, held = exhibits.of(reply, catalogue), held_by([one], library)
        assert exhibit == (Exhibit.of(held) if held else None)


# The program as a process.


async def test_a_killed_program_tells_everybody_in_the_end_and_almost_nobody_twice(
    world: TelegramWorld, published: Published, tmp_path: Path
) -> None:
    readers = [Person(world, f"Reader {number}") for number in range(8)]
    async with serve_world(world) as url:
        own = {"TELEGRAM_BOT_TOKEN": world.token, "TELEGRAM_API_URL": url}
        async with program(tmp_path, **own, CONTENT=str(published.before)) as running:
            await running.writes("serving as")
            assert all(WAS in said for said in await asyncio.gather(*map(asks, readers)))
            assert await running.stops() == 0
        for enough in (0, 3):
            async with program(tmp_path, **own, CONTENT=str(published.corrected)) as running:
                await running.writes("serving as")
                while len(_notices(world)) < enough:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                running.kill()
        async with program(tmp_path, **own, CONTENT=str(published.corrected)) as running:
            await running.writes("serving as")
            assert [said.text for said in await asyncio.gather(*(reader.hears() for reader in readers))] == [NOTICE] * 8
            assert await running.stops() == 0
    doubled = len(_notices(world)) - len(set(_notices(world)))
    print(f"corrections: {len(readers)} owed, two kills, 0 lost, {doubled} doubled")
    assert doubled <= 1


def _notices(world: TelegramWorld) -> list[int]:
    """The chats to which a correction went, each as often as it did."""
    sent = [call.values for call in world.calls_of("sendMessage") if call.status == 200]
    return [int(one["chat_id"]) for one in sent if str(one["text"]).startswith(HEADING)]

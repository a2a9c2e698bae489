"""The weekly digest: what wants a look, once a week, to editors, and nothing where nothing does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager as Serving
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.assembly import build_engine
from bot.chat.calls import Call, Say
from bot.chat.digest import Digest, Findings, Week
from bot.chat.outbox import DurableOutbox, Note
from bot.content.linking import load
from bot.live import LiveEngine
from bot.reviewing.due import due
from bot.store.store import Missed, Opinion, Store, opened
from tests.chat.conftest import serving
from tests.chat.fakes import Clock
from tests.emulator import Person, TelegramWorld

EDITORS = (7, 8)
WEEK = Week.on("monday", 8)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
TEXT = """This week for editors. Content {version}.
Overdue for a look at the source: 1
– Trial 2019, review by 2026-10-31 (2 findings)
Times a figure looked wrong to a reader: 1
Questions that were not understood or asked back: 2"""


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> float:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        (at(30, 8), at(30, 8)),
        (at(30, 7, 59), at(23, 8)),
        (at(30, 23), at(30, 8)),
        (at(29, 23), at(23, 8)),
        (at(1, 0, month=12), at(30, 8)),
        (at(7, 8, month=12), at(7, 8, month=12)),
    ],
)
def test_a_digest_is_due_on_its_day_at_its_hour_by_greenwich(now: float, latest: float) -> None:
    assert WEEK.latest(now) == latest


@dataclass
class Post:
    """Keeps what is delivered."""

    sent: list[Say] = field(default_factory=list)

    async def __call__(self, _: int, call: Call, note: Note) -> None:
        assert isinstance(call, Say)
        self.sent.append(call)
        await note()


@dataclass
class Desk:
    """A digest with its store and what it sent."""

    digest: Digest
    store: Store
    post: Post
    outbox: DurableOutbox

    async def sends(self, now: float) -> list[tuple[int, str]]:
        """What goes to whom at this moment."""
        self.post.sent.clear()
        await self.digest.send(now, datetime.fromtimestamp(now, UTC).date())
        await self.outbox.drained()
        return [(say.chat, say.html) for say in self.post.sent]


@pytest.fixture
def overdue(small: Path) -> Path:
    """Content in which one source was to be looked at by the end of October."""
    with (small / "knowledge/references/trial.yaml").open("a") as reference:
        reference.write("review_by: 2026-10-31\n")
    return small


@pytest.fixture
def clock() -> Clock:
    return Clock(now=at(20, 12))


@pytest.fixture
def opens(tmp_path: Path, clock: Clock) -> Callable[[Path], Serving[Desk]]:
    """Start over a folder of content, with the same database each time."""

    @asynccontextmanager
    async def open_desk(content: Path) -> AsyncIterator[Desk]:
        async with opened(f"sqlite+aiosqlite:///{tmp_path}/r.db", clock) as store:
            post = Post()
            outbox = DurableOutbox(post, store)
            await outbox.restore()
            live = LiveEngine(content, build_engine(content), build_engine)
            yield Desk(Digest(WEEK, live, store, outbox, lambda: EDITORS), store, post, outbox)

    return open_desk


async def fill(store: Store, clock: Clock) -> None:
    """What readers did: some of it before the latest digest, some after."""
    clock.now = at(22, 12)
    store.judge(1, Opinion("figure", "amilol/dose", "1"))
    store.miss(2, Missed("who", "not understood", "old"))
    clock.now = at(24, 12)
    store.judge(3, Opinion("figure", "amilol/dose", "1"))
    store.judge(4, Opinion("useful", "amilol/dose", "1"))
    store.miss(5, Missed("who", "not understood", "one"))
    store.miss(6, Missed("who", "asked back", "two"))
    await store.settled()


async def test_editors_are_told_once_a_week_what_wants_a_look(
    opens: Callable[[Path], Serving[Desk]], overdue: Path, clock: Clock
) -> None:
    text = TEXT.format(version=load(overdue).version)
    async with opens(overdue) as desk:
        clock.now = at(23, 8, 1)
        assert await desk.sends(clock.now) == []
        await fill(desk.store, clock)
        clock.now = at(30, 7, 59)
        assert await desk.sends(clock.now) == []
        clock.now = at(30, 8)
        assert await desk.sends(clock.now) == [(editor, text) for editor in EDITORS]
        clock.now = at(30, 9)
        assert await desk.sends(clock.now) == []


async def test_a_restart_neither_repeats_nor_loses_it(
    opens: Callable[[Path], Serving[Desk]], overdue: Path, clock: Clock
) -> None:
    async with opens(overdue) as desk:
        await desk.sends(clock.now)
    clock.now = at(2, 15, month=12)
    async with opens(overdue) as desk:
        assert len(await desk.sends(clock.now)) == 2
    async with opens(overdue) as desk:
        assert await desk.sends(clock.now) == []


async def test_where_nothing_wants_a_look_nothing_is_sent(
    opens: Callable[[Path], Serving[Desk]], small: Path, clock: Clock
) -> None:
    async with opens(small) as desk:
        for now in (clock.now, at(23, 9), at(30, 9)):
            clock.now = now
            assert await desk.sends(now) == []
        assert await desk.store.ledger.marked("digest") == at(30, 9)


async def test_it_runs_by_a_clock_that_is_passed_in(
    opens: Callable[[Path], Serving[Desk]], overdue: Path, clock: Clock
) -> None:
    class Enough(Exception):  # noqa: N818
        """Three weeks are over."""

    async def sleep(seconds: float) -> None:
        if clock.now > at(20, 12) + 21 * 86_400:
            raise Enough
        await clock.sleep(seconds)

    async with opens(overdue) as desk:
        with pytest.raises(Enough):
            await desk.digest.run(clock, lambda: datetime.fromtimestamp(clock.now, UTC).date(), sleep)
        await desk.outbox.drained()
        assert len(desk.post.sent) == 3 * len(EDITORS)


def test_a_long_list_names_the_first_and_counts_the_rest() -> None:
    catalogue = load(Path(__file__).parent.parent.parent)
    (text,) = Findings(due(catalogue, date(2029, 1, 1), 30), 0, 0).page(catalogue).messages
    lines = text.splitlines()
    assert lines[1].startswith("Withheld from readers, past their last day: ")
    assert len([line for line in lines if line.startswith("– ")]) == 12
    assert sum("more: python -m bot due" in line for line in lines) == 2
    assert len(text) < 1500


@pytest.mark.parametrize(("weekday", "told"), [("never", False), ("monday", True)])
async def test_the_program_sends_it_unless_the_operator_wants_none(
    world: TelegramWorld, overdue: Path, weekday: str, told: bool
) -> None:
    editor = Person(world, "Efua")
    await editor.starts()
    async with opened(f"sqlite+aiosqlite:///{overdue}/r.db", lambda: 0.0) as store:
        store.ledger.mark("digest")
    chosen: dict[str, Any] = {"editors": {editor.user["id"]}, "digest_weekday": weekday}
    async with serving(world, build_engine(overdue), overdue, **chosen):
        await editor.says("/status")
        heard = [(await editor.hears()).text for _ in range(2 + told)]
    assert any("This week for editors" in text for text in heard) is told

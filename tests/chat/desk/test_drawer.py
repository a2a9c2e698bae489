"""What editors have in hand, and the room where it is tried out."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from bot.chat.calls import Call, ShowTyping
from bot.chat.desk import backroom
from bot.chat.desk.backroom import Backroom, BusyError, LateError
from bot.chat.desk.buttons import Verb, button, item_under, tapped
from bot.chat.desk.drawer import (
    Awaited,
    Card,
    Change,
    Choice,
    Declining,
    Drawer,
    Editor,
    Founding,
    Lesson,
    Matter,
    Reversal,
    Unplaced,
)
from bot.chat.desk.edits import NewFigure, NewForeign, NewPhrase, NewText, NewTopic, Proof
from bot.chat.visit import Visit
from bot.domain.case import Expected
from bot.domain.figure import Effect, Interval95, Point, Range, Schedule, Share, Tally, Unit
from bot.store.rows import Proposed
from bot.store.store import PROPOSED_FOR, opened
from bot.writing import Label
from bot.writing.typed import Value
from tests.chat.fakes import Clock

DANA, VISIT = Editor(1, "Dana"), Visit(7, 1, 1)
CARD = Card((7, 8), ("dose", "source"))
TEST = Proof("dose", "zebra?", Label(Expected.ANSWER, ("dose",), ("amilol",), ("bemilol",)))
VALUES: list[Value] = [
    Share(count=17, of=48, percent=Decimal("35.4"), ci=Interval95(low=Decimal(22), high=Decimal(50))),
    Range(high=Decimal(3), unit=Unit.MONTH),
    Range(low=Decimal(2), high=Decimal(3), unit=Unit.MONTH, low_unit=Unit.WEEK),
    Point(amount=Decimal("0.50"), unit=Unit.MG_DAILY),
    Tally(number=5, unit=Unit.STUDY),
    Effect(amount=Decimal("2.3"), against="placebo"),
    Schedule(every=Decimal(3), unit=Unit.MONTH),
]
MATTERS: list[Matter] = [
    Unplaced("text", ("knowledge/a/b.yaml", "intents/b.yaml"), "why"),
    Choice(("amilol.dose.usual",), "25-70%"),
    Awaited("amilol.dose.usual"),
    *(Change(NewFigure("knowledge/a/b.yaml", "usual", value), "digest") for value in VALUES),
    Change(NewText("knowledge/a/b.yaml", "zebra"), "digest", "why", correction=True, handed_on=True),
    Change(NewPhrase("dose", "zebra {drug}", TEST), "digest", "why", (7, 8)),
    Change(NewTopic("zebra", "Zebra", "Zebra on {drug}?", ("zebra", "more"), TEST), "digest"),
    Change(NewForeign("drugs", "zebra", "zebra", TEST), "digest"),
    Reversal("0001"),
    CARD,
    Lesson(CARD, "dose"),
    Founding(CARD),
    Declining(CARD, "zebra"),
]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/r.db"


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: type(matter).__name__)
async def test_whatever_an_editor_has_in_hand_is_there_after_a_restart(url: str, matter: Matter) -> None:
    async with opened(url) as store:
        item = (await Drawer.of(store)).put(DANA, matter)
    async with opened(url) as store:
        assert (await Drawer.of(store)).get(item.id) == item


async def test_what_is_dropped_or_a_week_old_is_not(url: str, clock: Clock) -> None:
    async with opened(url, clock) as store:
        drawer = await Drawer.of(store, clock)
        dropped, kept = (drawer.put(DANA, Reversal("1")) for _ in range(2))
        drawer.drop(dropped)
        assert (drawer.get(dropped.id), drawer.get(kept.id)) == (None, kept)
        clock.now += PROPOSED_FOR
        assert drawer.get(kept.id) is None


async def test_what_another_version_kept_otherwise_is_given_up_without_its_words(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(url) as store:
        for id, body in (("a", "zebra"), ("b", '["Dana", "Zebra", {}]'), ("c", '["Dana", "Awaited", {"zebra": 1}]')):
            store.propose(Proposed(id, 1, body, time.time()))
        await store.settled()
        drawer = await Drawer.of(store)
        assert [drawer.get(id) for id in "abc"] == [None] * 3
    assert "zebra" not in caplog.text.lower()


def test_what_people_asked_or_editors_wrote_is_in_no_representation() -> None:
    assert [matter for matter in MATTERS if "zebra?" in repr(matter)] == []


def test_a_name_is_made_fit_for_a_line_of_the_history() -> None:
    assert str(Editor.called("Dana\n<root@x>\u202e Smith", 1)) == "Dana root@x Smith (1)"
    assert str(Editor.called("", 1)) == "? (1)"
    assert len(Editor.called("x" * 500, 1).name) == 60


def test_a_button_leads_back_to_what_it_is_about() -> None:
    class Shelf:
        def propose(self, proposed: Proposed) -> None: ...
        def settle(self, id: str) -> None: ...

    item = Drawer(Shelf()).put(DANA, CARD)
    made = button("dose", item, Verb.TEACH, 2)
    assert tapped(made.data) == (item.id, Verb.TEACH, "2")
    assert item_under(((made,),)) == item.id
    assert len(made.data.encode()) < 40


class Noted:
    """Keeps what is put into an outbox."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    async def put(self, update: int, *calls: Call) -> None:
        self.calls += calls

    async def seal(self, update: int) -> None: ...
    async def drained(self) -> None: ...


async def test_an_editor_has_one_change_tried_out_at_a_time_and_others_wait_in_turn() -> None:
    room, go = Backroom(Noted()), threading.Event()
    order: list[int] = []

    def slow() -> None:
        go.wait(5)
        order.append(1)

    first = asyncio.create_task(room.does(VISIT, slow))
    await asyncio.sleep(0)
    second = asyncio.create_task(room.does(Visit(8, 2, 2), lambda: order.append(2)))
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await room.does(VISIT, lambda: order.append(3))
    go.set()
    await asyncio.gather(first, second)
    assert order == [1, 2]
    assert await room.does(VISIT, lambda: 4) == 4


async def test_what_takes_too_long_shows_typing_until_then_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backroom, "SHOWN_FOR", 0.01)
    monkeypatch.setattr(backroom, "DEADLINE", 0.1)
    noted, go = Noted(), threading.Event()
    room = Backroom(noted)
    with pytest.raises(LateError) as late:
        await room.does(VISIT, lambda: go.wait(5) and 4)
    with pytest.raises(BusyError):
        await room.does(VISIT, lambda: 5)
    go.set()
    assert await late.value.work == 4
    assert {type(call) for call in noted.calls} == {ShowTyping}


def raising(error: BaseException) -> Callable[[], None]:
    """Work that ends so."""

    def work() -> None:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (ZeroDivisionError(), ZeroDivisionError),
        (TimeoutError(), TimeoutError),
        (StopIteration(), RuntimeError),
        (SystemExit(), RuntimeError),
        (asyncio.CancelledError(), RuntimeError),
    ],
    ids=repr,
)
async def test_what_goes_wrong_is_raised_where_it_is_waited_for_and_the_door_opens(
    error: BaseException, raised: type[Exception]
) -> None:
    """Whatever it is: a future cannot raise the end of an iterator, and nobody would ever come in again."""
    room = Backroom(Noted())
    async with asyncio.timeout(30):
        with pytest.raises(raised):
            await room.does(VISIT, raising(error))
        assert await room.does(VISIT, lambda: 4) == 4
        assert await room.does(Visit(8, 2, 2), lambda: 5) == 5

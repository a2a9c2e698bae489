"""What costs time is worked out once, of files that were read once, and holds up nobody."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from pathlib import Path

import pytest

from bot.changing import Review, Snapshot
from bot.content.files import Files, gather
from bot.domain.place import Problem
from bot.live import LiveEngine
from bot.workbench import changes, shelf
from bot.workbench.changes import Changes
from bot.workbench.shelf import Shelf

DAY = date(2026, 1, 1)
FIGURE = "knowledge/amilol/response_rate.yaml"


def test_problems_are_those_of_the_files_that_were_read(
    small: Path, live: LiveEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves between two looks: what is kept under the files of one is never what the other found."""
    kept, looks = Shelf(small, live), list[Files]()
    good = (small / FIGURE).read_text()

    def look(root: Path) -> Files:
        looks.append(gather(root))
        (small / FIGURE).write_text(good if len(looks) > 1 else good.replace("percent: 71", "percnt: 71"))
        return looks[-1]

    monkeypatch.setattr(shelf, "gather", look)
    assert not kept.problems(DAY).errors
    assert kept.problems(DAY).errors
    assert not kept.problems(DAY).errors
    assert len(looks) == 3


def test_the_same_files_are_checked_once_a_day(small: Path, live: LiveEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []

    def checked(_: Files, today: date) -> tuple[Problem, ...]:
        days.append(today)
        return ()

    monkeypatch.setattr(shelf, "problems_of", checked)
    kept = Shelf(small, live)
    for today in (DAY, DAY, date(2026, 1, 2)):
        kept.problems(today)
    assert days == [DAY, date(2026, 1, 2)]


async def test_whoever_waits_for_a_comparison_takes_no_thread_from_others(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is loaded again and again asks for many."""
    begun, ends = list[int](), threading.Event()

    def reviewed(*_: Snapshot | date) -> Review:
        begun.append(1)
        ends.wait(10)
        return Review((), ())

    monkeypatch.setattr(changes, "review", reviewed)
    asked = Changes(small)
    waiting = [asyncio.create_task(asked.review(DAY)) for _ in range(50)]
    await asyncio.sleep(0)
    assert await asyncio.wait_for(asyncio.to_thread(lambda: "answered"), 5) == "answered"
    ends.set()
    await asyncio.gather(*waiting)
    assert len(begun) == 50

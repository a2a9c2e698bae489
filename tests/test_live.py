"""Changed content goes live without a restart, and content with errors never does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import date
from itertools import chain, repeat
from pathlib import Path

import pytest

from bot.content.files import gather
from bot.content.layout import FOLDERS
from bot.domain.place import ContentError, Place, Problem
from bot.live import Answers, LiveEngine
from tests.chat.fakes import EchoEngine, catalogue

OLD, NEW = EchoEngine(catalogue("old")), EchoEngine(catalogue("new"))
PROBLEMS = (
    Problem(Place("knowledge/a.yaml", 3), "some-rule", "what is wrong", "how to mend it"),
    Problem(Place("intents/b.yaml", 9), "other-rule", "what else is wrong", "how to mend that"),
)


def refuses(_: Path) -> Answers:
    raise ContentError(PROBLEMS)


def breaks(_: Path) -> Answers:
    raise ValueError("with words in it")


async def test_good_content_takes_the_place_of_the_old() -> None:
    live = LiveEngine(Path(), OLD, lambda _: NEW)
    held = live.engine
    await live.renew()
    assert live.engine is NEW
    assert held is OLD


async def test_a_version_can_be_waited_for() -> None:
    """By whoever has published it: it is there at once, soon, or not in time."""
    live = LiveEngine(Path(), OLD, lambda _: NEW)
    assert await live.becomes("old", within=0)
    assert not await live.becomes("new", within=0.01)
    waiting = asyncio.create_task(live.becomes("new", within=5))
    await asyncio.sleep(0)
    await live.renew()
    assert await waiting


async def test_content_with_errors_leaves_the_old_and_every_problem_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    live = LiveEngine(Path(), OLD, refuses, clock=lambda: 5.0)
    await live.renew()
    assert live.engine is OLD
    assert "version old stays" in caplog.text
    assert (live.problems, live.loaded) == (tuple(map(str, PROBLEMS)), 5.0)
    assert all(str(problem) in caplog.text for problem in PROBLEMS)


async def test_content_that_was_mended_goes_live_and_its_problems_are_gone() -> None:
    moments, broken = iter([5.0, 6.0]), iter([True, False])
    live = LiveEngine(Path(), OLD, lambda path: refuses(path) if next(broken) else NEW, clock=lambda: next(moments))
    for _ in range(2):
        await live.renew()
    assert (live.engine, live.loaded, live.problems) == (NEW, 6.0, ())


async def test_whatever_else_fails_leaves_the_old_too(caplog: pytest.LogCaptureFixture) -> None:
    live = LiveEngine(Path(), OLD, breaks)
    await live.renew()
    assert live.engine is OLD
    assert "ValueError at test_live.py" in caplog.text
    assert "with words in it" not in caplog.text


async def test_content_that_is_judged_worse_leaves_the_old_too(caplog: pytest.LogCaptureFixture) -> None:
    """The reasons are told as errors are."""
    judged: list[tuple[Answers, Answers]] = []

    def judge(old: Answers, new: Answers) -> tuple[str, ...]:
        judged.append((old, new))
        return ("a question fails",) if len(judged) == 1 else ()

    live = LiveEngine(Path(), OLD, lambda _: NEW, judge=judge)
    await live.renew()
    assert (live.engine, live.problems) == (OLD, ("a question fails",))
    assert "a question fails" in caplog.text
    await live.renew()
    assert (live.engine, live.problems) == (NEW, ())
    assert judged == [(OLD, NEW), (OLD, NEW)]


async def test_a_changed_test_question_is_noticed(tmp_path: Path) -> None:
    """Where there are some: to mend one lets content in that it kept out."""
    content_in(tmp_path)
    (tmp_path / "tests/questions").mkdir(parents=True)
    loop, built, stop = asyncio.get_running_loop(), asyncio.Queue[list[str]](), asyncio.Event()

    def build(_: Path) -> Answers:
        loop.call_soon_threadsafe(built.put_nowait, [])
        return EchoEngine(catalogue(gather(tmp_path).version))

    watching = asyncio.create_task(LiveEngine(tmp_path, build(tmp_path), build).watch(stop))
    await built.get()
    await until_noticed(built, lambda turn: _write(tmp_path, turn, "tests/questions"))
    stop.set()
    await watching


async def test_of_two_looks_at_once_the_later_one_counts() -> None:
    """The earlier may take longer to build: one is built after the other."""
    later = threading.Event()
    building: list[Answers] = []

    def build(_: Path) -> Answers:
        building.append(engine := [OLD, NEW][len(building)])
        later.wait(0.2 if engine is OLD else 0)
        return engine

    live = LiveEngine(Path(), EchoEngine(catalogue("older")), build)
    await asyncio.gather(live.renew(), live.renew())
    assert building == [OLD, NEW]
    assert live.engine is NEW


async def test_what_was_saved_before_the_watch_began_is_read(tmp_path: Path) -> None:
    """While the first engine was built, say: no change of a file will tell of it."""
    live, stop = LiveEngine(content_in(tmp_path), OLD, lambda _: NEW), asyncio.Event()
    watching = asyncio.create_task(live.watch(stop))
    assert await live.becomes("new", within=10)
    stop.set()
    await watching


async def test_what_is_answered_from_already_is_not_read_again(tmp_path: Path) -> None:
    current = EchoEngine(catalogue(gather(content_in(tmp_path)).version))
    live, stop, looks = LiveEngine(tmp_path, current, lambda _: NEW), asyncio.Event(), asyncio.Event()
    live.tell(looks.set)
    watching = asyncio.create_task(live.watch(stop))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(looks.wait(), 0.3)
    stop.set()
    await watching
    assert live.engine is current


async def test_a_watch_that_ends_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With a loop and in the terminal alike; what answers goes on."""
    live = LiveEngine(tmp_path, OLD, lambda _: NEW)
    await live.watch(asyncio.Event())
    with live.watched():
        pass
    said = "the content is not watched, changes need a restart: FileNotFoundError"
    assert [said in line for line in caplog.messages] == [True, True]
    assert live.engine is OLD


def content_in(folder: Path) -> Path:
    """A folder in which something stands."""
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    (folder / "knowledge/drugs.yaml").write_text("amilol: {}\n")
    return folder


async def test_a_changed_yaml_file_is_noticed_and_any_other_is_not(tmp_path: Path) -> None:
    for folder in ("knowledge/thalidomide", "intents"):
        (tmp_path / folder).mkdir(parents=True)
    loop, built, stop = asyncio.get_running_loop(), asyncio.Queue[list[str]](), asyncio.Event()

    def build(content: Path) -> Answers:
        files = sorted(path.name for path in content.rglob("*.*"))
        loop.call_soon_threadsafe(built.put_nowait, files)
        return NEW

    watching = asyncio.create_task(LiveEngine(tmp_path, OLD, build).watch(stop))
    for _ in range(3):  # the first look may be at what was saved before the watch began
        files = await until_noticed(built, lambda turn: _write(tmp_path, turn))
    stop.set()
    await watching
    assert "dose.yaml" in files


async def test_a_new_day_is_noticed_with_a_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures may be past their last day, though no file has changed."""
    stop, renewed = asyncio.Event(), asyncio.Event()
    live = over_night(tmp_path, asyncio.get_running_loop(), renewed, monkeypatch)
    watching = asyncio.create_task(live.watch(stop))
    await asyncio.wait_for(renewed.wait(), 10)
    stop.set()
    await watching


async def test_a_new_day_is_noticed_in_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, watched from a thread."""
    renewed = asyncio.Event()
    live = over_night(tmp_path, asyncio.get_running_loop(), renewed, monkeypatch)
    with live.watched():
        await asyncio.wait_for(renewed.wait(), 10)


def over_night(
    content: Path, loop: asyncio.AbstractEventLoop, renewed: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> LiveEngine:
    """An engine that is put up on one day and looks at the calendar on the next."""
    monkeypatch.setattr("bot.live.TICK", 50)
    for folder in FOLDERS:
        (content / folder).mkdir()
    days = chain([date(2026, 1, 31)], repeat(date(2026, 2, 1)))

    def build(_: Path) -> Answers:
        loop.call_soon_threadsafe(renewed.set)
        return NEW

    current = EchoEngine(catalogue(gather(content).version))
    return LiveEngine(content, current, build, today=lambda: next(days))


async def until_noticed(built: asyncio.Queue[list[str]], write: Callable[[int], None]) -> list[str]:
    """What was built after the first change that the watcher saw; it says nowhere when it has begun to watch."""
    for turn in range(50):
        write(turn)
        try:
            return await asyncio.wait_for(built.get(), 0.2)
        except TimeoutError:
            continue
    raise AssertionError("no change was noticed")


def _write(content: Path, turn: int, folder: str = "knowledge/thalidomide") -> None:
    (content / folder / "dose.yaml").write_text(f"answer: {turn}\n")

"""Content that was saved by hand is judged by the test questions before a running bot takes it over."""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

import pytest

from bot.answering.engine import BLANK, Engine
from bot.assembly import build_engine, engine_of
from bot.cache import Cache
from bot.changing import Press, Snapshot
from bot.changing.gate import Gate
from bot.content.files import gather
from bot.domain.context import Context, Turn
from bot.live import LiveEngine
from tests.changing.conftest import ASKED, DAY, QUESTIONS, Edits, replacing

RENAMED: Edits = {"knowledge/drugs.yaml": ("name: bemilol", "name: zzzz")}
"""With it the second question is not understood any more."""
MENDED = ASKED.replace("expect: answer, topics: [response_rate], drugs: [bemilol]", "expect: out_of_domain")
FIRST_ONLY = "".join(ASKED.splitlines(keepends=True)[:1])


@pytest.fixture
def live(content: Path, kept: Cache) -> LiveEngine:
    """A bot that runs over the content."""

    def build(root: Path) -> Engine:
        return engine_of(gather(root), DAY, kept)

    return LiveEngine(content, build(content), build, today=lambda: DAY, judge=Gate(content).judge)


async def saved(live: LiveEngine, edits: Edits) -> bool:
    """Save by hand; whether the bot took it over."""
    for path, text in replacing(live.content, edits).edits.items():
        (live.content / path).unlink() if text is None else (live.content / path).write_text(text)
    before = live.engine
    await live.renew()
    return live.engine is not before


async def test_a_test_question_that_fails_keeps_a_hand_edit_out(
    live: LiveEngine, caplog: pytest.LogCaptureFixture
) -> None:
    """It is named by file, line and id, and never quoted; the last good content answers until that is mended."""
    assert not await saved(live, RENAMED)
    (problem,) = live.problems
    assert problem.startswith(
        f"{QUESTIONS}:2: error: the test question dose-2.0 fails, or fares worse than before [test-question]"
    )
    assert problem in caplog.text
    assert "how many of them" not in caplog.text
    assert await saved(live, {"knowledge/drugs.yaml": ("name: zzzz", "name: bemilol")})
    assert live.problems == ()


async def test_a_hand_edit_that_harms_no_question_is_taken_over(live: LiveEngine) -> None:
    assert await saved(live, {"knowledge/amilol/response_rate.yaml": ("percent: 71", "percent: 70")})


async def test_the_questions_are_put_to_each_engine_once(live: LiveEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came of them before the engine that answers is kept: a reload costs one pass."""
    asked: list[str] = []
    reply_to = Engine.reply_to

    def counted(engine: Engine, question: str, context: Context = BLANK) -> Turn:
        asked.append(question)
        return reply_to(engine, question, context)

    monkeypatch.setattr(Engine, "reply_to", counted)
    figures = ["71", "70", "69", "68"]
    passes = []
    for old, new in pairwise(figures):
        asked.clear()
        assert await saved(live, {"knowledge/amilol/response_rate.yaml": (f"percent: {old}", f"percent: {new}")})
        passes.append(len(asked) / 2)
    assert passes == [2, 1, 1]  # the first engine was never asked before


async def test_content_without_test_questions_costs_nothing(
    small: Path, kept: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_of(gather(small), DAY, kept)
    monkeypatch.setattr(Engine, "reply_to", lambda *_: pytest.fail("it was asked"))
    assert Gate(small).judge(engine, engine) == ()


@pytest.mark.parametrize("gone", [None, FIRST_ONLY, ASKED.replace("how many of them", "how many")])
async def test_a_question_is_not_disarmed_by_the_save_that_it_would_bar(gone: str | None, live: LiveEngine) -> None:
    """Whether its file goes, or it alone, or it is worded otherwise."""
    assert not await saved(live, {**RENAMED, QUESTIONS: gone})
    assert any("dose-2.0 was removed, and would fail" in problem for problem in live.problems)


async def test_a_question_that_was_wrong_is_mended_in_the_same_save(
    live: LiveEngine, caplog: pytest.LogCaptureFixture
) -> None:
    """Its label as it is now counts; in whichever order the two files are saved."""
    assert await saved(live, {**RENAMED, QUESTIONS: MENDED})
    assert "the test question dose-2.0 was relabelled" in caplog.text


@pytest.mark.parametrize("first", [0, 1])
async def test_two_files_may_be_saved_one_after_the_other(first: int, live: LiveEngine) -> None:
    """Between them the content is kept out, and nothing is lost."""
    saves: list[Edits] = [RENAMED, {QUESTIONS: MENDED}]
    assert not await saved(live, saves[first])
    assert await saved(live, saves[1 - first])


async def test_a_question_is_removed_in_a_save_of_its_own(live: LiveEngine, caplog: pytest.LogCaptureFixture) -> None:
    """Which the log says."""
    caplog.set_level(logging.WARNING)
    assert await saved(live, {QUESTIONS: FIRST_ONLY})
    assert "the test question dose-2.0 was removed" in caplog.text
    assert await saved(live, RENAMED)


async def test_questions_that_cannot_be_read_keep_content_out(live: LiveEngine) -> None:
    """Else a slip in their file would disarm them all."""
    assert not await saved(live, {QUESTIONS: "- {id: a}\n"})
    assert live.problems[0].startswith(f"{QUESTIONS}:1: error: these are no labelled questions")


async def test_a_restart_takes_the_content_as_it_is(live: LiveEngine) -> None:
    """Whatever the questions say: the way out where one of them is wrong."""
    assert not await saved(live, RENAMED)
    again = LiveEngine(live.content, build_engine(live.content), build_engine, judge=Gate(live.content).judge)
    await again.renew()
    assert again.problems == ()


def test_a_new_day_judges_nobody(content: Path, kept: Cache) -> None:
    """The same texts say less once figures are past their last day: these must go, whatever question asks for them."""
    today = engine_of(gather(content), DAY, kept)
    lost = Snapshot.of(content).changed_by(replacing(content, RENAMED))
    tomorrow = engine_of(lost.files, DAY, kept)
    assert Gate(content).judge(today, tomorrow) == ()


async def test_what_the_press_has_published_has_passed(live: LiveEngine, kept: Cache) -> None:
    """Undoing a lesson takes its question away, too."""
    content, press = live.content, Press(live.content, today=lambda: DAY, cache=kept)
    taught: Edits = {
        "intents/source.yaml": ("phrases:\n", "phrases:\n  - kitchen spoon for {drug}\n"),
        QUESTIONS: f"{ASKED}- {{id: new, text: kitchen spoon of amilol, expect: answer, topics: [source]}}\n",
    }
    press.publish(replacing(content, taught), "Ada", Snapshot.of(content).digest)
    await live.renew()
    press.undo("Ada")
    await live.renew()
    assert live.problems == ()
    assert live.engine.catalogue.version == gather(content).version


async def test_what_was_published_once_has_not_passed_for_ever(live: LiveEngine, kept: Cache) -> None:
    """It was taken back by hand, and a question was written that it would fail."""
    content, press = live.content, Press(live.content, today=lambda: DAY, cache=kept)
    (content / QUESTIONS).unlink()
    await live.renew()
    press.publish(replacing(content, RENAMED), "Ada", Snapshot.of(content).digest)
    await live.renew()
    assert await saved(live, {"knowledge/drugs.yaml": ("name: zzzz", "name: bemilol"), QUESTIONS: ASKED})
    assert not await saved(live, RENAMED)


async def test_what_was_published_over_a_bad_hand_edit_has_not(live: LiveEngine, kept: Cache) -> None:
    """The press compares with what lies there, the running bot with what answers."""
    content, press = live.content, Press(live.content, today=lambda: DAY, cache=kept)
    assert not await saved(live, RENAMED)
    edit: Edits = {"knowledge/drugs.yaml": ("name: zzzz", "name: zzzz  # as it is")}
    press.publish(replacing(content, edit), "Ada", Snapshot.of(content).digest)
    await live.renew()
    assert "dose-2.0" in live.problems[0]

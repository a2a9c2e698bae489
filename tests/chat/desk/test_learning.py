"""Learning from missed questions, only through people: cards, what becomes of each, and what is refused."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.answering.engine import Engine
from bot.changing.edition import Edition
from bot.changing.press import Press
from bot.changing.proposal import Proposal
from bot.chat.desk import backroom
from bot.content.document import Document, parse
from bot.store.rows import Missed
from bot.store.store import opened
from bot.writing import in_house_style
from tests.chat.desk.conftest import Desk
from tests.chat.desk.test_sending_files import noting
from tests.emulator import Person

KEPT = {"keep_missed_days": 5}


@pytest.fixture
def url(content: Path) -> str:
    """Where the bot keeps what was missed."""
    return f"sqlite+aiosqlite:///{content}/r.db"


async def miss(url: str, *questions: str) -> None:
    """These were asked and not understood, while the bot was up before."""
    async with opened(url) as store:
        for number, question in enumerate(questions, 1):
            store.miss(number, Missed("somebody", "not understood", question))


async def left(url: str) -> list[str]:
    """The missed questions that are still kept."""
    async with opened(url) as store:
        return [one.question for one in (await store.missed()).values()]


def texts(content: Path) -> dict[Path, str]:
    return {file: file.read_text() for file in content.rglob("*.yaml")}


def read(file: Path) -> Any:
    document = parse("", file.read_text(encoding="utf-8"))
    assert isinstance(document, Document)
    return document.data


async def test_what_was_asked_and_missed_is_answered_once_an_editor_has_taught_it(
    desk: Desk, dana: Person, content: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The commonest wording becomes a phrase, another one a permanent test question."""
    async with desk(**KEPT):
        sam = Person(dana.world, "Sam")
        for asked in ("amilol tablet strength", "bemilol tablet strength?", "tablet strength for amilol"):
            await sam.says(asked)
            assert "Amilol · dose" not in (await sam.hears()).text
        await dana.says("/missed")
        card = await dana.hears()
        assert card.text.splitlines()[:3] == ["Asked: 3. Cards: 1.", '"amilol tablet strength"', "The bot: asked back."]
        assert "• tablet strength for amilol" in card.text
        assert card.labels == [
            "Another way of asking: dose",
            "Another way of asking: response",
            "Another way of asking: source",
            "Another topic",
            "New topic",
            "Out of scope",
            "Discard",
        ]
        await dana.presses("Another way of asking: dose", on=card)
        reviewed = await dana.hears()
        assert "{drug} tablet strength" in reviewed.text
        assert "tablet strength for amilol" in reviewed.text
        assert "Why: Learnt from missed questions (3): another way of asking dose" in reviewed.text
        await dana.presses("Publish", on=reviewed)
        assert (await dana.hears()).text.startswith("Published, and live")
        await sam.says("amilol tablet strength")
        assert "Amilol · dose" in (await sam.hears()).text
        await dana.says("/missed")
        assert (await dana.hears()).text == "There is no missed question to learn from."
    assert "  - '{drug} tablet strength'" in (content / "intents/dose.yaml").read_text()
    assert read(content / "tests/questions/dose.yaml") == [
        {
            "id": "asked-dose-01",
            "text": "tablet strength for amilol",
            "expect": "answer",
            "topics": ["dose"],
            "drugs": ["amilol"],
            "avoid": ["bemilol"],
        }
    ]
    assert await left(url) == []
    assert "tablet" not in caplog.text


async def test_where_all_asked_in_the_same_words_the_editor_is_asked_for_others(
    desk: Desk, dana: Person, content: Path, url: str
) -> None:
    """A test question that is the phrase itself would test nothing."""
    await miss(url, "amilol tablet strength", "Bemilol: tablet strength")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Another way of asking: dose", on=await dana.hears())
        asked = await dana.hears()
        assert asked.text.startswith("I would learn: {drug} tablet strength\n")
        await dana.says("bemilol tablet strength", to=asked)
        assert (await dana.hears()).text == "That is the same once names are taken out. Please put it in other words."
        await dana.says("how strong are bemilol tablets", to=asked)
        reviewed = await dana.hears()
        assert "how strong are bemilol tablets" in reviewed.text
        await dana.presses("Publish", on=reviewed)
        await dana.hears()
    (test,) = read(content / "tests/questions/dose.yaml")
    assert (test["text"], test["drugs"]) == ("how strong are bemilol tablets", ["bemilol"])


async def test_what_stands_against_a_way_of_asking_is_shown_before_it_is_published(
    desk: Desk, dana: Person, url: str
) -> None:
    """The same as `new phrase` says at the terminal."""
    await miss(url, "usual dose of amilol")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Another topic", on=await dana.hears())
        await dana.presses("source", on=await dana.hears())
        await dana.says("where do amilol numbers come from", to=await dana.hears())
        reviewed = (await dana.hears()).text
    assert "What stands against this way of asking:\n• `dose` wins it clearly as things stand" in reviewed


async def test_what_takes_too_long_to_publish_is_told_of_when_it_ends_and_is_not_left_in_hand(
    desk: Desk, dana: Person, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its button leads nowhere any more, the questions are learnt, and undoing is offered."""
    go, publish = threading.Event(), Press.publish

    def slowly(press: Press, proposal: Proposal, by: str, over: str) -> Edition:
        go.wait(60)
        return publish(press, proposal, by, over)

    await miss(url, "amilol tablet strength", "tablet strength for amilol")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Another way of asking: dose", on=await dana.hears())
        reviewed = await dana.hears()
        monkeypatch.setattr(Press, "publish", slowly)
        monkeypatch.setattr(backroom, "DEADLINE", 0.1)
        await dana.presses("Publish", on=reviewed)
        assert (await dana.hears()).text.startswith("This takes longer than it should. It goes on")
        await dana.presses("Publish", on=reviewed)
        assert (await dana.hears()).text == "Your last change is still being tried out. One moment, please."
        go.set()
        live = await dana.hears()
        assert live.text.startswith("Published, and live")
        assert live.labels == ["Undo"]
        notice = await dana.sees_answer_to(await dana.presses("Publish", on=reviewed))
        assert "no longer open" in notice["text"]
    assert await left(url) == []


async def test_what_takes_too_long_and_fails_is_told_of_and_logged_without_a_word_of_it(
    desk: Desk, dana: Person, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> Edition:
        time.sleep(0.3)
        raise ZeroDivisionError("amilol tablet strength")

    await miss(url, "amilol tablet strength", "tablet strength for amilol")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Another way of asking: dose", on=await dana.hears())
        reviewed = await dana.hears()
        monkeypatch.setattr(Press, "publish", fails)
        monkeypatch.setattr(backroom, "DEADLINE", 0.1)
        await dana.presses("Publish", on=reviewed)
        assert (await dana.hears()).text.startswith("This takes longer than it should.")
        assert (await dana.hears()).text.startswith("Something went wrong on my side")
    assert "an editor's errand that took too long failed: ZeroDivisionError at test_learning.py" in caplog.text
    assert "tablet" not in caplog.text


async def test_what_would_make_another_test_question_fail_is_refused_and_the_questions_stay(
    desk: Desk, dana: Person, content: Path, url: str
) -> None:
    before = (content / "intents/source.yaml").read_text()
    await miss(url, "tell me a good joke about amilol")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Another topic", on=await dana.hears())
        every = await dana.hears()
        assert sorted(every.labels) == ["dose", "response", "source"]
        await dana.presses("source", on=every)
        await dana.says("what is the source of all this", to=await dana.hears())
        refused = await dana.hears()
        assert "worse: 1" in refused.text
        assert "• tell me a joke\n" in refused.text
        assert refused.text.endswith("This may not be published until what is named above is mended.")
        assert refused.labels == []
    assert (content / "intents/source.yaml").read_text() == before
    assert len(await left(url)) == 1


async def test_whoever_asks_does_not_wait_while_the_engine_reads_what_an_editor_writes(
    desk: Desk, dana: Person, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other wordings, and the lines of a new topic."""
    await miss(url, "amilol tablet strength")
    read_in: set[threading.Thread] = set()
    monkeypatch.setattr(Engine, "wording", noting(Engine.wording, read_in))
    async with desk(**KEPT):
        await dana.says("/missed")
        card = await dana.hears()
        await dana.presses("Another way of asking: dose", on=card)
        await dana.says("bemilol tablet strength", to=await dana.hears())
        await dana.hears()
        await dana.presses("New topic", on=card)
        await dana.says("juggling: juggling\nCan one?\njuggle on amilol\ndoes it juggle", to=await dana.hears())
        await dana.hears()
    assert read_in
    assert threading.main_thread() not in read_in


async def test_a_new_topic_is_recognised_and_said_not_to_be_curated_yet(
    desk: Desk, dana: Person, content: Path, url: str
) -> None:
    await miss(url, "amilol and juggling balls")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("New topic", on=await dana.hears())
        asked = await dana.hears()
        await dana.says("juggling", to=asked)
        assert (await dana.hears()).text.startswith("I need these lines:")
        lines = [
            "juggling: juggling",
            "May patients juggle on {drug}?",
            "is it safe to juggle with amilol",
            "juggling after bemilol",
        ]
        await dana.says("\n".join(lines), to=asked)
        reviewed = await dana.hears()
        assert "Publish" in reviewed.labels, reviewed.text
        await dana.presses("Publish", on=reviewed)
        assert (await dana.hears()).text.startswith("Published, and live")
        await dana.says("amilol and juggling balls")
        assert "juggling, amilol: not entered yet." in (await dana.hears()).text.lower()
    assert read(content / "intents/juggling.yaml") == {
        "title": "juggling",
        "question": "May patients juggle on {drug}?",
        "phrases": ["{drug} juggling balls", "May patients juggle on {drug}?", "is it safe to juggle with {drug}"],
    }
    for path in ("intents/juggling.yaml", "tests/questions/juggling.yaml"):
        text = (content / path).read_text(encoding="utf-8")
        assert in_house_style(text, path) == text
    assert await left(url) == []


async def test_what_is_declined_is_named_in_latin_letters(desk: Desk, dana: Person, content: Path, url: str) -> None:
    """Said before anything else is asked; another word is taken then."""
    await miss(url, "is zelbine any good")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Out of scope", on=await dana.hears())
        asked = await dana.hears()
        await dana.says("зелбин", to=asked)
        assert (await dana.hears()).text.startswith('"зелбин" cannot be entered: the name of its entry is made of')
        await dana.says("Zélbine 5", to=asked)
        await dana.presses("drugs", on=await dana.hears())
        await dana.presses("Publish", on=await dana.hears())
        assert (await dana.hears()).text.startswith("Published, and live")
    assert read(content / "intents/out_of_scope/drugs.yaml")["entries"]["zelbine_5"] == {"name": "zélbine 5"}


@pytest.mark.parametrize("typed", [True, False])
async def test_what_is_not_covered_is_declined_by_name(
    desk: Desk, dana: Person, content: Path, url: str, typed: bool
) -> None:
    await miss(url, "is zelbine any good")
    async with desk(**KEPT):
        await dana.says("/missed")
        await dana.presses("Out of scope", on=await dana.hears())
        asked = await dana.hears()
        assert "zelbine" in asked.labels
        if typed:
            await dana.says("Zelbine", to=asked)
        else:
            await dana.presses("zelbine", on=asked)
        lists = await dana.hears()
        assert lists.text == 'In which list does "zelbine" belong?'
        await dana.presses("drugs", on=lists)
        reviewed = await dana.hears()
        assert "not covered, zelbine" in reviewed.text
        await dana.presses("Publish", on=reviewed)
        assert (await dana.hears()).text.startswith("Published, and live")
        await dana.says("is zelbine any good")
        assert "I do not cover zelbine." in (await dana.hears()).text
    (test,) = read(content / "tests/questions/out_of_domain.yaml")
    assert (test["text"], test["expect"]) == ("is zelbine any good", "out_of_domain")


async def test_a_card_that_teaches_nothing_is_deleted_and_the_next_one_shown(
    desk: Desk, dana: Person, url: str
) -> None:
    await miss(url, "amilol tablet strength", "bemilol tablet strength", "where is the bus stop")
    async with desk(**KEPT):
        await dana.says("/missed")
        card = await dana.hears()
        await dana.presses("Discard", on=card)
        assert (await dana.hears()).text == "Missed questions deleted: 2."
        assert '"where is the bus stop"' in (await dana.hears()).text
        notice = await dana.sees_answer_to(await dana.presses("Discard", on=card))
        assert "no longer open" in notice["text"]
    assert await left(url) == ["where is the bus stop"]


async def test_a_card_keeps_no_words_so_that_none_outlive_their_days(
    desk: Desk, dana: Person, content: Path, url: str
) -> None:
    await miss(url, "amilol tablet strength")
    async with desk(**KEPT):
        await dana.says("/missed")
        card = await dana.hears()
        await dana.presses("Another way of asking: dose", on=card)
        asked = await dana.hears()
    async with opened(url) as store:
        assert not [kept for kept in await store.proposed() if "tablet" in kept.body]
        store.learnt([1])
        await store.settled()
    async with desk(**KEPT):
        await dana.presses("Another way of asking: dose", on=card)
        assert (await dana.hears()).text.startswith("That is no longer open.")
        await dana.says("how strong are bemilol tablets", to=asked)
        assert (await dana.hears()).text.startswith("That is no longer open.")


async def test_without_an_editor_nothing_is_learnt_however_often_it_is_asked(
    desk: Desk, dana: Person, content: Path
) -> None:
    before = texts(content)
    async with desk(**KEPT):
        for _ in range(20):
            await dana.says("amilol tablet strength")
            await dana.hears()
    assert texts(content) == before

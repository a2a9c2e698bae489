"""Feedback: one button that unfolds five, and what is kept and logged of a tap."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.chat.feedback import Subject, Verdict, subject_of, tapped
from bot.chat.keyboard import MOST_BYTES
from tests.emulator import Person, TelegramWorld

FIVE = ["Useful", "Wrong drug", "Wrong topic", "Too long", "Figure looks wrong"]


def test_every_button_of_every_answer_is_short_enough_and_leads_back_to_the_answer(engine: Engine) -> None:
    catalogue = engine.catalogue
    for drug, topic in [*catalogue.cells, (None, None)]:
        subject = Subject(topic, drug, catalogue.version)
        buttons = [button for row in subject.buttons(catalogue) for button in row]
        assert [button.label for button in buttons] == FIVE
        assert all(len(button.data.encode()) <= MOST_BYTES for button in buttons)
        assert [tapped(button.data) for button in buttons] == [
            (verdict, subject)
            for verdict in (
                Verdict.USEFUL,
                Verdict.WRONG_DRUG,
                Verdict.WRONG_TOPIC,
                Verdict.TOO_LONG,
                Verdict.WRONG_FIGURE,
            )
        ]
        assert tapped(subject.button(catalogue).data) == (None, subject)


@pytest.mark.parametrize(
    "data", ["f1", "f0|useful|||1", "f1|zebra|||1", "f1|useful||", "f1|useful|||", "f1|useful|||1|"]
)
def test_data_that_this_version_does_not_make_says_nothing(data: str) -> None:
    assert tapped(data) is None


@pytest.mark.parametrize(
    "subject",
    [
        Subject("zebra", None, "1"),
        Subject(None, "zebra", "1"),
        Subject(None, None, "1\nzebra"),
        Subject(None, None, ""),
    ],
)
def test_what_the_content_does_not_know_is_neither_kept_nor_logged(engine: Engine, subject: Subject) -> None:
    assert not subject.is_known(engine.catalogue)


def test_replies_to_questions_can_be_judged_and_talk_cannot(engine: Engine) -> None:
    version = engine.catalogue.version
    judged = {
        "thal relapse": Subject("relapse_rate", "thalidomide", version),
        "pomalidomide dose": Subject("dose", None, version),
        "zebra": Subject(None, None, version),
        "thanks": None,
    }
    assert {question: subject_of(engine.reply_to(question).reply, engine.catalogue) for question in judged} == judged


async def test_one_button_unfolds_the_five_and_a_choice_folds_them_away(chidi: Person) -> None:
    await chidi.says("amilol response")
    answer = await chidi.hears()
    assert [[button.label for button in row] for row in answer.rows][-1] == ["Chart", "Share", "Feedback"]
    others = answer.labels[:-1]
    assert await chidi.sees_answer_to(await chidi.presses("Feedback", on=answer))
    unfolded = await chidi.hears()
    assert (unfolded.edited, unfolded.labels, unfolded.text) == (True, [*others, *FIVE], answer.text)
    notice = await chidi.sees_answer_to(await chidi.presses("Too long", on=unfolded))
    assert notice["text"] == "Thank you. It is kept without your name and without your question."
    assert (await chidi.hears()).labels == others


async def test_a_figure_that_looks_wrong_is_a_warning_with_the_answers_ids_alone(
    chidi: Person, small_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    await chidi.says("what is the dose of amilol please")
    await chidi.hears()
    await chidi.presses("Feedback")
    await chidi.hears()
    await chidi.sees_answer_to(await chidi.presses("Figure looks wrong"))
    (record,) = [record for record in caplog.records if record.name == "bot.chat.opinions"]
    version = small_engine.catalogue.version
    assert record.getMessage() == (
        f"to a reader a figure looks wrong: topic dose, drug amilol, content version {version}"
    )
    assert record.levelname == "WARNING"
    assert "please" not in caplog.text
    assert str(chidi.user["id"]) not in caplog.text


async def test_a_reply_that_was_not_an_answer_can_be_judged_too(chidi: Person) -> None:
    await chidi.says("zebra")
    assert (await chidi.hears()).labels[-1] == "Feedback"


@pytest.mark.parametrize("data", ["f1|useful|zebra|amilol|1", "f9", "f1|useful|dose"])
async def test_a_forged_or_old_button_is_said_to_have_expired_and_nothing_is_kept(
    chidi: Person, data: str, caplog: pytest.LogCaptureFixture
) -> None:
    data = data.replace("f9", "f1|")
    notice = await chidi.sees_answer_to(await chidi.presses_old(data))
    assert "older version" in notice["text"]
    assert "zebra" not in caplog.text


async def test_a_second_tap_on_the_same_button_is_not_a_fault(
    chidi: Person, world: TelegramWorld, caplog: pytest.LogCaptureFixture
) -> None:
    await chidi.says("amilol dose")
    answer = await chidi.hears()
    await chidi.presses("Feedback", on=answer)
    await chidi.hears()
    assert await chidi.sees_answer_to(await chidi.presses("Feedback", on=answer))
    await world.bell.until("calls", lambda: len(world.calls_of("editMessageReplyMarkup")) == 2, 5)
    await chidi.says("amilol dose")
    await chidi.hears()
    assert "given up" not in caplog.text

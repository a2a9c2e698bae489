"""Feedback: one button that unfolds what fits the reply, and what is kept and logged of a tap."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.chat import charts, correction, doubts, feedback, keyboard, links, office, studies
from bot.chat.desk import buttons as desk
from bot.chat.entry import Entry, coded, decoded
from bot.chat.feedback import VERDICTS, Subject, Verdict, named, subject_of, tapped
from bot.chat.keyboard import MOST_BYTES
from tests.emulator import Person, Reply, TelegramWorld

FIVE = ["Useful", "Wrong drug", "Wrong topic", "Too long", "Figure looks wrong"]
AMILOL = Entry("dose", "amilol").code


def test_every_answer_has_a_code_of_its_own_that_leads_back_to_it(engine: Engine) -> None:
    catalogue = engine.catalogue
    entries = [Entry(topic, drug, group) for drug, topic in catalogue.cells for group in (None, *catalogue.populations)]
    assert len({one.code for one in entries}) == len(entries)
    assert [decoded(one.code, catalogue) for one in entries] == [(one,) for one in entries]


@pytest.mark.parametrize("kind", list(VERDICTS))
def test_every_button_is_short_enough_and_leads_back_to_the_reply(engine: Engine, kind: str) -> None:
    """Even where the reply is about four answers."""
    catalogue = engine.catalogue
    about = tuple(Entry(topic, drug, "children") for drug, topic in catalogue.cells)[:4]
    for entries in ((), about[:1], about):
        subject = Subject(kind, entries, catalogue.version)
        buttons = [button for row in subject.buttons(catalogue) for button in row]
        assert [tapped(button.data, catalogue) for button in buttons] == [(one, subject) for one in VERDICTS[kind]]
        assert tapped(subject.button(catalogue).data, catalogue) == (None, subject)
        naming = subject.naming("x" * 8, catalogue)
        assert named(naming.data, catalogue) == (subject, "x" * 8)
        assert all(len(one.data.encode()) <= MOST_BYTES for one in (*buttons, naming, subject.button(catalogue)))


def test_only_where_there_are_figures_can_one_look_wrong() -> None:
    doubtful = {kind for kind, verdicts in VERDICTS.items() if Verdict.WRONG_FIGURE in verdicts}
    assert doubtful == {"answer", "not_reported", "studies", "chart"}


@pytest.mark.parametrize(
    "data",
    [
        *("f2", "f1|useful|dose|amilol|1", "f2|answer|zebra||1", "f2|answer|useful|", "f2|answer|useful||"),
        *("f2|answer|useful||1|", "f2|zebra|useful||1", "f2|answer|useful|zebra1|1", "f2|answer|useful|zeb|1"),
        *("f2|coverage|figure||1", "f2|answer|useful||1\nzebra", f"f2|answer|useful|{AMILOL * 5}|1"),
    ],
)
def test_data_that_this_version_and_content_do_not_make_says_nothing(small_engine: Engine, data: str) -> None:
    """So that nothing forged is kept or logged."""
    assert tapped(data, small_engine.catalogue) is None


def test_replies_to_questions_can_be_judged_and_greetings_cannot(engine: Engine) -> None:
    judged = {
        "thal relapse": ("answer", "thalidomide/relapse_rate"),
        "thal dose in children": ("not_reported", "thalidomide/dose/children"),
        "dose of thal and len": ("answer", "thalidomide/dose, lenalidomide/dose"),
        "pomalidomide dose": ("out_of_scope", "-/dose"),
        "zebra": ("not_understood", ""),
        "who are you": ("small_talk", ""),
        "John Smith, born 3 May 1961, thal dose?": ("identifier", ""),
        "thal " * 500: ("too_long", ""),
        "thanks": None,
        "hello": None,
        "": None,
    }
    found = {}
    for question in judged:
        subject = subject_of(engine.reply_to(question), engine.catalogue)
        found[question] = (subject.kind, ", ".join(one.name for one in subject.about)) if subject else None
    assert found == judged


async def test_one_button_unfolds_the_five_and_a_choice_folds_them_away(chidi: Person) -> None:
    await chidi.says("amilol response")
    answer = await chidi.hears()
    assert [[button.label for button in row] for row in answer.rows][-1] == ["Chart", "Studies", "Share", "Feedback"]
    others = answer.labels[:-1]
    assert await chidi.sees_answer_to(await chidi.presses("Feedback", on=answer))
    unfolded = await chidi.hears()
    assert (unfolded.edited, unfolded.labels, unfolded.text) == (True, [*others, *FIVE], answer.text)
    notice = await chidi.sees_answer_to(await chidi.presses("Too long", on=unfolded))
    assert notice["text"] == "Thank you. It is kept without your name and without your question."
    assert (await chidi.hears()).labels == others


async def unfolds(chidi: Person, words: str) -> Reply:
    """The reply to these words with its feedback unfolded."""
    await chidi.says(words)
    await chidi.presses("Feedback", on=await chidi.hears())
    return await chidi.hears()


async def test_a_figure_that_looks_wrong_is_a_warning_with_the_answers_names_alone(
    chidi: Person, small_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    await unfolds(chidi, "what is the dose of amilol in children please")
    await chidi.sees_answer_to(await chidi.presses("Figure looks wrong"))
    (record,) = [record for record in caplog.records if record.name == "bot.chat.opinions"]
    version = small_engine.catalogue.version
    assert record.getMessage() == (
        f"to a reader a figure looks wrong: amilol/dose/children @ {version}; editors who are told: 0"
    )
    assert record.levelname == "WARNING"
    assert "please" not in caplog.text
    assert str(chidi.user["id"]) not in caplog.text


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        ("zebra", [*FIVE[:4], "Should be answered"]),
        ("amilol for John Smith, born 3 May 1961", ["Useful", "Too long", "Should be answered"]),
        ("amilol " * 500, ["Useful", "Too long", "Should be answered"]),
        ("/studies amilol", FIVE),
        ("/chart response amilol", FIVE),
        ("/coverage", ["Useful", "Not useful", "Too long"]),
    ],
)
async def test_what_was_no_answer_to_a_question_can_be_judged_in_words_that_fit(
    chidi: Person, words: str, choices: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Also a refusal: that there was no patient in the question can be said without any of the question."""
    unfolded = await unfolds(chidi, words)
    assert unfolded.labels[-len(choices) :] == choices
    notice = await chidi.sees_answer_to(await chidi.presses(choices[-1], on=unfolded))
    assert notice["text"].startswith("Thank you")
    assert "Smith" not in caplog.text


async def test_of_the_bot_as_a_whole_one_says_it_with_a_command(chidi: Person) -> None:
    await chidi.says("/feedback")
    page = await chidi.hears()
    assert page.labels == ["Useful", "Not useful"]
    notice = await chidi.sees_answer_to(await chidi.presses("Not useful", on=page))
    assert notice["text"].startswith("Thank you")
    assert (await chidi.hears()).labels == []


async def test_in_a_group_others_may_judge_a_reply_after_one_of_them_has(chidi: Person, world: TelegramWorld) -> None:
    bao, ward = Person(world, "Bao"), world.new_group("Ward 5")
    for person in (chidi, bao):
        person.enters(ward)
    await chidi.says("@rounds_test_bot amilol dose")
    answer = await chidi.hears()
    await bao.hears()
    for person, verdict in ((chidi, "Useful"), (bao, "Figure looks wrong")):
        await person.presses("Feedback", on=answer)
        unfolded = await person.hears()
        notice = await person.sees_answer_to(await person.presses(verdict, on=unfolded))
        assert notice["text"].startswith("Thank you")
        folded = await person.hears()
        assert "Feedback" in folded.labels
        assert not set(FIVE) & set(folded.labels)


@pytest.mark.parametrize("data", ["f2|answer|useful|zebra1|1", "f2|", "f2|useful|dose"])
async def test_a_forged_button_is_said_to_have_expired_and_nothing_is_kept(
    chidi: Person, data: str, caplog: pytest.LogCaptureFixture
) -> None:
    notice = await chidi.sees_answer_to(await chidi.presses_old(data))
    assert "older version" in notice["text"]
    assert "zebra" not in caplog.text


@pytest.mark.parametrize("data", ["f1||dose|amilol|1", "f1|figure|dose|amilol|1", "n1|dose|amilol|1"])
async def test_a_button_of_an_earlier_version_of_the_bot_says_that_it_has_expired(chidi: Person, data: str) -> None:
    await chidi.presses_old(data)
    assert "older version" in (await chidi.hears()).text


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


def test_no_two_kinds_of_button_begin_alike() -> None:
    """Else one would be taken for the other."""
    kinds = [one.TAP for one in (charts, correction, doubts, feedback, links, studies, desk)]
    kinds += [feedback.NAMING, keyboard.OPTION, office.REVOKE]
    assert len(set(kinds)) == len(kinds)


def test_codes_of_several_answers_stand_one_after_another(small_engine: Engine) -> None:
    both = (Entry("dose", "amilol"), Entry("dose", "bemilol", "children"))
    assert decoded(coded(both), small_engine.catalogue) == both
    assert decoded("", small_engine.catalogue) == ()

"""What stands under a reply, and how long it may be."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.chat.charts import Charts
from bot.chat.composition import composed
from bot.chat.keyboard import option_of, wants_all
from bot.chat.page import Page
from bot.domain.reply import NotUnderstood


def labels(page: Page) -> list[str]:
    return [button.label for row in page.buttons for button in row]


@pytest.mark.parametrize("question", ["thal dose", "thal vs len dose", "compare thal and len", "thal dose in discoid"])
def test_in_a_group_one_question_gets_one_message_with_a_button_for_the_whole(engine: Engine, question: str) -> None:
    page = composed(engine.reply_to(question), engine, Charts(), in_one=True)
    (text,) = page.messages
    wholes = [button for row in page.buttons for button in row if wants_all(button.data)]
    assert (engine.catalogue.messages.shortened in text) == bool(wholes)
    for button in wholes:
        option = option_of(button.data)
        assert option is not None
        whole = composed(engine.reply_to_option(option), engine, Charts())
        assert engine.catalogue.messages.shortened not in "".join(whole.messages)


def test_under_an_answer_stand_its_studies_where_there_are_some(engine: Engine) -> None:
    assert "Studies" in labels(composed(engine.reply_to("thal relapse"), engine, Charts()))
    assert "Studies" not in labels(composed(engine.reply_to("source"), engine, Charts()))


def test_a_button_that_leads_to_a_gap_says_so_in_words(engine: Engine) -> None:
    page = composed(engine.reply_to("thal neuropathy monitoring"), engine, Charts())
    assert "Lenalidomide: Neuropathy monitoring (not reported)" in labels(page)


@pytest.mark.parametrize("words", ["zzz qqq", "blorf"])
def test_words_that_nobody_placed_are_not_understood_whatever_was_spoken_of(engine: Engine, words: str) -> None:
    before = engine.reply_to("thal dose").context
    reply = engine.reply_to(words, before).reply
    assert isinstance(reply, NotUnderstood)
    assert [option.label for option in reply.options] == [one.text for one in engine.catalogue.messages.examples]


def test_a_guess_at_what_was_meant_begins_by_saying_that_it_is_one(engine: Engine) -> None:
    before = engine.reply_to("thal dose").context
    page = composed(engine.reply_to("banana", before), engine, Charts())
    assert page.messages[0].startswith("I did not understand that.")


def test_a_sentence_on_a_patient_that_asks_nothing_gets_one_message(engine: Engine) -> None:
    before = engine.reply_to("thal dose").context
    turn = engine.reply_to("my patient has a headache", before)
    assert turn.reply.understood.topics == ("other_adverse_events",)
    assert len(composed(turn, engine, Charts()).messages) == 1


def test_every_topic_is_listed_once_and_none_is_left_over(engine: Engine) -> None:
    groups = engine.catalogue.topic_groups
    assert sorted(topic for _, topics in groups for topic in topics) == sorted(engine.catalogue.topics)
    assert engine.catalogue.messages.other_topics not in dict(groups)

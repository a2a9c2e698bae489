"""What could tell who a patient is is refused unread; what only looks like it is answered."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.domain.context import Context
from bot.domain.reply import Refused
from bot.evaluating.questions import read_questions
from bot.matching.identifiers import Identifier, identifier_in
from tests.identifiers.corpus import Case, cases

QUESTIONS = sorted((Path(__file__).parent.parent / "questions").glob("*.yaml"))
RECALL, FALSE_ALARMS = 0.9, 0.05
"""Of what is held apart; nothing is missed, and nothing mistaken, in what was looked at while building."""


def seen(engine: Engine, question: str) -> Identifier | None:
    return identifier_in(question, engine.index.is_of_content)


@pytest.mark.parametrize("case", cases("development"), ids=lambda case: case.question)
def test_each_is_told_from_its_like(engine: Engine, case: Case) -> None:
    assert (seen(engine, case.question) is not None) == (case.kind is not None)


def test_of_each_kind_there_are_many_and_most_of_what_was_held_apart_is_told_too(engine: Engine) -> None:
    everything = [*cases("development"), *cases("apart")]
    assert min(sum(case.kind is not None for case in everything), sum(case.kind is None for case in everything)) >= 200
    told = defaultdict(list)
    for case in cases("apart"):
        told[case.kind is not None].append(seen(engine, case.question) is not None)
    assert sum(told[True]) >= RECALL * len(told[True])
    assert sum(told[False]) <= FALSE_ALARMS * len(told[False])


def test_no_ordinary_question_is_refused(engine: Engine) -> None:
    """Nor any way of asking that the content teaches."""
    asked = [turn.text for case in read_questions(QUESTIONS) for turn in case.turns]
    taught = [phrase for topic in engine.catalogue.topics.values() for phrase in topic.phrases]
    assert [question for question in (*asked, *taught) if seen(engine, question)] == []


def test_the_refusal_says_what_was_seen_and_repeats_nothing_of_it(engine: Engine) -> None:
    turn = engine.reply_to("thal dose for mrs zebrawski, dob 12/03/1961", Context(topics=("dose",)))
    assert isinstance(turn.reply, Refused)
    assert "a full date" in turn.reply.text
    assert turn.context.topics == ("dose",)
    assert "zebrawski" not in turn.reply.text


def test_an_explanation_shows_nothing_of_what_was_refused(engine: Engine) -> None:
    interpretation = engine.interpret("thal dose for mrs zebrawski")
    assert "zebrawski" not in repr(interpretation)
    assert interpretation.trace.normalised == ""

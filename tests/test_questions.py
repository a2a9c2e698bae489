"""The shipped bot on questions written apart from its training phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.evaluating.evaluation import Evaluation, evaluate
from bot.evaluating.overlap import overlaps
from bot.evaluating.questions import read_questions
from bot.evaluating.verdict import DANGEROUS

FILES = sorted((Path(__file__).parent / "questions").glob("*.yaml"))
RIGHT, WITHIN_A_TAP = 0.90, 0.965
"""A little under what was measured last: who falls below has lost something."""


@pytest.fixture(scope="module")
def evaluation(engine: Engine) -> Evaluation:
    """Every question, put once."""
    return evaluate(engine, read_questions(FILES))


def test_no_reply_is_dangerous(evaluation: Evaluation) -> None:
    """No figures of another drug, none for what is not covered, none where the sources give none."""
    assert not [(one.verdict, one.name) for one in evaluation.judged if one.verdict in DANGEROUS]


def test_most_questions_are_answered_right_at_once(evaluation: Evaluation) -> None:
    """And nearly all of them in one tap."""
    assert evaluation.right >= RIGHT
    assert evaluation.within_a_tap >= WITHIN_A_TAP


def test_no_question_was_taught(engine: Engine) -> None:
    """None stands among the training phrases, also not once names are masked and abbreviations written out."""
    assert not [one.name for one in overlaps(engine, read_questions(FILES))]


def test_every_topic_is_asked_about(engine: Engine, evaluation: Evaluation) -> None:
    """At least ten questions on each."""
    asked = evaluation.by(lambda one: one.asked)
    assert not [topic for topic in engine.catalogue.topics if asked[topic].total() < 10]

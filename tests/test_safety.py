"""What must never happen: a figure for another drug, for a group that has none, or for what nobody understood.

Each question here once got a figure that it must not get.
"""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.answering.stating import PRESENT
from bot.domain.context import Context
from bot.domain.reply import Answered, Reply

Said = set[tuple[str, str | None]]


def said(reply: Reply) -> Said:
    """Topic and drug of everything that is stated as reported."""
    stated = reply.stated if isinstance(reply, Answered) else ()
    return {(one.topic, one.drug) for one in stated if one.state in PRESENT}


def conversation(engine: Engine, *questions: str) -> list[Reply]:
    """The replies to questions in one conversation."""
    context, replies = Context(), []
    for question in questions:
        turn = engine.reply_to(question, context)
        context = turn.context
        replies.append(turn.reply)
    return replies


@pytest.mark.parametrize(
    "question",
    [
        "methotrexate dose with thalidomide",
        "dose of dapsone with thalidomide",
        "hydroxychloroquine dose with lenalidomide",
        "pomalidomide after thalidomide response rate",
        "pomalidomide relapse after thalidomide failed",
        "rituximab tried after thalidomide: response rate",
        "thal or mtx",
        "is thalidomide better than belimumab",
        "thal dose in myeloma",
        "thalidomide dose with BMS986165",
    ],
)
def test_a_question_on_another_drug_or_disease_gets_no_figure(engine: Engine, question: str) -> None:
    """Whatever of ours it names beside it."""
    assert said(engine.reply_to(question).reply) == set()


@pytest.mark.parametrize("drug", ["thalidomide", "lenalidomide"])
@pytest.mark.parametrize(
    "group",
    [
        "aged 12",
        "age 12",
        "in a 9 yo",
        "for 8 month old",
        "twelve year old",
        "in newborn",
        "in the under 5s",
        "in young people",
        "age 80",
        "in very old patients",
        "in transplant",
        "in infection",
        "in coma",
        "in heart disease",
        "in renal failure",
        "in hepatic imparment",
        "in breastfeeding",
        "in cancer patients",
        "in diabetics",
        "in blorbitis",
    ],
)
def test_a_group_without_figures_gets_no_general_figure(engine: Engine, drug: str, group: str) -> None:
    """Said to be missing, or asked back; never the figure for everybody."""
    assert said(engine.reply_to(f"{drug} dose {group}").reply) == set()


@pytest.mark.parametrize(
    "question",
    [
        "my patient has blorbitis, can I give thalidomide and what dose",
        "my patient failed on thalidomide, dose of blorbitumab",
        "should I give my patient thalidomide or blorbitumab",
        "Cuadrado thalidomide dose in pregnancy",
        "what did Cuadrado find in children",
        "overdose in a child on thalidomide",
        "thalidomide dose per kg in children",
    ],
)
def test_neither_one_patient_nor_a_study_nor_an_aspect_gets_past_the_guards(engine: Engine, question: str) -> None:
    """Guards come before every answer."""
    assert not any(topic in {"dose", "studies"} for topic, _ in said(engine.reply_to(question).reply))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("thalidomide neuropathy", {("neuropathy_incidence", "thalidomide")}),
        ("Cuadrado lenalidomide relapse", {("relapse_rate", "lenalidomide")}),
        ("toxicity of lenalidomide not thalidomide", {("other_adverse_events", "lenalidomide")}),
        (
            "relapse rate for thalidomide but response rate for lenalidomide",
            {("relapse_rate", "thalidomide"), ("response_rate", "lenalidomide")},
        ),
        ("relapse rate after 5 years of thalidomide", {("relapse_rate", "thalidomide")}),
        ("dose of lanolidomide", {("dose", "lenalidomide")}),
    ],
)
def test_each_part_of_a_question_is_answered_for_its_own_drug(engine: Engine, question: str, expected: Said) -> None:
    """Nothing is crossed over, and a time span is no age."""
    assert said(engine.reply_to(question).reply) == expected


@pytest.mark.parametrize(
    "questions",
    [
        ("thalidomide dose", "in leprosy", "relapse rate"),
        ("lenalidomide relapse", "and pomalidomide", "and time to relapse"),
        ("thalidomide", "and lenalidomide"),
        ("thalidomide dose", "and belimumab?"),
    ],
)
def test_what_was_declined_or_never_asked_is_not_carried_on(engine: Engine, questions: tuple[str, ...]) -> None:
    """The last question gets a question back, not a figure."""
    assert said(conversation(engine, *questions)[-1]) == set()


def test_a_short_follow_up_on_pregnancy_prevention_stays_there(engine: Engine) -> None:
    """ "How long after" is then no question on relapse."""
    topics = {
        topic for topic, _ in said(conversation(engine, "contraception on thalidomide", "how long after stopping")[-1])
    }
    assert "time_to_relapse" not in topics

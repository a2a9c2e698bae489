"""What could tell who a patient is is refused unread; what only looks like it is answered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.engine import Engine
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context
from bot.domain.reply import Refused
from bot.evaluating.questions import read_questions
from bot.matching.identifiers import Identifier, identifier_in
from tests.identifiers.corpus import HELD, PARTS, cases

QUESTIONS = sorted((Path(__file__).parent.parent / "questions").glob("*.yaml"))
LOWEST = {"development": 0.93, "spare": 0.94, HELD: 0.82}
"""The share of the questions with an identifier that must be refused: a little less than is."""
MOST_ALARMS = {"development": 4, "spare": 0, HELD: 9}
ASKED = (
    "what did {} find?",
    "relapse rate in {}",
    "{} dose",
    "is {} ok for lupus",
    "dose for {}?",
    "{}",
    "{}'s results",
    "for {}, how many patients?",
    "{} on 50 mg",
)
"""Ways to ask about what the content names."""
LONGEST, SLOWEST = 4_096, 0.05


def seen(engine: Engine, question: str) -> Identifier | None:
    return identifier_in(question, engine.index)


@pytest.mark.parametrize("part", PARTS)
def test_most_of_what_holds_an_identifier_is_refused_and_hardly_anything_else(engine: Engine, part: str) -> None:
    clear = [case for case in cases(part) if not case.grey]
    refused = {case: seen(engine, case.question) is not None for case in clear}
    holding = [refused[case] for case in clear if case.kind]
    assert sum(holding) >= LOWEST[part] * len(holding)
    assert sum(refused[case] for case in clear if not case.kind) <= MOST_ALARMS[part]


def test_of_each_there_are_many_and_none_stands_in_two_parts() -> None:
    everything = [case for part in PARTS for case in cases(part)]
    assert sum(case.kind is not None for case in everything) >= 500
    assert sum(case.kind is None for case in everything) >= 500
    different = len({case.question for case in everything})
    assert different == len(everything)


def test_the_kind_that_is_named_is_nearly_always_the_right_one(engine: Engine) -> None:
    """The reader is told what to leave out."""
    named = [(case.kind, kind) for case in cases("development") if case.kind and (kind := seen(engine, case.question))]
    assert sum(kind == told for kind, told in named) >= 0.97 * len(named)


def test_no_ordinary_question_is_refused(engine: Engine) -> None:
    """Nor any way of asking that the content teaches."""
    asked = [turn.text for case in read_questions(QUESTIONS) for turn in case.turns]
    taught = [phrase for topic in engine.catalogue.topics.values() for phrase in topic.phrases]
    assert [question for question in (*asked, *taught) if seen(engine, question)] == []


def names(catalogue: Catalogue) -> Iterator[str]:
    """Of everything that the content names: studies, drugs, sources, and what it declines."""
    for study in catalogue.studies.values():
        yield from (study.name, *study.aliases)
    for drug in catalogue.drugs.values():
        yield from (drug.name, *drug.aliases)
    for foreign in catalogue.foreign.values():
        for entry in foreign.entries.values():
            yield from (entry.name, *entry.aliases)
    yield from (reference.tag for reference in catalogue.references.values() if reference.tag)


@pytest.mark.parametrize("way", ASKED)
def test_nothing_that_the_content_names_is_taken_for_a_patient(engine: Engine, way: str) -> None:
    questions = [way.format(spelt) for name in names(engine.catalogue) for spelt in (name, name.lower())]
    assert [question for question in questions if seen(engine, question)] == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("seen 12/03/2024, relapse on thal", Identifier.DATE),
        ("started thal on 12/03/2024, relapse now", None),
        ("start thal in march 2024", None),
        ("started thal in a lady born 12/03/1961", Identifier.DATE),
        ("label revised 14 March 2023, clots?", None),
    ],
)
def test_a_full_date_is_refused_unless_treatment_or_printing_is_what_happened_then(
    engine: Engine, question: str, kind: Identifier | None
) -> None:
    assert seen(engine, question) is kind


REPEATED = (
    *(
        "a",
        "1",
        "1 ",
        "1-",
        "12/",
        "a.",
        "a b ",
        "a@",
        "@a.",
        "+1",
        "0 ",
        "(1",
        "a1",
        "O.",
        "1 a ",
        "one ",
        "no 1",
        "for ",
    ),
    *("okafor ", "okafor-", "mr ", "bed 4 ", "thalidomde ", "born ", "1 may ", "siriporn's ", "pt okafr, ", "nr "),
)
"""Pieces that the patterns begin with."""


@pytest.mark.parametrize("piece", REPEATED)
def test_no_text_takes_long(engine: Engine, piece: str) -> None:
    """Whatever is repeated: no pattern runs away."""
    text = (piece * LONGEST)[:LONGEST]
    took = []
    for _ in range(5):
        start = time.process_time()
        seen(engine, text)
        took.append(time.process_time() - start)
    assert min(took) < SLOWEST


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_without_an_error(engine: Engine, text: str) -> None:
    assert seen(engine, text) in {None, *Identifier}


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

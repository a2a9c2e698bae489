"""No edit of an answer can lose a safety line: it hangs on drug and topic by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.engine import Engine
from bot.answering.stating import PRESENT, Cell, Statements, library_of
from bot.content.linking import load
from bot.domain.answer import Answer, Disagreement, Gap, Special, State
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, NotReported, Stated, Understood
from bot.rendering import html, plain
from tests.conftest import SHIPPED

CATALOGUE = load(SHIPPED)
HANGS_ON = [
    (key, drug, topic)
    for key, rider in CATALOGUE.riders.items()
    for topic in rider.topics
    for drug in rider.drugs
    if drug in CATALOGUE.drugs_of(topic)
]
GROUPS = (None, *CATALOGUE.populations)

SENTENCES = st.text(st.characters(blacklist_characters="{}", blacklist_categories=("Cs", "Cc")), min_size=1).filter(
    str.strip
)
ABSENCES = st.sampled_from([State.NOT_REPORTED, State.NOT_MEASURED])
ANSWERS = st.builds(
    Answer,
    state=st.sampled_from([State.REPORTED, State.REPORTED_NONE, State.NOT_REPORTED, State.NOT_MEASURED]),
    answer=SENTENCES,
    details=st.lists(SENTENCES, max_size=3).map(tuple),
    disagreements=st.lists(st.builds(Disagreement, about=SENTENCES, sides=st.tuples(SENTENCES, SENTENCES)), max_size=1),
    populations=st.dictionaries(st.sampled_from(GROUPS[1:]), st.builds(Special, answer=SENTENCES), max_size=2),
    gaps=st.dictionaries(st.sampled_from(GROUPS[1:]), st.builds(Gap, state=ABSENCES, says=SENTENCES), max_size=2),
    findings=st.just({}),
)


def shown(stated: Stated, catalogue: Catalogue) -> tuple[str, str]:
    """What a reader gets, as plain text and as HTML."""
    understood = Understood("exact")
    reply = Answered(understood, (stated,)) if stated.state in PRESENT else NotReported(understood, (stated,))
    library = library_of(catalogue)
    return plain.text(reply, library), "".join(html.messages(reply, library))


@pytest.mark.parametrize(("key", "drug", "topic"), HANGS_ON)
def test_every_safety_line_is_shown_where_it_hangs(key: str, drug: str, topic: str, engine: Engine) -> None:
    """On each drug and topic that riders.yaml names, for everyone and for every group."""
    for group in GROUPS:
        stated = Statements(engine.catalogue).of(Cell(topic, drug, population=group))
        assert all(engine.catalogue.riders[key].says in text for text in shown(stated, engine.catalogue))


@settings(max_examples=200, deadline=None)
@given(answer=ANSWERS, place=st.sampled_from(HANGS_ON), group=st.sampled_from(GROUPS))
def test_no_edit_of_an_answer_loses_a_safety_line(
    answer: Answer, place: tuple[str, str, str], group: str | None
) -> None:
    """Whatever an editor writes for the answer, its groups and its gaps."""
    key, drug, topic = place
    edited = replace(CATALOGUE, answers={**CATALOGUE.answers, (drug, topic): answer})
    stated = Statements(edited).of(Cell(topic, drug, population=group))
    assert all(CATALOGUE.riders[key].says in text for text in shown(stated, edited))


@pytest.mark.parametrize("topic", ["dose", "induction_strategy", "combination", "length_of_use"])
def test_pregnancy_prevention_hangs_on_everything_about_taking_either_drug(topic: str, engine: Engine) -> None:
    """Dose, starting, combining, and for how long."""
    rider = engine.catalogue.riders["pregnancy_prevention"]
    assert topic in rider.topics
    assert set(rider.drugs) == set(engine.catalogue.drugs)

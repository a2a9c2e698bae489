"""What is left out where several answers do not fit one message."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answering.engine import Engine
from bot.answering.stating import Cell, Statements
from bot.domain.reply import Answered, Understood
from bot.rendering.fitting import fitted
from bot.rendering.html import messages


def together(engine: Engine, topic: str, *notes: str) -> Answered:
    """What is said of a topic for each of its drugs, in one reply."""
    statements = Statements(engine.catalogue)
    stated = (statements.of(Cell(topic, drug)) for drug in engine.catalogue.drugs_of(topic) or (None,))
    return Answered(Understood("exact", notes=notes), tuple(stated))


def one_by_one(reply: Answered, engine: Engine) -> Answered:
    """The same by trying: the last detail of the longest answer goes, until it fits or none is left."""
    while len(messages(reply, engine.library)) > 1 and any(one.details for one in reply.stated):
        longest = max(reply.stated, key=lambda one: len(one.details))
        shorter = replace(longest, details=longest.details[:-1], is_shortened=True)
        reply = replace(reply, stated=tuple(shorter if one is longest else one for one in reply.stated))
    return reply


@pytest.mark.parametrize("notes", [(), ("Read on from thalidomide.",)])
def test_no_more_is_left_out_than_must_be(engine: Engine, notes: tuple[str, ...]) -> None:
    """Which is found by halving; with a note on how the question was read there is less room."""
    shortened = 0
    for topic in engine.catalogue.topics:
        reply = together(engine, topic, *notes)
        short = fitted(reply, engine.library)
        assert messages(short, engine.library) == messages(one_by_one(reply, engine), engine.library), topic
        shortened += short.stated != reply.stated
    assert shortened


def test_an_answer_is_fitted_once_but_of_what_was_typed_nothing_is_kept(engine: Engine) -> None:
    """A note on how the question was read may hold a word of it."""
    topics = engine.catalogue.topics
    long = next(one for one in topics if len(messages(together(engine, one), engine.library)) > 1)
    plain = together(engine, long)
    again = replace(plain, understood=Understood("alias", confidence=0.5))
    assert fitted(plain, engine.library).stated is fitted(again, engine.library).stated
    noted = replace(plain, understood=Understood("corrected", notes=("I read “dohse” as dose.",)))
    assert fitted(noted, engine.library).stated is not fitted(noted, engine.library).stated

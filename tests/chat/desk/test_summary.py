"""A review fits into a message, whatever it holds, and loses nothing: the whole comes as a document."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.changing.answers import ChangedAnswer
from bot.changing.difference import Difference, Sort
from bot.changing.page import page as page_of
from bot.changing.review import Review
from bot.changing.trial import Trial
from bot.chat.desk import summary
from bot.chat.desk.proposals import LONGEST_WHY, reason
from bot.chat.desk.summary import Summary
from bot.domain.place import Place, Problem

LIMIT = 4096
LONG = "figure & sentence " * 200


def of(number: int, text: str) -> Review:
    """So many differences and answers."""
    differences = tuple(
        Difference(Sort.SENTENCE, f"{text}{one}", f"new {text}{one}", "about", Place("knowledge/a.yaml", one + 1))
        for one in range(number)
    )
    answers = tuple(ChangedAnswer(f"Title {one}", f"{text} was", f"{text} now") for one in range(number))
    return Review((), differences, answers)


@pytest.mark.parametrize(("number", "text"), [(1, "short"), (6, "short"), (7, "short"), (3, LONG), (8, LONG)])
def test_what_does_not_fit_is_in_the_document(engine: Engine, number: int, text: str) -> None:
    words, found = engine.catalogue.messages.editing, of(number, text)
    below = words.because.format(why=reason(LONG * 9))
    page = Summary.of(found, words).page(words, words.proposed.format(who="x" * 80), below)
    (message,) = page.messages
    assert len(message.replace("&amp;", "&")) <= LIMIT
    is_whole = number <= summary.SHOWN and text == "short"
    assert page.file == (None if is_whole else (summary.DOCUMENT, page_of(found)))
    assert (words.all_of_it in message) is not is_whole


MANY = tuple(f"{letter} failed" for letter in "abcdefgh")


@pytest.mark.parametrize(
    "found",
    [Review((), (), taught=MANY), Review((), (), adversary=Trial(100, 8, MANY))],
    ids=["taught questions", "failures before the adversary"],
)
def test_what_is_left_out_of_a_list_is_in_the_document_whichever_it_is(engine: Engine, found: Review) -> None:
    told = Summary.of(found, engine.catalogue.messages.editing)
    assert MANY[-1] not in told.short
    assert told.whole
    assert MANY[-1] in told.whole


def test_what_stands_against_a_change_comes_first_and_is_in_the_document_too(engine: Engine) -> None:
    words = engine.catalogue.messages.editing
    few, many = (Summary.of(of(1, text), words, MANY[:2]) for text in ("short", LONG))
    assert few.short.splitlines()[:4] == [words.objections, "• a failed", "• b failed", ""]
    assert few.whole is None
    assert many.whole
    assert many.whole.startswith(f"{words.objections}\n• a failed\n• b failed\n")


def test_a_reason_is_one_line_and_no_longer_than_a_paragraph() -> None:
    assert reason(" a\n\n b ") == "a b"
    assert len(reason("x" * 9999)) == LONGEST_WHY


@pytest.mark.parametrize("number", [1, 200])
def test_errors_are_those_of_check_and_all_of_them_are_sent(engine: Engine, number: int) -> None:
    problems = tuple(
        Problem(Place("knowledge/a.yaml", one), "rule", "what is wrong", "mend it") for one in range(number)
    )
    page = summary.errors(Review(problems, ()), engine.catalogue.messages.editing)
    (message,) = page.messages
    assert len(message) <= LIMIT
    sent = page.file[1] if page.file else message
    assert all(str(problem) in sent for problem in problems)

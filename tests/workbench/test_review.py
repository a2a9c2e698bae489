"""A change as the page shows it: every part of a review has its place."""

from __future__ import annotations

import re

from bot.changing import ChangedAnswer, ChangedQuestion, Difference, Fate, Review, Sort, Trial
from bot.domain.place import Place, Problem
from bot.workbench.paper import TEMPLATES

PLACE = Place("knowledge/amilol/response_rate.yaml", 11)
FIGURE = Difference(Sort.FIGURE, "71%", "70%", "response, amilol", PLACE, finding="amilol.response_rate.share")


def shown(review: Review) -> str:
    """The words of the page, in one line."""
    page = TEMPLATES.get_template("review.html").render(review=review)
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_a_change_that_may_go_live_shows_what_differs_and_which_answers_change() -> None:
    answer = ChangedAnswer("Amilol · response", "one\n71% of patients", "one\n70% of patients")
    page = shown(Review((), (FIGURE,), (answer,), adversary=Trial(1200, 0, ())))
    for words in (
        *("May go live.", "Before: 71% → Now: 70%", "response, amilol · figure", f"{PLACE}", FIGURE.finding or ""),
        *("Amilol · response", "Before71% of patients", "Now70% of patients", "No new dangerous answers"),
    ):
        assert words in page


def test_what_keeps_a_change_from_going_live_is_named() -> None:
    worse = ChangedQuestion("dose/1", "<dose>?", "right · dose", "dangerous · response", Fate.WORSE)
    review = Review((), (FIGURE,), (), (worse,), ("dose/2 is taught",), Trial(1200, 1, ("a near miss is answered",)))
    page = shown(review)
    for words in (
        *("May not go live.", "1 test questions fare worse", "1 test questions stand among the training phrases"),
        *("Worse: &lt;dose&gt;?", "right · dose → dangerous · response", "dose/2 is taught", "a near miss is answered"),
    ):
        assert words in page
    error = Problem(PLACE, "a-rule", "what is wrong", "how to mend it")
    assert "1 to mend under Problems." in shown(Review((error,), (FIGURE,)))


def test_what_is_new_or_gone_is_said_to_be() -> None:
    differences = (
        Difference(Sort.FILE, None, "file a.yaml", "answer", Place("a.yaml")),
        Difference(Sort.FILE, "file b.yaml", None, "answer", Place("b.yaml")),
    )
    page = shown(
        Review((), differences, (ChangedAnswer("New one", None, "words"), ChangedAnswer("Old", "words", None)))
    )
    for words in ("Added: file a.yaml", "Removed: file b.yaml", "New one (new)", "Old (gone)", "Beforenothing"):
        assert words in page


def test_where_nothing_differs_that_is_all() -> None:
    assert shown(Review((), ())) == "Nothing differs: the files are what is live."

"""The ranker learns from labelled phrases alone, and is sure only of questions that are like them."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.ranker import CANDIDATES, Ranker

PATTERNS = {
    "dose": ["what dose of {drug}", "how much {drug} to start", "starting dose", "how many mg a day", "usual dose"],
    "onset": ["how soon does it work", "time to response", "when does {drug} kick in", "how long until it helps"],
    "relapse": ["does it come back after stopping", "relapse rate off {drug}", "how often do they flare again"],
    "nerves": ["does {drug} cause neuropathy", "risk of numb feet", "tingling in the hands on treatment"],
    "clots": ["risk of thrombosis", "do they get clots on {drug}", "is a dvt common", "stroke or embolism risk"],
}
MANNERS = ["{}", "{} please", "tell me {}", "{} in skin lupus", "quick question {}", "{} in adults"]
PHRASES = [
    (manner.replace("{}", pattern), label)
    for label, patterns in PATTERNS.items()
    for pattern, manner in product(patterns, MANNERS)
]


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker.train(PHRASES)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What dose to start with?", "dose"),
        ("how long until {drug} works", "onset"),
        ("do they flare after stopping", "relapse"),
        ("numb hands and tingling", "nerves"),
        ("dvt or stroke on {drug}", "clots"),
        ("neuropahty risk in adlts", "nerves"),
    ],
)
def test_a_question_in_other_words_finds_its_label(ranker: Ranker, question: str, label: str) -> None:
    assert ranker.rank(question).candidates[0].label == label


def test_candidates_stand_best_first_and_their_chances_add_up(ranker: Ranker) -> None:
    scores = [candidate.score for candidate in ranker.rank("usual dose").candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)


def test_no_more_than_the_best_few_candidates_are_given() -> None:
    phrases = [(f"{word}{n} {word}{n} {other}", f"label {n}") for n in range(15) for word, other in ("ab", "cd", "ef")]
    assert len(Ranker.train(phrases).rank("a1 a1 b").candidates) == CANDIDATES


def test_a_question_from_elsewhere_is_less_in_scope_than_any_from_here(ranker: Ranker) -> None:
    here = min(ranker.rank(text).in_scope for text in ("which dose a day", "chance of clots", "numb feet on {drug}"))
    there = max(ranker.rank(text).in_scope for text in ("book me a flight", "who won the match", "qwzx vbnj", ""))
    assert there < here


def test_phrases_known_to_be_from_elsewhere_lower_what_is_like_them() -> None:
    elsewhere = ["what dose for my dog", "starting dose for the cat", "how many mg for a horse", "dose in a dog"]
    question = "what dose for a dog"
    warned = Ranker.train(PHRASES, elsewhere=elsewhere).rank(question).in_scope
    assert warned < Ranker.train(PHRASES).rank(question).in_scope


def test_the_ranking_shows_how_the_question_was_read(ranker: Ranker) -> None:
    ranking = ranker.rank("Ussual DOSE of {drug}?")
    assert ranking.text == "usual dose of {drug}"
    assert ranking.corrections == (("ussual", "usual"),)


def test_a_placeholder_is_one_word_and_shares_nothing_with_the_word_inside_it() -> None:
    ranker = Ranker.train([("{disease} {disease}", "masked"), ("{disease} now", "masked"), ("diseases", "plain")] * 3)
    assert ranker.rank("disease").candidates[0].label == "plain"
    assert ranker.rank("{disease}").candidates[0].label == "masked"


def test_the_same_phrases_and_seed_give_the_same_ranking(ranker: Ranker) -> None:
    again = Ranker.train(PHRASES)
    assert again.rank("how soon") == ranker.rank("how soon")


def test_the_order_of_the_phrases_does_not_matter(ranker: Ranker) -> None:
    assert Ranker.train(PHRASES[::-1]).rank("how soon") == ranker.rank("how soon")


@pytest.mark.parametrize("phrases", [[], [("dose", "dose"), ("how much", "dose")]])
def test_fewer_than_two_labels_are_refused(phrases: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match="two labels"):
        Ranker.train(phrases)


def test_two_phrases_of_two_labels_are_enough() -> None:
    ranker = Ranker.train([("what dose", "dose"), ("how soon", "onset")])
    assert [ranker.rank(text).candidates[0].label for text in ("dose", "soon")] == ["dose", "onset"]


@pytest.mark.parametrize("blank", ["", "?!"])
def test_phrases_without_words_do_no_harm(blank: str) -> None:
    assert Ranker.train([*PHRASES, (blank, "onset")]).rank("starting dose").candidates[0].label == "dose"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_ranked_with_probabilities(ranker: Ranker, text: str) -> None:
    ranking = ranker.rank(text)
    assert 0 <= ranking.in_scope <= 1
    assert all(0 <= candidate.score <= 1 for candidate in ranking.candidates)

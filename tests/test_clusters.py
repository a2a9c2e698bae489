"""Questions that were missed, put together where they ask the same."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine

ASKED = {
    1: "does amilol make hair fall out",
    2: "Does bemilol make hair fall out?",
    3: "does hair fall out, amilol",
    4: "tax rules",
    5: "amilol and bemilol",
    6: "aml",
    7: "rules of tax",
}


def test_questions_that_differ_in_names_order_and_signs_are_one_cluster_and_the_largest_comes_first(
    small_engine: Engine,
) -> None:
    found = small_engine.clusters(ASKED)
    assert [cluster.numbers for cluster in found] == [(1, 2, 3), (4, 7), (6,)]
    assert [one.masked for one in found[0].wordings] == ["does {drug} make hair fall out", "does hair fall out {drug}"]


def test_the_commonest_wording_speaks_for_all_as_it_was_first_typed(small_engine: Engine) -> None:
    (largest, *_) = small_engine.clusters(dict(reversed(ASKED.items())))
    assert largest.typical.asked == "Does bemilol make hair fall out?"
    assert largest.typical.drugs == ("bemilol",)
    assert "hair" in largest.typical.words
    assert "{drug}" not in largest.typical.words


def test_names_alone_teach_nothing_and_make_no_cluster(small_engine: Engine) -> None:
    assert not small_engine.clusters({1: "amilol", 2: "amilol and bemilol?"})


def test_no_question_is_left_out_and_none_is_in_two_clusters(engine: Engine) -> None:
    """With the phrases of a topic that is shipped."""
    asked = dict(enumerate(engine.catalogue.topics["dose"].phrases))
    found = engine.clusters({number: text.replace("{drug}", "thal") for number, text in asked.items()})
    numbers = [number for cluster in found for number in cluster.numbers]
    assert len(numbers) == len(set(numbers))
    assert len(numbers) > len(asked) * 0.9


@pytest.mark.parametrize(
    ("question", "phrase", "repeats"),
    [
        ("how much amilol", "how much {drug}", True),
        ("How much, Bemilol?", "how much {drug}", True),
        ("how much", "how much {drug}", True),
        ("how much amilol", "what quantity of {drug}", False),
    ],
)
def test_a_question_that_only_repeats_a_phrase_is_recognised(
    small_engine: Engine, question: str, phrase: str, repeats: bool
) -> None:
    assert small_engine.wording(question).repeats(phrase, small_engine.catalogue) is repeats


def test_what_people_asked_is_in_no_representation(small_engine: Engine) -> None:
    """So that it gets into no log by way of an exception."""
    assert "hair" not in repr(small_engine.clusters(ASKED))

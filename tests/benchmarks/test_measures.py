"""The benchmark's own arithmetic, on examples small enough to check by hand."""

import pickle
import random
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.contestants import OURS, PEERS, Contestant
from tests.benchmarks.corpora import Corpus, few, grown, mistyped
from tests.benchmarks.intents import main
from tests.benchmarks.measures import auroc, declined, measure

PHRASES = tuple((f"{verb} the {noun}", noun) for noun in ("dose", "rash", "nerve") for verb in ("show", "tell", "ask"))
CORPUS = Corpus("small", PHRASES, (("the dose", "dose"), ("the rash", "rash")), ("fly home",))


@pytest.mark.parametrize(
    ("inside", "outside", "area"),
    [([0.9, 0.8], [0.1, 0.2], 1.0), ([0.5], [0.5], 0.5), ([0.1, 0.9], [0.5], 0.5), ([0.1], [0.2, 0.3], 0.0)],
)
def test_auroc_is_the_chance_that_a_question_in_scope_is_surer(
    inside: list[float], outside: list[float], area: float
) -> None:
    assert auroc(np.array(inside), np.array(outside)) == area


def test_declined_counts_what_lies_below_the_border_of_nine_right_in_ten() -> None:
    sure = np.arange(10, 0, -1) / 10
    right = np.ones(10, bool)
    assert declined(right, sure, np.array([0.1, 0.15, 0.25, 0.5])) == 0.5


def test_declined_is_no_number_when_too_few_are_right() -> None:
    assert np.isnan(declined(np.array([True, False]), np.array([0.9, 0.8]), np.array([0.1])))


def test_about_one_letter_in_eight_is_mistyped_and_the_same_seed_errs_alike() -> None:
    text = "abcdefgh" * 500
    typed = mistyped(text, random.Random(1))
    assert typed == mistyped(text, random.Random(1))
    kept = sum(typed.count(chunk) for chunk in ("abcdefgh",))
    assert 0.25 < kept / 500 < 0.45  # (7/8) ** 8 is 0.34


def test_few_draws_as_many_phrases_of_every_label() -> None:
    drawn = few(CORPUS, each=2, seed=0).phrases
    assert sorted(label for _, label in drawn) == ["dose", "dose", "nerve", "nerve", "rash", "rash"]


def test_grown_says_the_same_phrases_otherwise_when_there_are_too_few() -> None:
    corpus = grown([CORPUS], size=50, seed=0)
    assert len(corpus.phrases) == 50
    assert {label for _, label in corpus.phrases} == {"dose", "rash", "nerve"}


def test_our_ranker_is_measured_on_a_corpus_of_any_size() -> None:
    result = measure(OURS[0], CORPUS)
    assert result.accuracy == 1
    assert result.p95 > 0


@pytest.mark.parametrize("contestant", [*OURS, *PEERS], ids=lambda contestant: contestant.name)
def test_a_contestant_can_be_sent_to_a_process_of_its_own(contestant: Contestant) -> None:
    assert pickle.loads(pickle.dumps(contestant)).name == contestant.name


def test_without_the_files_the_benchmark_says_where_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path)]) == 2
    message = capsys.readouterr().err
    assert "github.com/clinc/oos-eval" in message
    assert "banking77/test.csv" in message

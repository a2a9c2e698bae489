"""What is measured of a contestant on a corpus."""

import random
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.contestants import Ask, Contestant
from tests.benchmarks.corpora import Corpus, with_typos

SEED = 2024
SAMPLE = 300
ANSWERED_RIGHT = 0.9

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Result:
    """Shares are 0 to 1, times milliseconds a question, training seconds; memory is how far the peak grew, in MB.

    What was not measured, or cannot be reached, is not a number. `sampled` says that a part of the questions,
    drawn by a seed, was asked.
    """

    contestant: str
    corpus: str
    accuracy: float
    with_typos: float
    auroc: float
    declined: float
    p50: float
    p95: float
    training: float
    memory: float
    sampled: bool


@dataclass(frozen=True, slots=True)
class Answers:
    """For each question, whether its answer was right, how sure the contestant was, and the milliseconds."""

    right: NDArray[np.bool_]
    sure: Numbers
    times: Numbers


def measure(contestant: Contestant, corpus: Corpus, *, typos: bool = True) -> Result:
    """Train and ask one contestant, in a process that has trained nothing before."""
    before, start = _peak(), time.perf_counter()
    ask = contestant.train(corpus)
    training, memory = time.perf_counter() - start, _peak() - before
    inside = _answers(ask, _drawn(corpus.questions, contestant))
    mistyped = _answers(ask, _drawn(with_typos(corpus, SEED).questions, contestant)) if typos else None
    outside = _answers(ask, _drawn([(text, "") for text in corpus.outside], contestant))
    return Result(
        contestant=contestant.name,
        corpus=corpus.name,
        accuracy=float(inside.right.mean()),
        with_typos=float(mistyped.right.mean()) if mistyped else float("nan"),
        auroc=auroc(inside.sure, outside.sure),
        declined=declined(inside.right, inside.sure, outside.sure),
        p50=float(np.percentile(inside.times, 50)),
        p95=float(np.percentile(inside.times, 95)),
        training=training,
        memory=memory,
        sampled=contestant.slow,
    )


def auroc(inside: Numbers, outside: Numbers) -> float:
    """The chance that a question in scope is surer than one from outside, ties counting half."""
    if not len(outside):
        return float("nan")
    ordered = np.sort(outside)
    below, upto = (np.searchsorted(ordered, inside, side) for side in ("left", "right"))
    return float((below + upto).mean() / 2 / len(outside))


def declined(right: NDArray[np.bool_], inside: Numbers, outside: Numbers) -> float:
    """The share of `outside` declined at the border where 90% of all questions in scope are answered right."""
    needed = int(np.ceil(ANSWERED_RIGHT * len(right)))
    if not len(outside) or right.sum() < needed:
        return float("nan")
    border = np.sort(inside[right])[::-1][needed - 1]
    return float((outside < border).mean())


def _drawn(questions: Sequence[tuple[str, str]], contestant: Contestant) -> Sequence[tuple[str, str]]:
    if not contestant.slow or len(questions) <= SAMPLE:
        return questions
    return random.Random(SEED).sample(questions, SAMPLE)


def _answers(ask: Ask, questions: Sequence[tuple[str, str]]) -> Answers:
    right, sure, times = [], [], []
    for text, label in questions:
        start = time.perf_counter()
        answer, confidence = ask(text)
        times.append(1000 * (time.perf_counter() - start))
        right.append(answer == label)
        sure.append(confidence)
    return Answers(np.array(right, bool), np.array(sure), np.array(times))


def _peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

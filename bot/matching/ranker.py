"""The labels that a question may mean, best first, learnt from labelled phrases alone.

A question is respelt in the phrases' own words and becomes a sparse vector. Linear machines score every label;
calibrated on what was held out of the training, the scores become the chance of each label and the chance that
the question belongs to any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from sys import intern

import numpy as np

from bot.matching.features import Features
from bot.matching.grams import tokens_of
from bot.matching.lesson import Lesson, scores_of
from bot.matching.linear import Calibration, Floats
from bot.matching.speller import Correction, Speller

CANDIDATES = 10
_TYPED_SHARE = np.float32(0.35)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label, and the probability (0 to 1) that it is meant if the question belongs to any."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question may mean.

    `text` is the corrected text that was ranked; `candidates` the best few labels, best first; `in_scope` the
    probability that the question belongs to any label; `corrections` each misspelt word and its reading.
    """

    text: str
    candidates: tuple[Candidate, ...]
    in_scope: float
    corrections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks its labels for any question. Build one with `train`."""

    labels: tuple[str, ...]
    speller: Speller
    features: Features
    weights: Floats
    calibration: Calibration

    @classmethod
    def train(cls, phrases: Sequence[tuple[str, str]], *, elsewhere: Sequence[str] = (), seed: int = 0) -> "Ranker":
        """Learn from `phrases`, pairs of text and label, and from texts known to belong to no label.

        Raises ValueError when there are fewer than two labels.
        """
        labels = tuple(sorted({label for _, label in phrases}))
        if len(labels) < 2:
            raise ValueError("a ranker needs phrases of two labels at least")
        places = {label: place for place, label in enumerate(labels)}
        ordered = sorted((places[label], text) for text, label in phrases)
        texts = [[*map(intern, tokens_of(text))] for text in chain((text for _, text in ordered), elsewhere)]
        owners = np.array([*(place for place, _ in ordered), *(-1 for _ in elsewhere)])
        lesson = Lesson(texts, owners, len(labels), np.random.default_rng(seed))
        calibration = lesson.calibrate()
        speller = Speller.learn(texts[: len(ordered)])
        return cls(labels, speller, lesson.features, lesson.weights(), calibration)

    def rank(self, text: str) -> Ranking:
        """The labels that `text` may mean."""
        typed = tokens_of(text)
        corrections = self.speller.correct(typed)
        tokens = _respelt(typed, corrections)
        scores = self._scores(typed, tokens)
        return Ranking(
            text=" ".join(tokens),
            candidates=self._candidates(scores),
            in_scope=self.calibration.in_scope(float(scores.max())),
            corrections=tuple((c.typed, c.read_as) for c in corrections),
        )

    def _scores(self, typed: Sequence[str], tokens: Sequence[str]) -> Floats:
        """The scores of the respelt tokens; what was typed has a say where it differs."""
        scores = scores_of(self.features.vector(tokens), self.weights)
        if typed == tokens:
            return scores
        return (1 - _TYPED_SHARE) * scores + _TYPED_SHARE * scores_of(self.features.vector(typed), self.weights)

    def _candidates(self, scores: Floats) -> tuple[Candidate, ...]:
        chances = self.calibration.chances(scores)
        best = np.argsort(-chances, kind="stable")[:CANDIDATES]
        return tuple(Candidate(self.labels[i], float(chances[i])) for i in best)


def _respelt(tokens: Sequence[str], corrections: Sequence[Correction]) -> list[str]:
    respelt = list(tokens)
    for correction in corrections:
        respelt[correction.at] = correction.read_as
    return respelt

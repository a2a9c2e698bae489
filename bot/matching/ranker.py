"""The intents that a question may mean, best first, learnt from labelled phrases alone.

A question is respelt in the phrases' own words and becomes a sparse vector. Linear machines choose a few
labels; how near the question comes to the phrases of each re-scores them; a logistic model says whether
the question belongs to any label at all. The last two are fitted to phrases, and to whole labels, that were
held out of the training, so that no question from outside is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from bot.matching.features import Features, Vector, tokens_of
from bot.matching.linear import REST, Choice, Floats, Labels, Table, Verdict
from bot.matching.neighbours import Neighbours
from bot.matching.speller import Speller

FORMAT = 1
_PASSES = 4
_ROUNDS = 4
_SHORTLIST = 8
_HELD_A_ROUND = 400
_TYPED_SHARE = np.float32(0.2)
_EVEN_CHOICE = np.array([4.0, 2.0, 2.0])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label, and the probability (0 to 1) that it is meant if the question is in scope."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question may mean.

    `text` is the corrected text that was ranked, `candidates` the best few labels, best first, `in_scope`
    the probability that the question belongs to any label, `corrections` each typed word and its reading.
    """

    text: str
    candidates: tuple[Candidate, ...]
    in_scope: float
    corrections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The shortlist of labels with, for each, the machine's score and the nearest phrases' similarity."""

    labels: Labels
    columns: Table
    known: float


@dataclass(frozen=True, slots=True)
class Index:
    """What gathers the evidence on a vector."""

    features: Features
    weights: Floats
    neighbours: Neighbours

    def evidence(self, vector: Vector, known: float, *, barred: Labels | None = None, skip: int = -1) -> Evidence:
        """Evidence for the best labels but those `barred`, paying no heed to phrase `skip`."""
        scores = vector.values @ self.weights[vector.indices] + REST
        if barred is not None:
            scores[barred] = -np.inf
        labels = np.argsort(-scores, kind="stable")[:_SHORTLIST]
        labels = labels[np.isfinite(scores[labels])]
        dense = self.neighbours.spread_out(vector)
        nearest = [self._nearest(dense, label, skip) for label in labels]
        return Evidence(labels, np.column_stack([scores[labels], np.array(nearest)]).astype(np.float64), known)

    def _nearest(self, dense: Floats, label: int, skip: int) -> tuple[float, float]:
        """The similarity of the nearest phrase of `label`, and the mean of its nearest three."""
        similar = self.neighbours.similarities(dense, label)
        first = self.neighbours.firsts[label]
        if first <= skip < first + len(similar):
            similar[skip - first] = 0
        best = np.sort(similar)[-3:]
        return float(best[-1]), float(best.mean())


class Ranker:
    """Ranks the labels of its training phrases for any question."""

    __slots__ = ("_choice", "_index", "_labels", "_scope", "_speller")

    def __init__(
        self, labels: tuple[str, ...], speller: Speller, index: Index, choice: Choice, scope: Verdict
    ) -> None:
        self._labels = labels
        self._speller = speller
        self._index = index
        self._choice = choice
        self._scope = scope

    @classmethod
    def train(
        cls, phrases: Sequence[tuple[str, str]], *, elsewhere: Sequence[str] = (), seed: int = 0
    ) -> "Ranker":
        """Learn from `phrases`, pairs of text and label, and from texts known to be out of scope.

        Raises ValueError when there are fewer than two labels.
        """
        labels = tuple(sorted({label for _, label in phrases}))
        if len(labels) < 2:
            raise ValueError("a ranker needs phrases of two labels at least")
        places = {label: place for place, label in enumerate(labels)}
        ordered = sorted(phrases, key=lambda phrase: places[phrase[1]])
        texts = [tokens_of(text) for text in chain((text for text, _ in ordered), elsewhere)]
        owners = np.array([*(places[label] for _, label in ordered), *(-1 for _ in elsewhere)])
        return _Lesson(labels, texts, owners, np.random.default_rng(seed)).ranker()

    def rank(self, text: str) -> Ranking:
        """The labels that `text` may mean."""
        typed = tokens_of(text)
        corrections = self._speller.correct(typed)
        tokens = _respelt(typed, corrections)
        evidence = self._index.evidence(self._vector(typed, tokens), self._known_share(tokens))
        order = np.argsort(-self._choice.utilities(evidence.columns), kind="stable")
        chances = self._choice.chances(evidence.columns)
        return Ranking(
            text=" ".join(tokens),
            candidates=tuple(
                Candidate(self._labels[evidence.labels[i]], round(float(chances[i]), 6)) for i in order
            ),
            in_scope=self._scope.chance(_scope_columns(evidence, self._choice)),
            corrections=tuple((c.typed, c.read_as) for c in corrections),
        )

"""How the weights of a ranker are learnt.

First come rounds in which a share of the phrases, and all phrases of some labels, are held out and then asked
as questions: the phrases as questions in scope, those of the missing labels as questions from outside. They
calibrate the scores, so that no question from outside is needed. Then the machines start anew and learn from
everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bot.matching.features import Features, Rows, Vector
from bot.matching.linear import REST, Calibration, Floats, Labels, Machines, word_odds

_MOST_STEPS = 300_000
_PASSES = 2, 5
_ROUNDS = 2, 4
_HELD_SHARE = 1 / 8
_ASKED_A_ROUND = 300
_ODDS_SHARE = np.float32(0.03)

Mask = NDArray[np.bool_]


def scores_of(vector: Vector, weights: Floats) -> Floats:
    """The score of each label for a text: `REST` for one that says nothing, above nought for a clear one."""
    scores: Floats = vector.values @ weights[vector.indices] + REST
    return scores


@dataclass(slots=True)
class Lesson:
    """Texts as tokens with their owners, in the order of the owners; those from elsewhere (owner -1) last."""

    texts: Sequence[Sequence[str]]
    owners: Labels
    labels: int
    chance: Generator
    features: Features = field(init=False)
    _rows: Rows = field(init=False)
    _machines: Machines = field(init=False)

    def __post_init__(self) -> None:
        self.features = Features.learn(self.texts)
        self._rows = self.features.rows(self.texts)
        self._machines = Machines.untrained(len(self.texts), len(self.features.idf), self.labels)

    def calibrate(self) -> Calibration:
        """Hold out every label once, in rounds, and fit the calibration to the scores of what was held out."""
        self._learn(np.ones(len(self.texts), bool))
        groups = self.chance.permutation(self.labels) % self._affordable(_ROUNDS)
        rounds = [self._hold_out(np.flatnonzero(groups == group)) for group in range(groups.max() + 1)]
        inside, owners, outside = (np.concatenate(parts) for parts in zip(*rounds, strict=True))
        return Calibration.fit(inside, owners, outside)

    def weights(self) -> Floats:
        """Learn from everything, anew: grams x labels."""
        self._machines.reset()
        everything = np.ones(len(self.texts), bool)
        for _ in range(self._affordable(_PASSES)):
            self._learn(everything)
        return self._taught(everything)

    def _affordable(self, bounds: tuple[int, int]) -> int:
        """How often to visit all texts: the more there are, the fewer visits each needs."""
        fewest, most = bounds
        return min(max(_MOST_STEPS // len(self.texts), fewest), most)

    def _learn(self, kept: Mask) -> None:
        self._machines.learn(self._rows, self.owners, self.chance.permutation(np.flatnonzero(kept)))

    def _taught(self, kept: Mask) -> Floats:
        """What the machines have learnt, and the word odds of the texts `kept`."""
        weights = word_odds(self._rows, self._firsts(), len(self.features.idf), kept)
        weights *= _ODDS_SHARE
        weights += self._machines.weights
        return weights

    def _firsts(self) -> Labels:
        """Where the texts of each label begin, and where those of the last one end."""
        owned = self.owners[self.owners >= 0]
        return np.searchsorted(owned, np.arange(self.labels + 1))

    def _hold_out(self, strangers: Labels) -> tuple[Floats, Labels, Floats]:
        """Learn from all but the labels `strangers` and a share of the other texts, and ask some of those.

        Returns the scores of the texts in scope, their labels, and the scores of the texts from outside.
        """
        missing = np.isin(self.owners, strangers)
        held = missing | (self.chance.random(len(self.texts)) < _HELD_SHARE)
        self._machines.forget(self._rows, self.owners, np.flatnonzero(held))
        self._learn(~held)
        weights = self._taught(~held)
        weights[:, strangers] = -np.inf
        outside = missing | (self.owners < 0)
        inside = self._some(held & ~outside)
        return self._ask(inside, weights), self.owners[inside], self._ask(self._some(held & outside), weights)

    def _some(self, mask: Mask) -> Labels:
        return self.chance.permutation(np.flatnonzero(mask))[:_ASKED_A_ROUND]

    def _ask(self, texts: Labels, weights: Floats) -> Floats:
        """The scores of `texts`, row by row."""
        scores = [scores_of(self._rows.row(i), weights) for i in texts]
        return np.array(scores, np.float32).reshape(len(texts), self.labels)

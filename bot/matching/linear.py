"""Linear models in NumPy: one machine per label, word odds to add to it, and what calibrates their sum.

The machines are support vector machines with squared hinge loss, solved by dual coordinate descent (Hsieh
et al., ICML 2008). A step takes one row and moves the machines of all labels at once, as one array. Their
intercept is not learnt: a text that shares no gram with the training phrases scores `REST` for every label,
which is what keeps strange questions low.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Rows

REST = np.float32(-2.2)
_OWN_SLACK = np.float32(0.2)
_OTHER_SLACK = np.float32(1.0)
_UNSEEN = 0.01
_USUAL_SHARPNESS = 3.0
_USUAL_SLOPE = 3.0
_USUAL_BORDER = -0.5
_NEWTON_STEPS = 12

Floats = NDArray[np.float32]
Table = NDArray[np.float64]
Labels = NDArray[np.int64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Machines:
    """`weights` is grams x labels; `duals` is rows x labels, how much each row holds each machine back."""

    weights: Floats
    duals: NDArray[np.float16]

    @classmethod
    def untrained(cls, rows: int, grams: int, labels: int) -> "Machines":
        """Machines that score `REST` everywhere."""
        return cls(np.zeros((grams, labels), np.float32), np.zeros((rows, labels), np.float16))

    def reset(self) -> None:
        """Forget everything."""
        self.weights[:] = 0
        self.duals[:] = 0

    def learn(self, rows: Rows, owners: Labels, order: Iterable[int]) -> None:
        """Visit the rows of `order` once; `owners[i]` is the label of row `i`, -1 for none."""
        sides = self._sides()
        slacks = np.where(sides > 0, _OWN_SLACK, _OTHER_SLACK)
        starts, labels = rows.starts.tolist(), owners.tolist()
        indices, values = rows.indices.astype(np.intp), rows.values.astype(np.float32)  # at once: steps are many
        for i in order:
            span = slice(starts[i], starts[i + 1])
            self._step(i, indices[span], values[span], sides[labels[i]], slacks[labels[i]])

    def forget(self, rows: Rows, owners: Labels, held: Iterable[int]) -> None:
        """Take back what the rows `held` have taught."""
        sides = self._sides()
        for i in held:
            vector = rows.row(i)
            self.weights[vector.indices] -= vector.values[:, None] * (sides[owners[i]] * self.duals[i])
            self.duals[i] = 0

    def _sides(self) -> Floats:
        """For each label, and last (at -1) for none, a row of 1 for its own machine and -1 for all others."""
        labels = self.duals.shape[1]
        return 2 * np.eye(labels + 1, labels, dtype=np.float32) - 1

    def _step(self, i: int, indices: Places, values: Floats, sides: Floats, slacks: Floats) -> None:
        length = values @ values
        scores = values @ self.weights.take(indices, axis=0) + REST
        before = self.duals[i].astype(np.float32)
        self.duals[i] = np.maximum((before * length + 1 - sides * scores) / (length + slacks), 0)
        change = sides * (self.duals[i] - before)
        (moved,) = change.nonzero()  # few: most labels have nothing to do with most rows
        if len(moved):
            self.weights[indices[:, None], moved] += values[:, None] * change[moved]


def word_odds(rows: Rows, firsts: Labels, grams: int, kept: NDArray[np.bool_]) -> Floats:
    """What each gram says for each label by its frequency alone: multinomial naive Bayes, grams x labels.

    `rows` stand in the order of their labels, label `c` from `firsts[c]` to `firsts[c + 1]`; only those `kept`
    count. The odds of a gram sum to nought over the labels.
    """
    odds = np.empty((len(firsts) - 1, grams), np.float32)
    for label, (first, last) in enumerate(pairwise(firsts)):
        span = slice(rows.starts[first], rows.starts[last])
        counting = np.repeat(kept[first:last], np.diff(rows.starts[first : last + 1]))
        counts = np.bincount(rows.indices[span], rows.values[span] * counting, minlength=grams) + _UNSEEN
        odds[label] = np.log(counts / counts.sum())
    odds -= odds.mean(axis=0)
    return np.ascontiguousarray(odds.T)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns scores into probabilities.

    The chance of a label is the softmax of the scores times `sharpness`; that of a question to be in scope the
    logistic function of `slope` x (best score - `border`).
    """

    sharpness: float
    slope: float
    border: float

    @classmethod
    def fit(cls, inside: Floats, owners: Labels, outside: Floats) -> "Calibration":
        """Fit to the scores (rows x labels) of questions with their right labels, and of questions of none."""
        best = np.concatenate([inside.max(axis=1, initial=-np.inf), outside.max(axis=1, initial=-np.inf)])
        slope, border = _logistic(best.astype(np.float64), np.arange(len(best)) < len(inside))
        return cls(_sharpness(inside.astype(np.float64), owners), slope, border)

    def chances(self, scores: Floats) -> Table:
        """The probability of each label, given that one of them is right."""
        weights = np.exp(self.sharpness * (scores - scores.max()).astype(np.float64))
        chances: Table = weights / weights.sum()
        return chances

    def in_scope(self, best: float) -> float:
        """The probability that a question whose best score is `best` belongs to any label."""
        return 0.5 + 0.5 * math.tanh(self.slope * (best - self.border) / 2)


def _sharpness(scores: Table, owners: Labels) -> float:
    """The most likely factor for a softmax by Newton's method, drawn slightly to a usual one."""
    sharpness = _USUAL_SHARPNESS
    for _ in range(_NEWTON_STEPS):
        chances = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
        chances /= chances.sum(axis=1, keepdims=True)
        finite = np.where(chances > 0, scores, 0)
        mean = (chances * finite).sum(axis=1)
        slope = (scores[np.arange(len(owners)), owners] - mean).sum() + _USUAL_SHARPNESS - sharpness
        curve = (chances * finite**2).sum() - (mean**2).sum() + 1
        sharpness = max(sharpness + float(slope / curve), 0.1)
    return sharpness


def _logistic(inputs: Table, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and border of a logistic regression on one input; both sides weigh the same."""
    columns = np.column_stack([inputs, np.ones(len(inputs))])
    share = np.where(truth, 0.5 / max(truth.sum(), 1), 0.5 / max((~truth).sum(), 1)) * len(inputs)
    usual = np.array([_USUAL_SLOPE, -_USUAL_SLOPE * _USUAL_BORDER])
    weights = np.zeros(2)
    for _ in range(_NEWTON_STEPS):
        chances = 0.5 + 0.5 * np.tanh(columns @ weights / 2)
        curve = (columns * (share * chances * (1 - chances))[:, None]).T @ columns + np.eye(2)
        weights += np.linalg.solve(curve, columns.T @ (share * (truth - chances)) + usual - weights)
    return float(weights[0]), float(-weights[1] / weights[0])

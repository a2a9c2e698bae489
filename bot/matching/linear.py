"""Linear models in numpy: one machine per label on sparse rows, and two logistic models on a few columns.

The machines are support vector machines with squared hinge loss, solved by dual coordinate descent (Hsieh
et al., ICML 2008). A step takes one row and moves the machines of all labels at once, as one array. Their
intercept is not learnt: a text that shares no gram with the training phrases scores `REST` for every label,
which is what keeps strange questions low.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Rows, Vector

REST = np.float32(-2.2)
_SLACK = np.float32(0.5)
_UNSEEN = 0.01
_NEWTON_STEPS = 12

Floats = NDArray[np.float32]
Table = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Machines:
    """`weights` is grams x labels; `duals` is rows x labels, how much each row holds each machine back."""

    weights: Floats
    duals: Floats

    @classmethod
    def untrained(cls, rows: int, grams: int, labels: int) -> "Machines":
        """Machines that score `REST` everywhere."""
        return cls(np.zeros((grams, labels), np.float32), np.zeros((rows, labels), np.float32))

    def reset(self) -> None:
        """Forget everything."""
        self.weights[:] = 0
        self.duals[:] = 0

    def learn(self, rows: Rows, owners: Labels, order: Iterable[int]) -> None:
        """Visit the rows of `order` once; `owners[i]` is the label of row `i`, negative for none."""
        for i in order:
            self._step(i, rows.row(i), self._sides(owners[i]))

    def forget(self, rows: Rows, owners: Labels, held: Iterable[int]) -> None:
        """Take back what the rows `held` have taught."""
        for i in held:
            vector = rows.row(i)
            self.weights[vector.indices] -= vector.values[:, None] * (self._sides(owners[i]) * self.duals[i])
            self.duals[i] = 0

    def _sides(self, owner: int) -> Floats:
        """For each machine, 1 if the row is its own and -1 if not."""
        sides = np.full(self.duals.shape[1], -1, np.float32)
        if owner >= 0:
            sides[owner] = 1
        return sides

    def _step(self, i: int, vector: Vector, sides: Floats) -> None:
        indices, values = vector.indices, vector.values
        length = values @ values
        block = self.weights[indices]
        wanted = (self.duals[i] * length + 1 - sides * (values @ block + REST)) / (length + _SLACK)
        np.maximum(wanted, 0, out=wanted)
        change = sides * (wanted - self.duals[i])
        self.weights[indices] = block + values[:, None] * change
        self.duals[i] = wanted


def word_odds(rows: Rows, firsts: Labels, grams: int, kept: NDArray[np.bool_]) -> Floats:
    """What each gram says for each label by its frequency alone: multinomial naive Bayes, grams x labels.

    `rows` stand in the order of their labels, label `c` from `firsts[c]` to `firsts[c + 1]`; only those `kept`
    count. The odds of a gram sum to nought over the labels.
    """
    odds = np.empty((len(firsts) - 1, grams), np.float32)
    for label, (first, last) in enumerate(pairwise(firsts)):
        span = slice(rows.starts[first], rows.starts[last])
        held_back = np.repeat(kept[first:last], np.diff(rows.starts[first : last + 1]))
        values = rows.values[span] * held_back
        counts = np.bincount(rows.indices[span], values, minlength=grams) + _UNSEEN
        odds[label] = np.log(counts / counts.sum())
    odds -= odds.mean(axis=0)
    return np.ascontiguousarray(odds.T)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a few options is right, each described by the same columns: a conditional logit."""

    weights: Table

    @classmethod
    def fit(cls, questions: Sequence[Table], right: Sequence[int], start: Table) -> "Choice":
        """Fit to `questions` (options x columns), of which option `right[i]` is right, from `start` on."""
        weights = start.copy()
        for _ in range(_NEWTON_STEPS):
            slope, curve = (start - weights), np.eye(len(weights))
            for options, answer in zip(questions, right, strict=True):
                chances = cls(weights).chances(options)
                mean = chances @ options
                slope += options[answer] - mean
                curve += (options * chances[:, None]).T @ options - np.outer(mean, mean)
            weights += np.linalg.solve(curve, slope)
        return cls(weights)

    def utilities(self, options: Table) -> Table:
        """The log-odds of each option, up to a constant."""
        return options @ self.weights

    def chances(self, options: Table) -> Table:
        """The probability of each option, given that one is right."""
        utilities = self.utilities(options)
        chances: Table = np.exp(utilities - utilities.max())
        return chances / chances.sum()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability of a yes, given a few columns: logistic regression on standardised columns."""

    weights: Table
    centre: Table
    spread: Table

    @classmethod
    def fit(cls, yes: Table, no: Table) -> "Verdict":
        """Fit to the rows of `yes` and of `no`, both sides weighing the same."""
        columns = np.vstack([yes, no])
        centre, spread = columns.mean(axis=0), columns.std(axis=0) + 1e-6
        inputs = np.hstack([(columns - centre) / spread, np.ones((len(columns), 1))])
        truth = np.r_[np.ones(len(yes)), np.zeros(len(no))]
        share = np.where(truth == 1, 0.5 / max(len(yes), 1), 0.5 / max(len(no), 1)) * len(columns)
        weights = np.zeros(inputs.shape[1])
        for _ in range(_NEWTON_STEPS):
            chances = 1 / (1 + np.exp(-inputs @ weights))
            curve = (inputs * (share * chances * (1 - chances))[:, None]).T @ inputs + np.eye(len(weights))
            weights += np.linalg.solve(curve, inputs.T @ (share * (truth - chances)) - weights)
        return cls(weights, centre, spread)

    def chance(self, columns: Table) -> float:
        """The probability of a yes for one row of columns."""
        score = float((columns - self.centre) / self.spread @ self.weights[:-1] + self.weights[-1])
        return 1 / (1 + float(np.exp(-np.clip(score, -30, 30))))

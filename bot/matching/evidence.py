"""What speaks for each label that a question may mean, and for its belonging to any of them."""

from dataclasses import dataclass

import numpy as np

from bot.matching.features import Features, Vector
from bot.matching.linear import REST, Choice, Floats, Labels, Table
from bot.matching.neighbours import Neighbours

SHORTLIST = 6
_NOTHING = np.array([[REST, 0.0, 0.0]])


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each of the shortlisted `labels` a row of `columns`, and the share of the question's `known` words.

    The columns are the machine's score, the similarity of the nearest phrase and the mean similarity of the
    nearest three.
    """

    labels: Labels
    columns: Table
    known: float

    def scope_columns(self, choice: Choice) -> Table:
        """What tells a question in scope from one that belongs to no label."""
        utilities = choice.utilities(np.vstack([self.columns, _NOTHING]))
        second, first = np.sort(utilities)[-2:]
        return np.array([first, first - second, *self.columns.max(axis=0), self.known])


@dataclass(frozen=True, slots=True)
class Index:
    """What the training phrases have taught, as arrays; `weights` is grams x labels."""

    features: Features
    weights: Floats
    neighbours: Neighbours

    def scores(self, vector: Vector) -> Floats:
        """The machines' score of every label: above nought for its own phrases."""
        scores: Floats = vector.values @ self.weights[vector.indices] + REST
        return scores

    def evidence(self, vector: Vector, scores: Floats, known: float, *, skip: int = -1) -> Evidence:
        """Evidence for the labels of the best finite `scores`, paying no heed to phrase `skip`."""
        labels = np.argsort(-scores, kind="stable")[:SHORTLIST]
        labels = labels[np.isfinite(scores[labels])]
        nearest = self.neighbours.nearest(vector, labels, skip)
        return Evidence(labels, np.column_stack([scores[labels], nearest]).astype(np.float64), known)

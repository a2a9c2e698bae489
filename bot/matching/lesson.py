"""How a ranker is trained.

First come rounds in which a share of the phrases, and all phrases of some labels, are held out and then asked
as questions: the phrases as questions in scope, those of the missing labels as questions from outside. They fit
the choice between labels and the verdict on scope. Then the machines start anew and learn from everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bot.matching.evidence import Evidence, Index
from bot.matching.features import Features, Rows
from bot.matching.linear import Choice, Labels, Machines, Table, Verdict, word_odds
from bot.matching.neighbours import Neighbours

_PASSES = 5
_ROUNDS = 4
_HELD_SHARE = 1 / 8
_ASKED_A_ROUND = 150
_ODDS_SHARE = np.float32(0.03)
_USUAL_CHOICE = np.array([3.0, 3.0, 3.0])

Texts = Sequence[Sequence[str]]


@dataclass(slots=True)
class Lesson:
    """Phrases as tokens with their owners, in the order of the owners; texts from elsewhere (owner -1) last."""

    texts: Texts
    owners: Labels
    labels: int
    chance: Generator
    _features: Features = field(init=False)
    _rows: Rows = field(init=False)
    _machines: Machines = field(init=False)
    _neighbours: Neighbours = field(init=False)
    _inside: list[tuple[Evidence, int]] = field(init=False, default_factory=list)
    _outside: list[Evidence] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._features = Features.learn(self.texts)
        self._rows = self._features.rows(self.texts)
        self._machines = Machines.untrained(len(self.texts), len(self._features.idf), self.labels)
        phrases = self.owners[self.owners >= 0]
        self._neighbours = Neighbours.of(self._rows, phrases, self.labels, self._features.idf)

    def teach(self) -> tuple[Index, Choice, Verdict]:
        """Train the machines, then what judges their scores."""
        groups = self.chance.permutation(self.labels) % _ROUNDS
        for group in range(_ROUNDS):
            self._hold_out(np.flatnonzero(groups == group))
        self._machines.reset()
        everything = np.arange(len(self.texts))
        for _ in range(_PASSES):
            self._learn(everything)
        return self._index(np.ones(len(self.texts), bool)), *self._judges()

    def _learn(self, rows: Labels) -> None:
        self._machines.learn(self._rows, self.owners, self.chance.permutation(rows))

    def _index(self, kept: NDArray[np.bool_]) -> Index:
        """What the texts `kept` have taught."""
        weights = word_odds(self._rows, self._neighbours.firsts, len(self._features.idf), kept)
        weights *= _ODDS_SHARE
        weights += self._machines.weights
        return Index(self._features, weights, self._neighbours)

    def _hold_out(self, strangers: Labels) -> None:
        """Learn from all but the labels `strangers` and a share of the other texts, and ask those."""
        outside = np.isin(self.owners, strangers)
        held = outside | (self.chance.random(len(self.texts)) < _HELD_SHARE)
        self._machines.forget(self._rows, self.owners, np.flatnonzero(held))
        self._learn(np.flatnonzero(~held))
        outside |= self.owners < 0
        known = {token for i in np.flatnonzero(~held) for token in self.texts[i]}
        index = self._index(~held)
        for i in self._some(held & ~outside):
            self._inside.append((self._ask(index, i, strangers, known), int(self.owners[i])))
        self._outside += [self._ask(index, i, strangers, known) for i in self._some(held & outside)]

    def _some(self, mask: NDArray[np.bool_]) -> Labels:
        return self.chance.permutation(np.flatnonzero(mask))[:_ASKED_A_ROUND]

    def _ask(self, index: Index, i: int, strangers: Labels, known: set[str]) -> Evidence:
        """The evidence on text `i` from the labels that are no strangers."""
        vector = self._rows.row(i)
        scores = index.scores(vector)
        scores[strangers] = -np.inf
        return index.evidence(vector, scores, known_share(self.texts[i], known), skip=i)

    def _judges(self) -> tuple[Choice, Verdict]:
        seen = [(evidence, owner) for evidence, owner in self._inside if owner in evidence.labels]
        right = [int(np.flatnonzero(evidence.labels == owner)[0]) for evidence, owner in seen]
        choice = Choice.fit([evidence.columns for evidence, _ in seen], right, _USUAL_CHOICE)
        inside = [evidence.scope_columns(choice) for evidence, _ in self._inside]
        outside = [evidence.scope_columns(choice) for evidence in self._outside]
        return choice, Verdict.fit(_table(inside), _table(outside))


def known_share(tokens: Sequence[str], known: "set[str] | dict[str, int]") -> float:
    """The share of `tokens` that stand in `known`; nought for no tokens."""
    return sum(token in known for token in tokens) / len(tokens) if tokens else 0.0


def _table(rows: Sequence[Table]) -> Table:
    return np.array(rows).reshape(len(rows), -1)

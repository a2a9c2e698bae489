"""The training phrases themselves, for how near a question comes to the nearest phrases of one label."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import Rows, Vector


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Which grams each phrase holds, the phrases of a label side by side.

    Label `c` has the phrases `firsts[c]` to `firsts[c + 1]`; phrase `i` the grams `starts[i]` to
    `starts[i + 1]` of `grams`. A gram counts with its weight in `idf`; `lengths` are the phrases' norms.
    """

    firsts: NDArray[np.int64]
    starts: NDArray[np.int64]
    grams: NDArray[np.uint16]
    idf: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @classmethod
    def of(cls, rows: Rows, owners: NDArray[np.int64], labels: int, idf: NDArray[np.float32]) -> "Neighbours":
        """Build from rows that stand in the order of their labels."""
        firsts = np.searchsorted(owners, np.arange(labels + 1))
        squares = np.concatenate([[0.0], np.cumsum(idf[rows.indices].astype(np.float64) ** 2)])
        lengths = np.sqrt(np.maximum(np.diff(squares[rows.starts]), 1e-6)).astype(np.float32)
        return cls(firsts, rows.starts, rows.indices, idf, lengths)

    def nearest(self, vector: Vector, labels: NDArray[np.int64], skip: int = -1) -> NDArray[np.float32]:
        """For each of `labels`, the cosine of its nearest phrase and the mean of its nearest three.

        Phrase `skip` does not count.
        """
        dense = self._spread_out(vector)
        found = np.empty((len(labels), 2), np.float32)
        for row, label in enumerate(labels):
            similar = self._similarities(dense, label)
            at = skip - self.firsts[label]
            if 0 <= at < len(similar):
                similar[at] = 0
            similar.sort()
            found[row] = similar[-1], similar[-3:].sum() / len(similar[-3:])
        return found

    def _spread_out(self, vector: Vector) -> NDArray[np.float32]:
        """`vector`, each gram counted once, as a dense one."""
        dense = np.zeros_like(self.idf)
        weights = self.idf[vector.indices]
        dense[vector.indices] = weights * weights / max(float(np.sqrt(weights @ weights)), 1e-6)
        return dense

    def _similarities(self, dense: NDArray[np.float32], label: int) -> NDArray[np.float32]:
        """The cosine of a question, spread out, with each phrase of `label`."""
        first, last = self.firsts[label], self.firsts[label + 1]
        starts = self.starts[first : last + 1]
        found = np.zeros(starts[-1] - starts[0] + 1, np.float32)  # one more: a phrase without grams may be last
        dense.take(self.grams[starts[0] : starts[-1]], out=found[:-1], mode="clip")
        sums = np.add.reduceat(found, starts[:-1] - starts[0])
        sums[starts[1:] == starts[:-1]] = 0
        similar: NDArray[np.float32] = sums / self.lengths[first:last]
        return similar

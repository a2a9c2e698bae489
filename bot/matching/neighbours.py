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

    def spread_out(self, vector: Vector) -> NDArray[np.float32]:
        """`vector` as a dense one of length one, each gram once, ready for `similarities`."""
        dense = np.zeros_like(self.idf)
        weights = self.idf[vector.indices]
        dense[vector.indices] = weights * weights / max(float(np.sqrt(weights @ weights)), 1e-6)
        return dense

    def similarities(self, dense: NDArray[np.float32], label: int) -> NDArray[np.float32]:
        """The cosine of a question, spread out, with each phrase of `label`."""
        first, last = self.firsts[label], self.firsts[label + 1]
        starts = self.starts[first : last + 1]
        # One nought more than there are grams, so that a phrase without grams may stand at the end.
        found = np.append(dense[self.grams[starts[0] : starts[-1]]], np.float32(0))
        sums = np.add.reduceat(found, starts[:-1] - starts[0])
        sums[starts[1:] == starts[:-1]] = 0
        return sums / self.lengths[first:last]

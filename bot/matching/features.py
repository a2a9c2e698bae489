"""Text as a sparse vector: how telling its character and word grams are.

A text becomes two blocks: character 2- to 4-grams inside words; words, pairs of neighbours and pairs with one
word between. Within a block a gram weighs (1 + ln count) x idf, and the block has a fixed length, so that neither
drowns the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.grams import Grams, Hashes, Numbers, Texts, character_grams, word_grams

MOST_GRAMS = 32_768  # bounds the memory; an index fits in 16 bits
_BATCH = 4_096  # texts; bounds the memory
_CHARACTERS_LENGTH = np.float32(1.1)
_WORDS_LENGTH = np.float32(0.9)
_UNSEEN_SHARE = 1.2
_TINY = np.float32(1e-6)


class Vector(NamedTuple):
    """A sparse vector: places and values."""

    indices: NDArray[np.int64] | NDArray[np.uint16]
    values: NDArray[np.float32]


class _Entries(NamedTuple):
    """Of many sparse rows: the row, the place and the value of each."""

    owners: Numbers
    indices: Numbers
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows one after another: row `i` is `indices[starts[i]:starts[i + 1]]` and `values` likewise."""

    starts: NDArray[np.int64]
    indices: NDArray[np.uint16]
    values: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, i: int) -> Vector:
        """Row `i`."""
        span = slice(self.starts[i], self.starts[i + 1])
        return Vector(self.indices[span], self.values[span].astype(np.float32))


@dataclass(frozen=True, slots=True)
class Features:
    """The grams of the training texts by hash, ascending, and how telling each is; `unseen` is for all others.

    Grams that were never seen count in the length of a block, so that strange words leave less of it to the rest.
    """

    hashes: Hashes
    idf: NDArray[np.float32]
    unseen: float

    @classmethod
    def learn(cls, texts: Texts) -> "Features":
        """Weigh the grams of `texts` (as tokens); of too many, keep the most frequent."""
        hashes, counts = np.empty(0, np.uint64), np.empty(0, np.float64)
        for first in range(0, len(texts), _BATCH):
            grams = Grams.of(texts[first : first + _BATCH]).hashes
            hashes, places = np.unique(np.concatenate([hashes, grams]), return_inverse=True)
            counts = np.bincount(places, np.concatenate([counts, np.ones(len(grams))])).astype(np.float64)
        kept = np.sort(np.argsort(-counts, kind="stable")[:MOST_GRAMS])
        idf = 1 + np.log((1 + len(texts)) / (1 + counts[kept]))
        return cls(hashes[kept], idf.astype(np.float32), _UNSEEN_SHARE * float(idf.max(initial=1)))

    def vector(self, tokens: Sequence[str]) -> Vector:
        """One text; empty when it shares no gram with the training texts."""
        characters = self._block(character_grams(tokens), _CHARACTERS_LENGTH)
        words = self._block(word_grams(tokens), _WORDS_LENGTH)
        return Vector(
            np.concatenate([characters.indices, words.indices]),
            np.concatenate([characters.values, words.values]),
        )

    def rows(self, texts: Texts) -> Rows:
        """The vectors of `texts`, one below another."""
        parts = [self._some_rows(texts[first : first + _BATCH]) for first in range(0, len(texts), _BATCH)]
        lengths, indices, values = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Rows(np.cumsum(np.append(0, lengths)), indices.astype(np.uint16), values.astype(np.float16))

    def _some_rows(self, texts: Texts) -> tuple[Numbers, Numbers, NDArray[np.float32]]:
        """How long each row is; and the rows' places and values, one after another."""
        characters = self._blocks(Grams.of_characters(texts), _CHARACTERS_LENGTH, len(texts))
        words = self._blocks(Grams.of_words(texts), _WORDS_LENGTH, len(texts))
        owners = np.concatenate([characters.owners, words.owners])
        indices = np.concatenate([characters.indices, words.indices])
        values = np.concatenate([characters.values, words.values])
        order = np.argsort(owners, kind="stable")
        return np.bincount(owners, minlength=len(texts)), indices[order], values[order]

    def _blocks(self, grams: Grams, length: np.float32, texts: int) -> "_Entries":
        """What `_block` gives text by text: the text, the place and the value of each gram."""
        places = np.minimum(np.searchsorted(self.hashes, grams.hashes), len(self.hashes) - 1)
        known = self.hashes[places] == grams.hashes
        owners, indices = grams.owners[known], places[known]
        values = (1 + np.log(grams.counts[known])).astype(np.float32) * self.idf[indices]
        lengths = np.bincount(owners, minlength=texts)
        rows = np.split(values, np.cumsum(lengths)[:-1])
        missing = np.bincount(grams.owners, minlength=texts) - lengths
        squares = np.array([row @ row for row in rows]) + (self.unseen**2 * missing).astype(np.float32)
        return _Entries(owners, indices, values * np.repeat(length / np.maximum(np.sqrt(squares), _TINY), lengths))

    def _block(self, grams: Hashes, length: np.float32) -> Vector:
        unique, counts = _counted(grams)
        places = np.minimum(np.searchsorted(self.hashes, unique), len(self.hashes) - 1)
        known = self.hashes[places] == unique
        indices = places[known]
        values = (1 + np.log(counts[known])).astype(np.float32) * self.idf[indices]
        square = values @ values + np.float32(self.unseen**2 * (len(known) - len(indices)))
        return Vector(indices, values * (length / max(np.sqrt(square), _TINY)))


def _counted(grams: Hashes) -> tuple[Hashes, Numbers]:
    """Each gram once, ascending, and how often it stands there: as `numpy.unique`, in half its time for so few."""
    ordered = np.sort(grams)
    is_edge = np.ones(len(ordered) + 1, bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_edge[1:-1])
    (edges,) = is_edge.nonzero()
    return ordered[edges[:-1]], edges[1:] - edges[:-1]

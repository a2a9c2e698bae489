"""Text as a sparse vector: how telling its character and word grams are.

A text becomes two blocks: character 2- to 4-grams inside words; words, pairs of neighbours and pairs with one
word between. Within a block a gram weighs (1 + ln count) x idf, and the block has a fixed length, so that neither
drowns the other.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TOKEN = re.compile(r"\{\w+\}|\w+(?:['’]\w+)*")
MOST_GRAMS = 32_768  # bounds the memory; an index fits in 16 bits
_PRIVATE_USE = 0xE000, 6_400
_BATCH = 4_096  # texts; bounds the memory
_CHARACTERS_LENGTH = np.float32(1.1)
_WORDS_LENGTH = np.float32(0.9)
_UNSEEN_SHARE = 1.2
_TINY = np.float32(1e-6)
_SPACE = ord(" ")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BASE = np.uint64(1_000_003)
_SKIP = np.uint64(7_919)

Hashes = NDArray[np.uint64]


def tokens_of(text: str) -> list[str]:
    """The words of `text` in lower case; a placeholder such as `{drug}` is one word."""
    return TOKEN.findall(text.casefold())


def is_placeholder(token: str) -> bool:
    """Whether `token` stands for a masked mention."""
    return token.startswith("{")


class Vector(NamedTuple):
    """A sparse vector: places and values."""

    indices: NDArray[np.int64] | NDArray[np.uint16]
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
    def learn(cls, texts: Sequence[Sequence[str]]) -> "Features":
        """Weigh the grams of `texts` (as tokens); of too many, keep the most frequent."""
        hashes, counts = np.empty(0, np.uint64), np.empty(0, np.float64)
        for first in range(0, len(texts), _BATCH):
            grams = [np.unique(_grams(tokens)) for tokens in texts[first : first + _BATCH]]
            ones = np.ones(sum(map(len, grams)))
            hashes, places = np.unique(np.concatenate([hashes, *grams]), return_inverse=True)
            counts = np.bincount(places, np.concatenate([counts, ones])).astype(np.float64)
        kept = np.sort(np.argsort(-counts, kind="stable")[:MOST_GRAMS])
        idf = 1 + np.log((1 + len(texts)) / (1 + counts[kept]))
        return cls(hashes[kept], idf.astype(np.float32), _UNSEEN_SHARE * float(idf.max(initial=1)))

    def vector(self, tokens: Sequence[str]) -> Vector:
        """One text; empty when it shares no gram with the training texts."""
        characters = self._block(_character_grams(tokens), _CHARACTERS_LENGTH)
        words = self._block(_word_grams(tokens), _WORDS_LENGTH)
        return Vector(
            np.concatenate([characters.indices, words.indices]),
            np.concatenate([characters.values, words.values]),
        )

    def rows(self, texts: Sequence[Sequence[str]]) -> Rows:
        """The vectors of `texts`, one below another."""
        indices, values = [], []
        for tokens in texts:
            vector = self.vector(tokens)
            indices.append(vector.indices.astype(np.uint16))
            values.append(vector.values.astype(np.float16))
        starts = np.cumsum([0, *map(len, indices)])
        return Rows(starts, np.concatenate(indices), np.concatenate(values))

    def _block(self, grams: Hashes, length: np.float32) -> Vector:
        unique, counts = np.unique(grams, return_counts=True)
        places = np.minimum(np.searchsorted(self.hashes, unique), len(self.hashes) - 1)
        known = self.hashes[places] == unique
        indices = places[known]
        values = (1 + np.log(counts[known])).astype(np.float32) * self.idf[indices]
        square = values @ values + np.float32(self.unseen**2 * (len(known) - len(indices)))
        return Vector(indices, values * (length / max(np.sqrt(square), _TINY)))


def _grams(tokens: Sequence[str]) -> Hashes:
    return np.concatenate([_character_grams(tokens), _word_grams(tokens)])


def _character_grams(tokens: Sequence[str]) -> Hashes:
    """Hashes of the 2- to 4-grams that do not run over a word's edge; the edge itself is a character."""
    text = " ".join(["", *(_placeholder_letter(t) if is_placeholder(t) else t for t in tokens), ""])
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    inner = codes != _SPACE
    pairs = codes[:-1] * _BASE + codes[1:]
    triples = pairs[:-1] * _BASE + codes[2:]
    fours = triples[:-1] * _BASE + codes[3:]
    return np.concatenate([pairs, triples[inner[1:-1]], fours[inner[1:-2] & inner[2:-1]]]) * _MIX


def _placeholder_letter(token: str) -> str:
    """One letter of the private use area, so that no gram shows the inside of a placeholder."""
    first, size = _PRIVATE_USE
    return chr(first + zlib.crc32(token.encode()) % size)


def _word_grams(tokens: Sequence[str]) -> Hashes:
    words = np.fromiter((zlib.crc32(token.encode()) for token in tokens), dtype=np.uint64, count=len(tokens))
    words = (words + np.uint64(1 << 40)) * _MIX
    return np.concatenate([words, words[:-1] * _BASE + words[1:], words[:-2] * _SKIP + words[2:]])

"""Misspelt words read as the words that the training phrases use: a noisy channel with a bigram model.

Only a word that the phrases do not know is ever read as another. Its possible readings are the known words
a few edits away (optimal string alignment, by rapidfuzz) and itself; neighbouring words weigh them by
forward-backward over the sentence, and a reading counts only where it is clearly the most probable.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.grams import is_placeholder

EDGE = ""
CLEAR = 0.7
_EDIT = 0.01
_FIRST_LETTER = 0.4
_UNKNOWN = 0.001
_BIGRAM_SHARE = 0.6
_MOST_READINGS = 20

Reading = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Correction:
    """The token at place `at`, and the word that it was read as."""

    at: int
    typed: str
    read_as: str


class Speller:
    """Knows `words` by how often they were seen, and `bigrams` by how often one followed the other."""

    __slots__ = ("_bigrams", "_by_length", "_total", "_words")

    def __init__(self, words: Mapping[str, int], bigrams: Mapping[tuple[str, str], int]) -> None:
        self._words = words
        self._bigrams = bigrams
        self._total = sum(words.values()) or 1
        self._by_length = sorted((word for word in words if word.isalpha()), key=len)

    @classmethod
    def learn(cls, texts: Iterable[Sequence[str]]) -> "Speller":
        """Count the words and bigrams of `texts`, each a list of tokens."""
        words: Counter[str] = Counter()
        bigrams: Counter[tuple[str, str]] = Counter()
        for tokens in texts:
            words.update(tokens)
            bigrams.update(pairwise([EDGE, *tokens, EDGE]))
        return cls(words, bigrams)

    @property
    def words(self) -> Mapping[str, int]:
        """Every known word and its count."""
        return self._words

    def correct(self, tokens: Sequence[str]) -> list[Correction]:
        """The tokens that are clearly other words, in order of place; tokens are in lower case."""
        if all(self._stands(token) for token in tokens):
            return []
        lattice = [self._readings(token) for token in tokens]
        return [
            Correction(at, typed, word)
            for at, (typed, (word, chance)) in enumerate(zip(tokens, self._most_probable(lattice), strict=True))
            if word != typed and chance >= CLEAR
        ]

    def _stands(self, token: str) -> bool:
        return token in self._words or not token.isalpha() or is_placeholder(token)

    def _readings(self, token: str) -> list[Reading]:
        """What `token` may have been meant as, with the chance that it is then typed so."""
        if self._stands(token):
            return [(token, 1.0)]
        edits = _edits_allowed(token)
        near = self._by_length[self._from(len(token) - edits) : self._from(len(token) + edits + 1)]
        found = process.extract(token, near, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_READINGS)
        return [(token, _UNKNOWN), *((word, _typing_chance(token, word, int(d))) for word, d, _ in found)]

    def _from(self, length: int) -> int:
        """The place of the first known word that is so long."""
        return bisect_left(self._by_length, length, key=len)

    def _most_probable(self, lattice: Sequence[Sequence[Reading]]) -> list[Reading]:
        """The best reading of each place with its probability given the whole sentence."""
        forward, backward = self._forward(lattice), self._backward(lattice)
        best = []
        for readings, before, after in zip(lattice, forward, backward, strict=True):
            chances = [a * b for a, b in zip(before, after, strict=True)]
            top = max(range(len(chances)), key=chances.__getitem__)
            best.append((readings[top][0], chances[top] / math.fsum(chances)))
        return best

    def _forward(self, lattice: Sequence[Sequence[Reading]]) -> list[list[float]]:
        before: list[Reading] = [(EDGE, 1.0)]
        columns = []
        for readings in lattice:
            column = [chance * sum(p * self._follows(v, w) for v, p in before) for w, chance in readings]
            columns.append(_normalised(column))
            before = [(w, p) for (w, _), p in zip(readings, columns[-1], strict=True)]
        return columns

    def _backward(self, lattice: Sequence[Sequence[Reading]]) -> list[list[float]]:
        after: list[Reading] = [(EDGE, 1.0)]
        columns = []
        for readings in reversed(lattice):
            columns.append(_normalised([sum(p * self._follows(v, w) for w, p in after) for v, _ in readings]))
            after = [(v, c * p) for (v, c), p in zip(readings, columns[-1], strict=True)]
        return columns[::-1]

    def _follows(self, before: str, word: str) -> float:
        """The probability of `word` after `before`: the pair's share, smoothed by the word's own."""
        alone = (self._words.get(word, 0) + 0.5) / self._total
        pair = self._bigrams.get((before, word), 0)
        if not pair:
            return (1 - _BIGRAM_SHARE) * alone
        return _BIGRAM_SHARE * pair / (self._words.get(before, 0) or self._total) + (1 - _BIGRAM_SHARE) * alone


def _edits_allowed(token: str) -> int:
    return 1 if len(token) < 5 else 2 if len(token) < 9 else 3


def _typing_chance(typed: str, meant: str, edits: int) -> float:
    """How often `meant` is typed as `typed`: people seldom miss the first letter."""
    return float(_EDIT**edits) * (1 if typed[0] == meant[0] else _FIRST_LETTER)


def _normalised(column: list[float]) -> list[float]:
    total = math.fsum(column)
    return [p / total for p in column]

"""Which words are ordinary English, and so need no explanation when a question holds them.

A word that is neither ordinary nor known from the content may carry the sense of the question (a disease,
a drug, a test): the bot asks back rather than pass it over.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray
from spellchecker import SpellChecker

ORDINARY, PLAIN, EVERYDAY = 9_000, 4_000, 1_500
"""How many of the commonest words count as ordinary; may be what a misspelling is read as; say nothing at all."""


@dataclass(frozen=True, slots=True)
class WordList:
    """Very many words, sorted as UTF-8: a set of them would be a tenth of the program's memory."""

    ordered: NDArray[np.bytes_]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        """In any order."""
        return cls(np.sort(np.array([word.encode() for word in words], np.bytes_)))

    def __contains__(self, word: str) -> bool:
        sought = word.encode()
        place = bisect_left(self.ordered, sought)
        return place < len(self.ordered) and bool(self.ordered[place] == sought)


@dataclass(frozen=True, slots=True)
class English:
    """Words of English, by how often they occur in film and television subtitles."""

    all: WordList
    ordinary: frozenset[str]
    """Need no explanation."""
    plain: tuple[str, ...]
    """Longer than three letters, and what a misspelling may be read as."""
    everyday: frozenset[str]
    """So common that they say nothing of what is asked."""

    @classmethod
    @cache
    def read(cls) -> English:
        """From the dictionary of the spelling checker: once, since it takes a third of a second."""
        frequency = SpellChecker(language="en").word_frequency.dictionary
        commonest = nlargest(ORDINARY, frequency, key=frequency.__getitem__)
        plain = (word for word in commonest[:PLAIN] if len(word) > 3)
        return cls(WordList.of(frequency), frozenset(commonest), tuple(plain), frozenset(commonest[:EVERYDAY]))

"""Which words are ordinary English, and so need no explanation when a question holds them.

A word that is neither ordinary nor known from the content may carry the sense of the question (a disease,
a drug, a test): the bot asks back rather than pass it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from heapq import nlargest

from spellchecker import SpellChecker

COMMONEST = 9_000
"""How many of the commonest English words count as ordinary. Rarer ones are mostly technical."""
PLAIN = 4_000
"""How many of the commonest words a misspelling may be read as."""


@cache
def english_words() -> Mapping[str, int]:
    """English words with how often they occur (film and television subtitles). Reading them takes 0.1 s, once."""
    frequency: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return frequency


@cache
def ordinary_words() -> frozenset[str]:
    """The commonest English words."""
    return frozenset(nlargest(COMMONEST, english_words(), key=english_words().__getitem__))


@cache
def plain_words() -> tuple[str, ...]:
    """The very commonest, longer than three letters: what a misspelt everyday word is read as."""
    commonest = nlargest(PLAIN, english_words(), key=english_words().__getitem__)
    return tuple(word for word in commonest if len(word) > 3)

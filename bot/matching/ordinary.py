"""Which words are ordinary English, and so need no explanation when a question holds them.

A word that is neither ordinary nor known from the content may carry the sense of the question (a disease,
a drug, a test): the bot asks back rather than pass it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from heapq import nlargest

from spellchecker import SpellChecker

ORDINARY, PLAIN, EVERYDAY = 9_000, 4_000, 1_500
"""How many of the commonest words count as ordinary; may be what a misspelling is read as; say nothing at all."""


@cache
def english_words() -> Mapping[str, int]:
    """English words with how often they occur (film and television subtitles). Reading them takes 0.1 s, once."""
    frequency: Mapping[str, int] = SpellChecker(language="en").word_frequency.dictionary
    return frequency


@cache
def _commonest() -> tuple[str, ...]:
    """The ordinary words, commonest first: the shorter lists are its beginnings."""
    return tuple(nlargest(ORDINARY, english_words(), key=english_words().__getitem__))


@cache
def ordinary_words() -> frozenset[str]:
    """Words that need no explanation."""
    return frozenset(_commonest())


@cache
def plain_words() -> tuple[str, ...]:
    """Words of more than three letters that a misspelling may be read as."""
    return tuple(word for word in _commonest()[:PLAIN] if len(word) > 3)


@cache
def everyday_words() -> frozenset[str]:
    """Words so common that they say nothing of what is asked."""
    return frozenset(_commonest()[:EVERYDAY])

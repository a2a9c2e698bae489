"""Which words are ordinary English, and so need no explanation when a question holds them.

A word that is neither ordinary nor known from the content may carry the sense of the question (a disease,
a drug, a test): the bot asks back rather than pass it over.
"""

from __future__ import annotations

from functools import cache
from heapq import nlargest

from spellchecker import SpellChecker

COMMONEST = 9_000
"""How many of the commonest English words count as ordinary. Rarer ones are mostly technical."""


@cache
def ordinary_words() -> frozenset[str]:
    """The commonest words of a general English frequency list. Reading it takes a tenth of a second, once."""
    frequency = SpellChecker(language="en").word_frequency.dictionary
    return frozenset(nlargest(COMMONEST, frequency, key=frequency.__getitem__))

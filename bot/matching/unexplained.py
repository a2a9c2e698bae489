"""Words of a question that nobody placed: one of them may be a drug, a disease or a group that changes the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.domain.interpretation import Mention
from bot.matching.index import Index
from bot.matching.ordinary import English

_BEFORE_A_NAME = frozenset({"in", "for", "with", "of", "plus", "versus", "vs", "than", "or"})
_ARTICLES = frozenset({"the", "a", "an", "my", "our", "this", "these", "any", "some", "all", "very"})
SHORTEST, SHORTEST_ABBREVIATION = 3, 2
_VOWELS = frozenset("aeiouy")
SHORTEST_SLIP = 4


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A word without explanation. It is grave where it may be a name: unknown to English, or where a name stands."""

    word: str
    grave: bool


def unexplained(
    tokens: Sequence[str], mentions: Iterable[Mention], index: Index, *, respelt: Collection[str]
) -> tuple[Unexplained, ...]:
    """The words that are neither in a name, nor taught, nor ordinary, nor misspellings of such.

    `respelt` are the words that the ranker reads as taught ones.
    """
    named = {place for mention in mentions for place in range(mention.start, mention.end)}
    found = (
        one
        for place, word in enumerate(tokens)
        if place not in named
        for one in _faults(word, index, respelt, where_a_name_stands=_follows_preposition(tokens, place))
    )
    return tuple(dict.fromkeys(found))


def _faults(word: str, index: Index, respelt: Collection[str], *, where_a_name_stands: bool) -> Iterator[Unexplained]:
    """The word, if it lacks an explanation. Where a name stands, neither common English nor a respelling is one."""
    english = index.english
    if word in respelt and not (where_a_name_stands and word in english.all):
        return
    if _is_particle(word) or index.is_taught(word) or word in index.plain or _is_slip(word, english):
        return
    if where_a_name_stands or not index.is_word(word):
        yield Unexplained(word, grave=where_a_name_stands or word not in english.all)


def _follows_preposition(tokens: Sequence[str], place: int) -> bool:
    before = [token for token in tokens[max(0, place - 3) : place] if token not in _ARTICLES]
    return bool(before) and before[-1] in _BEFORE_A_NAME


def _is_particle(word: str) -> bool:
    """Whether the word is too short to be asked about; without a vowel it is an abbreviation ("RR")."""
    return len(word) < SHORTEST_ABBREVIATION or (len(word) < SHORTEST and bool(set(word) & _VOWELS))


def _is_slip(word: str, english: English) -> bool:
    """Whether the word is one edit away from an everyday word. A word of the dictionary is no slip."""
    if word in english.all or (len(word) < SHORTEST_SLIP and set(word) & _VOWELS):
        return False
    return extractOne(word, english.plain, scorer=OSA.distance, score_cutoff=1) is not None

"""Words of a question that nobody placed: one of them may be a drug, a disease or a group that changes the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.matching.index import Index
from bot.matching.masking import Segment
from bot.matching.ordinary import english_words, plain_words

_BEFORE_A_NAME = frozenset({"in", "for", "with", "of", "plus", "versus", "vs", "than", "or"})
SHORTEST, SHORTEST_ABBREVIATION = 3, 2
_VOWELS = frozenset("aeiouy")
SHORTEST_SLIP = 4


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A word without explanation. It is grave where it may be a name: unknown to English, or where a name stands."""

    word: str
    grave: bool


def unexplained(segments: Sequence[Segment], index: Index, *, respelt: Collection[str]) -> tuple[Unexplained, ...]:
    """The words that are neither names, nor taught, nor ordinary, nor misspellings of such.

    `respelt` are the words that the ranker reads as taught ones.
    """
    found = (one for segment in segments for one in _in_segment(segment, index) if one.word not in respelt)
    return tuple(dict.fromkeys(found))


def _in_segment(segment: Segment, index: Index) -> Iterator[Unexplained]:
    for place, word in enumerate(segment):
        if _is_particle(word) or word.startswith("{") or index.is_word(word) or _is_slip(word):
            continue
        where_a_name_stands = place > 0 and segment[place - 1] in _BEFORE_A_NAME
        yield Unexplained(word, grave=where_a_name_stands or word not in english_words())


def _is_particle(word: str) -> bool:
    """Whether the word is too short to be asked about; without a vowel it is an abbreviation ("RR")."""
    return len(word) < SHORTEST_ABBREVIATION or (len(word) < SHORTEST and bool(set(word) & _VOWELS))


def _is_slip(word: str) -> bool:
    """Whether the word is one edit away from an everyday word. A word of the dictionary is no slip."""
    if word in english_words() or len(word) < SHORTEST_SLIP:
        return False
    return extractOne(word, plain_words(), scorer=OSA.distance, score_cutoff=1) is not None

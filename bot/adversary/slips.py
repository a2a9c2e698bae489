"""Slips of the fingers: a word one edit away from what was meant."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {letter: (row, column + row / 2) for row, keys in enumerate(_ROWS) for column, letter in enumerate(keys)}


def neighbours(letter: str) -> tuple[str, ...]:
    """The keys that touch a key."""
    row, column = _PLACES.get(letter, (9, 9.0))
    return tuple(
        other for other, (r, c) in _PLACES.items() if other != letter and abs(r - row) <= 1 and abs(c - column) <= 1
    )


def inserted(word: str, at: int, rng: Random) -> str:
    """With a letter too many."""
    return word[:at] + rng.choice(ascii_lowercase) + word[at:]


def deleted(word: str, at: int, rng: Random) -> str:
    """With a letter missing."""
    return word[:at] + word[at + 1 :]


def substituted(word: str, at: int, rng: Random) -> str:
    """With another letter."""
    return word[:at] + rng.choice(ascii_lowercase) + word[at + 1 :]


def transposed(word: str, at: int, rng: Random) -> str:
    """With a letter and the next one changed about."""
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def mistyped(word: str, at: int, rng: Random) -> str:
    """With the letter of a key beside the right one."""
    return word[:at] + rng.choice(neighbours(word[at]) or (word[at],)) + word[at + 1 :]


def doubled(word: str, at: int, rng: Random) -> str:
    """With a letter twice."""
    return word[:at] + word[at] + word[at:]


SLIPS = (inserted, deleted, substituted, transposed, mistyped, doubled)


def slipped(word: str, edits: int, rng: Random) -> str:
    """A word after so many slips of any kind, which is another word than before."""
    typed = word
    while typed == word:
        for _ in range(edits):
            typed = rng.choice(SLIPS)(typed, rng.randrange(len(typed)), rng)
    return typed

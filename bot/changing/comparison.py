"""Two texts beside one another: which lines differ, and which words in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_WORDS = re.compile(r"\s+|\w+(?:[.,]\w+)*%?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Span:
    """Words that both texts hold, or only one of them."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line that differs, before and after; None where there was or is none."""

    before: tuple[Span, ...] | None
    after: tuple[Span, ...] | None


def changed_pairs(before: str, after: str) -> Iterator[tuple[str | None, str | None]]:
    """The lines that are not the same, in order, each beside the one that takes its place; None where there is none."""
    old, new = before.splitlines(), after.splitlines()
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[a:b], new[c:d])


def changed_lines(before: str, after: str) -> tuple[Line, ...]:
    """The same, with the words that differ."""
    return tuple(_line(*pair) for pair in changed_pairs(before, after))


def _line(before: str | None, after: str | None) -> Line:
    if before is None or after is None:
        whole = (Span(before or after or "", differs=True),)
        return Line(whole if after is None else None, whole if before is None else None)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matches = SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()
    sides = ([(tag, a, b) for tag, a, b, _, _ in matches], [(tag, c, d) for tag, _, _, c, d in matches])
    return Line(tuple(_spans(old, sides[0])), tuple(_spans(new, sides[1])))


def _spans(words: list[str], parts: Sequence[tuple[str, int, int]]) -> Iterator[Span]:
    for tag, start, end in parts:
        if start < end:
            yield Span("".join(words[start:end]), tag != "equal")

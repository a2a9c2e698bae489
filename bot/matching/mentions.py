"""The names in a question. A name is known, or it is not: nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from bot.domain.interpretation import Mention, Sort
from bot.matching.ages import ages
from bot.matching.lexicon import (
    SHORTEST_DICTATED,
    SHORTEST_FUZZY,
    SHORTEST_PART,
    SHORTEST_PART_OF_MANY,
    Lexicon,
    Name,
    Nearest,
    Target,
)

LONGEST_DICTATION = 5
"""Into how many words a dictated name may be split ("lid o mide")."""
_PARTICLES = frozenset("and or of on in with for to is the at vs versus not by from after".split())  # noqa: SIM905
"""Words that a piece of a name neither begins nor ends with."""


def find(tokens: Sequence[str], lexicon: Lexicon, is_word: Callable[[str], bool]) -> tuple[Mention, ...]:
    """The mentions in order, none overlapping. `is_word` says which tokens are words that need no correction."""
    search = _Search(tokens, tuple(map(_singulars, tokens)), lexicon, is_word)
    found: list[Mention] = []
    for step in (search.ages, search.dictated, search.listed, search.misspelt):
        taken = {index for mention in found for index in range(mention.start, mention.end)}
        found += step(taken)
    return tuple(sorted(found, key=lambda mention: mention.start))


@dataclass(frozen=True, slots=True)
class _Search:
    tokens: Sequence[str]
    singulars: Sequence[tuple[str, ...]]
    """Of each token."""
    lexicon: Lexicon
    is_word: Callable[[str], bool]

    def ages(self, _taken: set[int]) -> Iterator[Mention]:
        return ages(self.tokens, self.lexicon.populations)

    def dictated(self, taken: set[int]) -> Iterator[Mention]:
        """Drug names that came out of dictation in pieces ("lena lid o mide")."""
        index = 0
        while index < len(self.tokens):
            mention = self._dictated_at(index, taken)
            if mention:
                yield mention
            index = mention.end if mention else index + 1

    def _dictated_at(self, start: int, taken: set[int]) -> Mention | None:
        longest = min(len(self.tokens), start + LONGEST_DICTATION)
        if not _may_be_an_end(self.tokens[start]) or all(map(self.is_word, self.tokens[start:longest])):
            return None
        for end in range(longest, start + 1, -1):
            window = self.tokens[start:end]
            if not taken.isdisjoint(range(start, end)) or not self._may_be_pieces(window):
                continue
            near = self.lexicon.nearest("".join(window), self.lexicon.long_drugs)
            if near and (near.distance <= 1 or not self._stand_alone(window)):
                return next(_decided(near, "".join(window), start, end), None)
        return None

    def _may_be_pieces(self, window: Sequence[str]) -> bool:
        """Whether these tokens can be pieces of one name: not whole names, and not ordinary words alone."""
        if any(len(token) >= SHORTEST_DICTATED and (token,) in self.lexicon.names for token in window):
            return False
        return _may_be_an_end(window[0]) and _may_be_an_end(window[-1]) and not all(map(self.is_word, window))

    def _stand_alone(self, window: Sequence[str]) -> bool:
        """Whether one of the tokens is a misspelt name by itself, or the first is a longer word of the sentence."""
        odd = [token for token in window if len(token) >= SHORTEST_FUZZY and not self.is_word(token)]
        return any(self.lexicon.nearest(token, self.lexicon.long_drugs) for token in odd)

    def listed(self, taken: set[int]) -> Iterator[Mention]:
        """Names as they stand in the lists."""
        index = 0
        while index < len(self.tokens):
            name = None if index in taken else self._name_at(index, taken)
            if name is None:
                index += 1
                continue
            sort, key = self.lexicon.names[name]
            end = index + len(name)
            how: Literal["exact", "alias"] = "exact" if name in self.lexicon.official else "alias"
            yield Mention(sort, (key,), index, end, " ".join(self.tokens[index:end]), how)
            index = end

    def _name_at(self, index: int, taken: set[int]) -> Name | None:
        for first in self._firsts(index):
            for name in self.lexicon.by_first.get(first, ()):
                end = index + len(name)
                if end > len(self.tokens) or not self._is_spoken(name, index):
                    continue
                if taken.isdisjoint(range(index, end)):
                    return name
        return None

    def _firsts(self, index: int) -> Iterable[str]:
        """What the first word of a name may be that this token is."""
        token = self.tokens[index]
        yield from self.singulars[index]
        if len(token) >= SHORTEST_PART - 1 and not self.is_word(token):
            yield from self.lexicon.slips_of_firsts(token)

    def _is_spoken(self, name: Name, start: int) -> bool:
        """Whether the tokens from there on say a name. In one of several words, a part may hold a slip.

        The last word is looked at first: many names begin alike.
        """
        parts = len(name)
        return all(self._is_part(name[place], start + place, parts) for place in range(parts - 1, -1, -1))

    def _is_part(self, part: str, index: int, parts: int) -> bool:
        """Whether a token is this part, with one slip where the part is long and the token no word."""
        if part in self.singulars[index]:
            return True
        slips = parts > 1 and len(part) >= (SHORTEST_PART if parts == 2 else SHORTEST_PART_OF_MANY)
        token = self.tokens[index]
        return slips and OSA.distance(part, token, score_cutoff=1) <= 1 and not self.is_word(token)

    def misspelt(self, taken: set[int]) -> Iterator[Mention]:
        """Words that nobody knows, near a name of one word."""
        for index, token in enumerate(self.tokens):
            forms = (token, token.removesuffix("s"))
            if index in taken or len(token) < SHORTEST_FUZZY or any(map(self.is_word, forms)):
                continue
            near = next(filter(None, (self.lexicon.nearest(form, self.lexicon.single) for form in forms)), None)
            if near:
                yield from _decided(near, token, index, index + 1)


def _decided(near: Nearest, word: str, start: int, end: int) -> Iterator[Mention]:
    """One name where it is alone; all drugs that are near where one of ours is among them; else the nearest."""
    ours = any(sort is Sort.DRUG for sort, _ in near.rivals)
    if len(near.rivals) == 1 or not ours:
        sort, key = near.nearest[0]
        yield Mention(sort, (key,), start, end, word, "corrected")
    else:
        yield Mention(Sort.DRUG, tuple(_keys(near.rivals)), start, end, word, "unclear")


def _keys(targets: Iterable[Target]) -> Iterator[str]:
    return (key for sort, key in targets if sort in {Sort.DRUG, Sort.FOREIGN})


def _may_be_an_end(piece: str) -> bool:
    """Whether a dictated name may begin or end with it."""
    return len(piece) > 1 and piece not in _PARTICLES


def _singulars(token: str) -> tuple[str, ...]:
    """The token, and what it may be the plural or genitive of."""
    bare = token.removesuffix("'s")
    return (token, bare, bare.removesuffix("s")) if len(bare) > 2 else (token, bare)

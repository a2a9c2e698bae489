"""Names in a question, from closed lists. A name is known, or it is not: nothing is guessed.

The names of the drugs lie three edits apart (thalidomide, lenalidomide, pomalidomide). A misspelt name is
read as one of them only where that one is nearest by a clear distance; otherwise all that are near are kept, and
the bot asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.domain.catalogue import Catalogue
from bot.domain.entity import Population
from bot.domain.interpretation import Mention, Sort
from bot.matching.ages import ages
from bot.matching.normal import fold, words

SHORTEST_FUZZY = 5
"""Shorter names are matched to the letter: one edit in "thal" is another word."""
CLEARLY_NEARER = 2
"""How many edits further away every other name must be."""
MOST_EDITS = 3
FURTHEST = MOST_EDITS + CLEARLY_NEARER
FOREIGN_DRUGS = "drugs."
"""Before the keys of intents/out_of_scope/drugs.yaml."""
LONGEST_DICTATION = 5
"""Into how many words a dictated name may be split ("lid o mide")."""

Name = tuple[str, ...]
Target = tuple[Sort, str]


def edits_allowed(name: str, *, of_drug: bool) -> int:
    """How many edits a misspelling of a name may have: up to three for the long names of drugs, else one or two."""
    if len(name) < SHORTEST_FUZZY:
        return 0
    return min(MOST_EDITS, (len(name) - 2) // 3) if of_drug else min(2, len(name) // 6 or 1)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names with what they name, ready for look-up."""

    names: dict[Name, Target]
    official: frozenset[Name]
    by_first: dict[str, tuple[Name, ...]]
    single: tuple[str, ...]
    populations: Mapping[str, Population]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Lexicon:
        """The names of everything that the catalogue can name. The first list that holds a name keeps it."""
        names: dict[Name, Target] = {}
        official: set[Name] = set()
        for target, name, aliases in _entries(catalogue):
            for index, alias in enumerate((name, *aliases)):
                key = tuple(words(fold(alias)))
                if key and key not in names:
                    names[key] = target
                    if index == 0:
                        official.add(key)
        by_first: dict[str, list[Name]] = defaultdict(list)
        for key in sorted(names, key=len, reverse=True):
            by_first[key[0]].append(key)
        single = tuple(
            key[0]
            for key, (sort, _) in names.items()
            if len(key) == 1 and len(key[0]) >= SHORTEST_FUZZY and sort is not Sort.STUDY
        )
        by_first_name = {first: tuple(keys) for first, keys in by_first.items()}
        return cls(names, frozenset(official), by_first_name, single, catalogue.populations)

    def find(self, tokens: Sequence[str], is_word: Callable[[str], bool]) -> tuple[Mention, ...]:
        """The mentions in order, none overlapping. `is_word` says which tokens are words that need no correction."""
        found = list(ages(tokens, self.populations))
        found += self._exact(tokens, {index for mention in found for index in range(mention.start, mention.end)})
        taken = {index for mention in found for index in range(mention.start, mention.end)}
        found += self._dictated(tokens, taken, is_word)
        taken = {index for mention in found for index in range(mention.start, mention.end)}
        found += self._misspelt(tokens, taken, is_word)
        return tuple(sorted(found, key=lambda mention: mention.start))

    def _exact(self, tokens: Sequence[str], taken: Collection[int]) -> Iterator[Mention]:
        index = 0
        while index < len(tokens):
            name = None if index in taken else self._name_at(tokens, index)
            if name is None:
                index += 1
                continue
            sort, key = self.names[name]
            end = index + len(name)
            how: Literal["exact", "alias"] = "exact" if name in self.official else "alias"
            yield Mention(sort, (key,), index, end, " ".join(tokens[index:end]), how)
            index = end

    def _name_at(self, tokens: Sequence[str], index: int) -> Name | None:
        for first in _singulars(tokens[index]):
            for name in self.by_first.get(first, ()):
                spoken = tokens[index : index + len(name)]
                if all(part in _singulars(token) for part, token in zip(name, spoken, strict=False)) and len(
                    spoken
                ) == len(name):
                    return name
        return None

    def _misspelt(
        self, tokens: Sequence[str], taken: Collection[int], is_word: Callable[[str], bool]
    ) -> Iterator[Mention]:
        for index, token in enumerate(tokens):
            singular = token.removesuffix("s")
            if index not in taken and len(token) >= SHORTEST_FUZZY and not (is_word(token) or is_word(singular)):
                found = list(self._nearest(token, index, index + 1, self.single))
                yield from found or self._nearest(singular, index, index + 1, self.single)

    def _dictated(
        self, tokens: Sequence[str], taken: Collection[int], is_word: Callable[[str], bool]
    ) -> Iterator[Mention]:
        """Drug names that came out of dictation in pieces."""
        drugs = [name for name in self.single if len(name) > 8 and _is_drug(self.names[(name,)])]
        index = 0
        while index < len(tokens):
            mention = self._dictated_at(tokens, index, taken, is_word, drugs)
            if mention:
                yield mention
            index = mention.end if mention else index + 1

    def _dictated_at(
        self,
        tokens: Sequence[str],
        start: int,
        taken: Collection[int],
        is_word: Callable[[str], bool],
        drugs: Sequence[str],
    ) -> Mention | None:
        for end in range(min(len(tokens), start + LONGEST_DICTATION), start + 1, -1):
            window = tokens[start:end]
            whole = not any(index in taken for index in range(start, end))
            if whole and not all(map(is_word, window)) and all(len(part) > 1 for part in (window[0], window[-1])):
                for mention in self._nearest("".join(window), start, end, drugs):
                    return mention
        return None

    def _nearest(self, word: str, start: int, end: int, names: Sequence[str]) -> Iterator[Mention]:
        """The name that is clearly nearest to a word; all that are near where none is; nothing if none is near."""
        near: dict[Target, int] = {}
        best = None
        for name, distance, _ in extract(word, names, scorer=OSA.distance, score_cutoff=FURTHEST, limit=None):
            target = self.names[(name,)]
            near[target] = min(distance, near.get(target, distance))
            if distance <= edits_allowed(name, of_drug=_is_drug(target)):
                best = distance if best is None else min(best, distance)
        if best is not None:
            rivals = [target for target, distance in near.items() if distance < best + CLEARLY_NEARER]
            yield from _decide(rivals, [target for target in rivals if near[target] == best], word, start, end)


def _decide(rivals: Sequence[Target], nearest: Sequence[Target], word: str, start: int, end: int) -> Iterator[Mention]:
    """One name where it is alone; between drugs that are near, all of them; among other names the nearest."""
    drugs = [target[1] for target in rivals if _is_drug(target)]
    ours = any(sort is Sort.DRUG for sort, _ in rivals)
    if len(rivals) == 1 or (not ours and len(nearest) == 1):
        sort, key = nearest[0]
        yield Mention(sort, (key,), start, end, word, "corrected")
    elif ours:
        yield Mention(Sort.DRUG, tuple(drugs), start, end, word, "unclear")


def _is_drug(target: Target) -> bool:
    """Whether a name is that of a drug, ours or not: drug names are long and alike."""
    sort, key = target
    return sort is Sort.DRUG or (sort is Sort.FOREIGN and key.startswith(FOREIGN_DRUGS))


def _singulars(token: str) -> tuple[str, ...]:
    """The token, and what it may be the plural or genitive of."""
    bare = token.removesuffix("'s")
    return (token, bare, bare.removesuffix("s")) if len(bare) > 2 else (token, bare)


def _entries(catalogue: Catalogue) -> Iterator[tuple[Target, str, tuple[str, ...]]]:
    """What it names, its name, its other names; the more specific lists first."""
    for key, drug in catalogue.drugs.items():
        yield (Sort.DRUG, key), drug.name, drug.aliases
    for key, group in catalogue.classes.items():
        yield (Sort.DRUG_CLASS, key), group.name, group.aliases
    for list_name, foreign in catalogue.foreign.items():
        for key, entry in foreign.entries.items():
            yield (Sort.FOREIGN, f"{list_name}.{key}"), entry.name, entry.aliases
    for key, population in catalogue.populations.items():
        yield (Sort.POPULATION, key), population.name, population.aliases
    for key, aspect in catalogue.aspects.items():
        yield (Sort.ASPECT, key), aspect.name, aspect.aliases
    for key, study in catalogue.studies.items():
        yield (Sort.STUDY, key), study.name, study.aliases

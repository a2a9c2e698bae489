"""All names that a question can hold, from closed lists, ready for look-up.

The names of the drugs lie three edits apart (thalidomide, lenalidomide, pomalidomide). A misspelt name is
read as one of them only where that one is nearest by a clear distance; otherwise all that are near are kept, and
the bot asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.domain.catalogue import Catalogue
from bot.domain.entity import Population
from bot.domain.interpretation import Sort
from bot.matching.normal import fold, words

SHORTEST_FUZZY = 5
"""Shorter names are matched to the letter: one edit in "thal" is another word."""
SHORTEST_DICTATED = 9
"""Shorter drug names do not fall into pieces."""
SHORTEST_PART = 6
"""A word of a name of two words may hold one slip from this length on ("hepatic imparment")."""
SHORTEST_PART_OF_MANY = 4
"""The same for a name of more words: the others vouch for it ("graft versus hodt disease")."""
CLEARLY_NEARER = 2
"""How many edits further away every other name must be."""
MOST_EDITS = 3
FOREIGN_DRUGS = "drugs."
"""Before the keys of intents/out_of_scope/drugs.yaml."""

Name = tuple[str, ...]
Target = tuple[Sort, str]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The names near a word: those at the least distance, and all that are not clearly further away."""

    distance: int
    nearest: tuple[Target, ...]
    rivals: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names with what they name."""

    names: Mapping[Name, Target]
    official: frozenset[Name]
    by_first: Mapping[str, tuple[Name, ...]]
    single: tuple[str, ...]
    long_drugs: tuple[str, ...]
    long_firsts: tuple[str, ...]
    populations: Mapping[str, Population]
    parts: frozenset[str]
    """Every word of every name, but for those of studies: authors are called as other people are."""
    of_studies: frozenset[str]
    """The words of the names of studies."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Lexicon:
        """The names of everything that the catalogue can name. The first list that holds a name keeps it."""
        names: dict[Name, Target] = {}
        official: set[Name] = set()
        for target, name, aliases in _entries(catalogue):
            official.add(tuple(words(fold(name))))
            for alias in (name, *aliases):
                names.setdefault(tuple(words(fold(alias))), target)
        names.pop((), None)
        by_first: dict[str, list[Name]] = defaultdict(list)
        for key in sorted(names, key=len, reverse=True):
            by_first[key[0]].append(key)
        single = tuple(
            key[0]
            for key, (sort, _) in names.items()
            if len(key) == 1 and len(key[0]) >= SHORTEST_FUZZY and sort is not Sort.STUDY
        )
        long_drugs = tuple(name for name in single if len(name) >= SHORTEST_DICTATED and is_drug(names[(name,)]))
        firsts = {first: tuple(keys) for first, keys in by_first.items()}
        several = dict.fromkeys(key[0] for key in names if len(key) > 1)
        long_firsts = tuple(first for first in several if len(first) >= SHORTEST_PART)
        parts = frozenset(part for name, (sort, _) in names.items() if sort is not Sort.STUDY for part in name)
        of_studies = frozenset(part for name, (sort, _) in names.items() if sort is Sort.STUDY for part in name)
        populations = catalogue.populations
        return cls(names, frozenset(official), firsts, single, long_drugs, long_firsts, populations, parts, of_studies)

    def slips_of_firsts(self, word: str) -> tuple[str, ...]:
        """First words of names of several words that a word may be a slip for. Names of one are judged by `nearest`."""
        found = extract(word, self.long_firsts, scorer=OSA.distance, score_cutoff=1, limit=None)
        return tuple(first for first, _, _ in found)

    def nearest(self, word: str, names: Sequence[str]) -> Nearest | None:
        """The names near a word; None where none is within its reach."""
        reached = (
            distance for name, distance in self._within(MOST_EDITS, word, names) if distance <= self._reach(name)
        )
        best = min(reached, default=None)
        if best is None:
            return None
        near: dict[Target, int] = {}
        for name, distance in self._within(best + CLEARLY_NEARER - 1, word, names):
            target = self.names[(name,)]
            near[target] = min(distance, near.get(target, distance))
        return Nearest(best, tuple(target for target in near if near[target] <= best), tuple(near))

    def _reach(self, name: str) -> int:
        return edits_allowed(name, of_drug=is_drug(self.names[(name,)]))

    def _within(self, edits: int, word: str, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        """The names at most so many edits away from a word, nearest first."""
        found = extract(word, names, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return ((name, int(distance)) for name, distance, _ in found)


def edits_allowed(name: str, *, of_drug: bool) -> int:
    """How many edits a misspelling of a name may have: up to three for the long names of drugs, else one or two."""
    if len(name) < SHORTEST_FUZZY:
        return 0
    return min(MOST_EDITS, (len(name) - 2) // 3) if of_drug else min(2, len(name) // 6 or 1)


def is_drug(target: Target) -> bool:
    """Whether a name is that of a drug, ours or not: drug names are long and alike."""
    sort, key = target
    return sort is Sort.DRUG or (sort is Sort.FOREIGN and key.startswith(FOREIGN_DRUGS))


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

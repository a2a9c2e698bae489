"""Which drug a typed name may be read as: judged from the lists alone, not by how the bot does it."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.domain.catalogue import Catalogue
from bot.domain.entity import Entity

CLEARLY = 2
"""A misspelt name is one drug's where every other drug's names are so many edits further away."""
LONG = 5
"""Shorter names have no misspellings: one letter makes another word of them."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of every drug that is known, ours and others, by key."""

    ours: dict[str, tuple[str, ...]]
    foreign: dict[str, tuple[str, ...]]
    populations: dict[str, tuple[str, ...]]
    aspects: dict[str, tuple[str, ...]]
    diseases: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Names:
        """The names in a catalogue; of populations, those that no figure for all patients may stand for."""
        special = {key: one for key, one in catalogue.populations.items() if not one.general_figure}
        return cls(
            ours={key: _names(drug) for key, drug in catalogue.drugs.items()},
            foreign=_listed(catalogue, "drugs"),
            populations={key: _names(one) for key, one in special.items()},
            aspects={key: _names(one) for key, one in catalogue.aspects.items()},
            diseases=_listed(catalogue, "diseases"),
        )

    def readable_as(self, typed: str) -> frozenset[str]:
        """The one of our drugs that a typed name may be read as without asking; empty where none is clearly nearest."""
        distances = {key: _distance(typed, names) for key, names in {**self.foreign, **self.ours}.items()}
        nearest, *others = sorted(distances, key=lambda key: distances[key])
        next_one = distances[others[0]] if others else len(typed)
        clear = distances[nearest] == 0 or next_one - distances[nearest] >= CLEARLY
        return frozenset({nearest}) if clear and nearest in self.ours else frozenset()

    @property
    def alike(self) -> tuple[str, ...]:
        """Long names of our drugs, and of those whose names end like theirs."""
        endings = tuple({names[0][-6:] for names in self.ours.values()})
        lists = (*self.ours.values(), *(names for names in self.foreign.values() if names[0].endswith(endings)))
        return tuple(name for names in lists for name in names if len(name) > LONG and " " not in name)


def _listed(catalogue: Catalogue, name: str) -> dict[str, tuple[str, ...]]:
    """The names in a list of what is not covered, where there is such a list."""
    listed = catalogue.foreign.get(name)
    return {key: _names(entry) for key, entry in listed.entries.items()} if listed else {}


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name.casefold(), *entity.aliases)


def _distance(typed: str, names: tuple[str, ...]) -> int:
    return min(OSA.distance(typed, name) if len(name) >= LONG else 0 if typed == name else len(typed) for name in names)

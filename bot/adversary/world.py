"""What near misses are made from, and what one of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from bot.adversary.bases import Base, bases
from bot.adversary.names import Names
from bot.domain.catalogue import Catalogue

T = TypeVar("T")


class UnaskableError(Exception):
    """The content holds nothing that such a near miss could be made from."""


def picked(rng: Random, options: Sequence[T]) -> T:
    """One of the options. Raises UnaskableError where there is none."""
    if not options:
        raise UnaskableError
    return rng.choice(options)


@dataclass(frozen=True, slots=True)
class Probe:
    """A conversation of one turn or more; what its last reply may state.

    `drugs` are those of which figures may stand there without asking. With a `population` they may stand only where
    the content has them for this group; with `as_plain`, only on topics near those that this question is
    answered with.
    """

    turns: tuple[str, ...]
    topic: str
    drugs: frozenset[str]
    population: str | None = None
    as_plain: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What near misses are made from."""

    catalogue: Catalogue
    bases: tuple[Base, ...]
    names: Names

    @classmethod
    def of(cls, catalogue: Catalogue, phrases: int, rng: Random) -> World:
        """From a catalogue, with so many phrases for each topic and drug."""
        return cls(catalogue, bases(catalogue, phrases, rng), Names.of(catalogue))

    def name(self, drug: str) -> str:
        """What a drug is called."""
        return self.catalogue.drugs[drug].name

    def other(self, drug: str) -> str:
        """Another of our drugs. Raises UnaskableError where there is only one."""
        others = [key for key in self.catalogue.drugs if key != drug]
        if not others:
            raise UnaskableError
        return others[0]

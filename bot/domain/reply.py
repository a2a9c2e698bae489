"""What the bot answers: a closed union. Every `match` on it ends in assert_never.

Sentences stay templates here: the figures go in when a reply is rendered, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal, TypeVar

from bot.domain.answer import State
from bot.domain.catalogue import Located
from bot.domain.finding import Citation
from bot.domain.reference import Reference
from bot.domain.template import REFERENCE_SLOT, slots

Of = TypeVar("Of", bound=Hashable)
Made = TypeVar("Made")
MOST_KEPT = 2_000
"""Things that are made once of a content and used again: many times its answers."""
How = Literal["exact", "alias", "corrected", "context", "chosen"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with slots, and the findings that it may name."""

    template: str
    scope: Mapping[str, Located] = field(default_factory=dict, repr=False)

    @property
    def findings(self) -> tuple[Located, ...]:
        """The findings that it names, in order, each once."""
        named = (self.scope[slot.name] for slot in slots(self.template) if slot.name != REFERENCE_SLOT)
        return tuple({found.id: found for found in named}.values())


@dataclass(frozen=True, slots=True)
class Contrast:
    """A disagreement between sources, side by side."""

    about: str
    sides: tuple[Passage, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """A rider, with where it stands."""

    says: str
    citation: Citation


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What is stated about one topic and one drug. Two are the same where they are one object."""

    topic: str
    title: str
    drug: str | None
    drug_name: str | None
    population: str | None
    population_name: str | None
    state: State
    lead: Passage
    headline: Passage | None = None
    notes: tuple[str, ...] = ()
    details: tuple[Passage, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    riders: tuple[SafetyLine, ...] = ()
    aspect: str | None = None
    """What was asked of the topic, where that is something that the sources do not hold."""
    is_study: bool = False
    """Whether it tells of one study, and not what all sources say of the topic."""
    is_shortened: bool = False
    """Whether details were left out so that it fits one message."""

    @property
    def findings(self) -> tuple[Located, ...]:
        """Every finding that is stated, the first screen's first, each once."""
        passages = [self.lead, *self.details, *(side for contrast in self.contrasts for side in contrast.sides)]
        return tuple({found.id: found for passage in passages for found in passage.findings}.values())

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where it all stands, in the same order, each once."""
        own = [citation for found in self.findings for citation in found.citations]
        return tuple(dict.fromkeys([*own, *(rider.citation for rider in self.riders)]))


@dataclass(frozen=True, slots=True)
class Option:
    """What a tap would ask."""

    label: str
    topic: str | None
    drug: str | None
    population: str | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read. `confidence` is of the reading, from 0 to 1, never of the evidence."""

    how: How
    topics: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    population: str | None = None
    confidence: float = 0.0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The knowledge base holds it."""

    understood: Understood
    stated: tuple[Stated, ...]
    options: tuple[Option, ...] = ()
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class NotReported:
    """Understood and within the subject, but the sources hold no such figure; `nearby` is offered beside the gap."""

    understood: Understood
    stated: tuple[Stated, ...]
    nearby: tuple[Stated, ...] = ()
    nearby_heading: str = ""
    options: tuple[Option, ...] = ()
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Clarification:
    """Asks back, with what a tap would ask."""

    understood: Understood
    text: str
    options: tuple[Option, ...]
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """A reply of one text, with what a tap would ask."""

    understood: Understood
    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfScope(_Said):
    """Understood, and declined by name."""


@dataclass(frozen=True, slots=True)
class NotUnderstood(_Said):
    """Nothing fits well enough."""


@dataclass(frozen=True, slots=True)
class SmallTalk(_Said):
    """Talk beside the subject."""


@dataclass(frozen=True, slots=True)
class Refused(_Said):
    """Not read at all: too long, too many, or not text."""


Reply = Answered | NotReported | Clarification | OutOfScope | NotUnderstood | SmallTalk | Refused


@dataclass(frozen=True, eq=False)
class Library:
    """What rendering looks up: sources by key, and the sentences that stand in answers by rule.

    An engine has one, and what was laid out of its content is kept with it.
    """

    references: Mapping[str, Reference]
    disclaimer: str
    """Below every answer."""
    withheld: str
    """Where a figure is withheld."""
    shortened: str
    """Where details were left out."""
    continued: str
    """Heads a further message. {title} is the heading of the first."""

    def once(self, make: Callable[[Of, Library], Made], of: Of) -> Made:
        """What `make` makes of something that never changes: made once, and kept while it is among the latest."""
        made: Made = self._kept(make, of)
        return made

    @cached_property
    def _kept(self) -> Callable[[Callable[[Any, Library], Any], Hashable], Any]:
        return lru_cache(MOST_KEPT)(lambda make, of: make(of, self))

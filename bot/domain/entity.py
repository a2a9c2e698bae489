"""What a question can name: closed lists, so that a name is either known or not."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.domain.record import Record
from bot.domain.sentence import Name, Plain, Said

Declining = Annotated[str, Said(("name",))]
"""A sentence that declines what {name} stands for."""


class Entity(Record):
    """Something with a name and other names."""

    name: Name
    """How the bot calls it."""
    aliases: tuple[str, ...] = ()
    """How people write it: abbreviations, brand names, common misspellings. Plurals need no entry of their own."""


class Drug(Entity):
    """A drug that the knowledge base covers: knowledge/drugs.yaml."""

    anaphors: tuple[str, ...] = ()
    """Ways to point to it by what it is ("the newer one"), read only where a conversation is under way."""


class Population(Entity):
    """A group of patients or a form of the disease: knowledge/populations.yaml."""

    adjectives: tuple[str, ...] = ()
    """Words that may stand before any population without changing who is meant ("refractory"). On the first one."""
    within: str | None = None
    """The wider group: discoid lupus within cutaneous lupus."""
    general_figure: bool = True
    """May the figure for the wider group stand for it (said to be so)? No for children, kidney disease and the like."""
    tells_topic: bool = False
    """Is the word itself part of what is asked (pregnancy, panniculitis)? Then it stays visible to the ranking."""
    age_from: int | None = None
    """Youngest age in years, where the group is one of age: "70 year old" names it."""
    age_to: int | None = None
    """Oldest age in years."""
    see: tuple[str, ...] = ()
    """Topics to offer beside a gap. The first is what a question usually means that names the group and no topic."""


class Aspect(Entity):
    """Something within the subject of which the sources say nothing: knowledge/aspects.yaml."""

    says: Plain | None = None
    """The sentence to say, where the general one does not fit."""
    see: tuple[str, ...] = Field(min_length=1)
    """Topics to offer instead. The first is what a question usually means that names the aspect and no topic."""


class Foreign(Entity):
    """A drug or disease that is known and not covered: intents/out_of_scope/."""

    says: Declining | None = None
    """The sentence to say, where that of the file does not fit."""
    companion: bool = False
    """A drug that is given beside ours: named with one of ours, it is part of the question."""
    tells_topic: bool = False
    """Does the name itself say what is asked (aspirin)? Then it stays visible to the ranking."""


class ForeignList(Record):
    """One file of intents/out_of_scope/."""

    says: Declining
    """How it is declined. {name} is what the question named."""
    entries: dict[str, Foreign]
    """By key."""


class DrugClass(Entity):
    """A name for several of our drugs at once ("IMiD", "both drugs")."""

    anaphors: tuple[str, ...] = ()
    """Ways to point to them ("both"), read only where a conversation is under way."""

    drugs: tuple[str, ...] = Field(min_length=2)
    """Keys of the drugs."""


class Drugs(Record):
    """knowledge/drugs.yaml."""

    drugs: dict[str, Drug]
    """The drugs that are covered, by key."""
    classes: dict[str, DrugClass] = Field(default_factory=dict)
    """Names for several of them."""

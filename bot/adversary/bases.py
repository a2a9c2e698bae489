"""Plain questions from the content: for each topic and drug its own question, and some of its phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bot.domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Base:
    """A question with {drug} where the name of `drug` stands; `others` are our drugs that it names besides."""

    topic: str
    drug: str
    text: str
    others: frozenset[str] = frozenset()

    def about(self, name: str) -> str:
        """The question with a name filled in."""
        return self.text.replace("{drug}", name)


def bases(catalogue: Catalogue, phrases: int, rng: Random) -> tuple[Base, ...]:
    """The question of each topic for each drug, and up to so many of its phrases that name a drug."""
    return tuple(base for drug, topic in catalogue.cells if drug for base in _of(catalogue, topic, drug, phrases, rng))


def _of(catalogue: Catalogue, topic: str, drug: str, number: int, rng: Random) -> Iterator[Base]:
    known = catalogue.topics[topic]
    naming = [phrase for phrase in known.phrases if "{drug}" in phrase]
    chosen = rng.sample(naming, min(number, len(naming)))
    for text in (known.question, *chosen) if "{drug}" in known.question else chosen:
        yield _base(catalogue, topic, drug, text, rng)


def _base(catalogue: Catalogue, topic: str, drug: str, phrase: str, rng: Random) -> Base:
    """A second {drug} is the other drug; groups and companions are some of those that change nothing."""
    other = next((key for key in catalogue.drugs if key != drug), drug)
    head, slot, tail = phrase.partition("{drug}")
    text = head + slot + tail.replace("{drug}", catalogue.drugs[other].name)
    text = text.replace("{population}", rng.choice(_plain_groups(catalogue) or ["patients"]))
    text = text.replace("{companion}", rng.choice(_companions(catalogue) or ["placebo"]))
    others = frozenset(key for key, one in catalogue.drugs.items() if one.name in text)
    return Base(topic, drug, text, others)


def _plain_groups(catalogue: Catalogue) -> list[str]:
    """Groups that the general figure holds for, called as the whole subject is ("systemic lupus")."""
    groups = list(catalogue.populations.values())
    subject = groups[0].name.split()[-1] if groups else ""
    return [group.name for group in groups if group.general_figure and not group.tells_topic and subject in group.name]


def _companions(catalogue: Catalogue) -> list[str]:
    entries = [entry for listed in catalogue.foreign.values() for entry in listed.entries.values()]
    return [entry.name for entry in entries if entry.companion and not entry.tells_topic]

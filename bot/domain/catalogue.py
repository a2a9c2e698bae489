"""Everything the bot may say, read once and never changed."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from bot.domain.answer import Answer, Rider, State
from bot.domain.entity import Aspect, Drug, DrugClass, ForeignList, Population
from bot.domain.figure import Point, Range, Unit
from bot.domain.finding import Citation, DerivedFinding, Finding, PointFinding
from bot.domain.place import Place, Steps, nearest_place
from bot.domain.reference import Reference, Study
from bot.domain.topic import Limits, Messages, SmallTalk, Topic

GIVEN = ("single", "usual")
"""Kinds of amounts that patients were given, unlike what was computed from them or the ends of a range."""


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with its id ("cuadrado_2005.relapse") and its place in the content.

    A finding of a study carries the study's size and design; a derived one, what it was derived from. A withheld one
    is past the day up to which its figure may be shown.
    """

    id: str
    finding: Finding
    place: Place
    study: str | None = None
    patients: int | None = None
    design: str | None = None
    parts: tuple[Located, ...] = ()
    review_by: date | None = None
    withheld: bool = False

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where it stands; for a derived finding, where its parts stand, each once."""
        if isinstance(self.finding, DerivedFinding):
            return tuple(dict.fromkeys(citation for part in self.parts for citation in part.citations))
        return (self.finding.source,)

    @property
    def span(self) -> Range:
        """From the lowest to the highest of the parts. Raises ValueError where they have no common unit."""
        ends = [end for part in self.parts for end in _ends(part)]
        units = {unit for _, unit in ends}
        if len(units) != 1:
            raise ValueError(f"a span needs one common unit, not {', '.join(sorted(units)) or 'none'}")
        amounts = [amount for amount, _ in ends]
        return Range(low=min(amounts), high=max(amounts), unit=units.pop())

    @property
    def commonest(self) -> tuple[Decimal, Unit, int]:
        """The amount that occurs most often among the parts, its unit, and in how many of them.

        Only amounts that were given as such count: no ends of ranges, no medians and no means. Raises ValueError
        where a part is none.
        """
        points = Counter(_amount(part) for part in self.parts)
        (amount, unit), times = points.most_common(1)[0]
        return amount, unit, times

    @property
    def value(self) -> object | None:
        """The typed figure, where it has one and it may be shown."""
        return None if self.withheld else getattr(self.finding, "value", None)


def _amount(part: Located) -> tuple[Decimal, Unit]:
    finding = part.finding
    if isinstance(finding, PointFinding) and finding.kind in GIVEN:
        return finding.value.amount, finding.value.unit
    raise ValueError(f"{part.id} is of kind {finding.kind}, and the commonest is found among {' and '.join(GIVEN)}")


def _ends(part: Located) -> list[tuple[Decimal, Unit]]:
    value = getattr(part.finding, "value", None)
    if isinstance(value, Point):
        return [(value.amount, value.unit)]
    if isinstance(value, Range):
        ends = ((value.low, value.low_unit or value.unit), (value.high, value.unit))
        return [(end, unit) for end, unit in ends if end is not None]
    raise ValueError(f"{part.id} is neither an amount nor a range")


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The content. Every key in it is known: what does not fit together never becomes a catalogue.

    Two are the same only where they are one object: comparing them part by part would cost more than any use of it.
    """

    version: str
    drugs: Mapping[str, Drug]
    classes: Mapping[str, DrugClass]
    populations: Mapping[str, Population]
    aspects: Mapping[str, Aspect]
    foreign: Mapping[str, ForeignList]
    topics: Mapping[str, Topic]
    small_talk: Mapping[str, SmallTalk]
    messages: Messages
    limits: Limits
    abbreviations: Mapping[str, str]
    plain_words: tuple[str, ...]
    references: Mapping[str, Reference]
    studies: Mapping[str, Study]
    riders: Mapping[str, Rider]
    answers: Mapping[tuple[str | None, str], Answer]
    findings: Mapping[str, Located]
    unused_evidence: Mapping[str, str] = field(default_factory=dict, repr=False)
    lines: Mapping[str, Mapping[Steps, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def in_date(self) -> Catalogue:
        """The same on a day on which nothing was withheld yet: by this it is judged, so that no date breaks it."""
        findings = {key: replace(located, withheld=False) for key, located in self.findings.items()}
        return replace(self, findings=findings)

    def place(self, path: str, *steps: str | int) -> Place:
        """The line of a part of a content file."""
        return nearest_place(path, self.lines.get(path, {}), steps)

    def drugs_of(self, topic: str) -> tuple[str, ...]:
        """Keys of the drugs that a topic can be asked of; empty for a topic that is not about a drug."""
        drugs = self.topics[topic].drugs
        return tuple(self.drugs) if drugs is None else drugs

    @property
    def study_topic(self) -> str | None:
        """The topic of questions that name a study, where there is one."""
        return next((key for key, topic in self.topics.items() if topic.names_studies), None)

    @cached_property
    def topic_groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every topic once, in the order in which they are listed, under the title of its group."""
        left, groups = dict.fromkeys(self.topics), []
        for group in self.messages.topic_groups:
            here = tuple(topic for topic in dict.fromkeys(group.topics) if topic in left)
            groups.append((group.title, here))
            left = {topic: None for topic in left if topic not in here}
        groups.append((self.messages.other_topics, tuple(left)))
        return tuple((title, topics) for title, topics in groups if topics)

    def state_of(self, drug: str | None, topic: str) -> State:
        """Presence or absence of the answer; not curated where no file stands."""
        answer = self.answers.get((drug, topic))
        return State.NOT_CURATED if answer is None else answer.state

    def scope(self, drug: str | None, topic: str) -> Mapping[str, Located]:
        """The findings that a sentence of this answer can name: its own by name, all others by id."""
        return self._scopes.get(f"{drug or 'general'}.{topic}", self.findings)

    def scope_of_study(self, study: str) -> Mapping[str, Located]:
        """The findings that a study's summary can name: its own by name, all others by id."""
        return self._scopes.get(study, self.findings)

    @cached_property
    def _scopes(self) -> Mapping[str, Mapping[str, Located]]:
        """The scope of each answer and study that has findings: asked for several times in every reply."""
        everything = dict(self.findings)
        own: dict[str, dict[str, Located]] = {}
        for key, found in self.findings.items():
            owner, name = key.rsplit(".", 1)
            own.setdefault(owner, {})[name] = found
        return {owner: ChainMap(named, everything) for owner, named in own.items()}

    def lineage(self, population: str) -> tuple[str, ...]:
        """A population and the wider groups that it lies within, nearest first."""
        wider = self.populations[population].within
        return (population, *self.lineage(wider)) if wider else (population,)

    @cached_property
    def cells(self) -> tuple[tuple[str | None, str], ...]:
        """Every pair of drug and topic that can be asked for."""
        return tuple((drug, topic) for topic in self.topics for drug in (self.drugs_of(topic) or (None,)))

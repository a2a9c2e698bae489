"""What the bot says about one topic and one drug: knowledge/DRUG/TOPIC.yaml."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from bot.domain.finding import Citation, Finding
from bot.domain.record import Record
from bot.domain.sentence import Plain, Template


class State(StrEnum):
    """The kind of presence or absence of an answer."""

    REPORTED = "reported"
    """A figure or statement stands."""
    REPORTED_NONE = "reported_none"
    """The sources looked, and say that there was none."""
    NOT_MEASURED = "not_measured"
    """Nobody looked."""
    NOT_REPORTED = "not_reported"
    """The sources do not say."""
    NOT_CURATED = "not_curated"
    """Nobody has entered it yet."""


class Disagreement(Record):
    """Sources that do not say the same, side by side; never averaged."""

    about: Plain
    """What they disagree on, without digits."""
    sides: tuple[Template, ...] = Field(min_length=2)
    """One sentence for each side, with {slots} for its findings. Who, n and design are added by the bot."""
    note: Plain | None = None
    """What may explain it, in plain words without digits."""


class Gap(Record):
    """A population that the sources do not give this for."""

    state: State
    """not_reported or not_measured."""
    says: Template | None = None
    """The sentence to say, where the general one does not fit. Slots are allowed."""
    nearby: tuple[str, ...] | None = None
    """Findings to offer beside the gap, named as such. Left out: the answer for other patients. Empty: nothing."""


class Special(Record):
    """The answer for a population that has one of its own."""

    answer: Template
    """First screen, with {slots} for findings."""
    headline: Template | None = None
    """As for the whole answer, for this population."""
    details: tuple[Template, ...] = ()
    """Further sentences, with {slots}."""


class Answer(Record):
    """One cell of drug and topic."""

    state: State = State.REPORTED
    """reported, reported_none, not_measured or not_reported."""
    answer: Template
    """The first screen: the figure first, in a sentence or two with {slots} for the findings. No digits."""
    headline: Template | None = None
    """What the topic asks, in a line that stands behind the drug's name and cannot be misread: the figure with its
    whole, such as "{share} of patients relapsed after stopping". Left out: the topic's title stands there."""
    details: tuple[Template, ...] = ()
    """What stands behind "more": one sentence each, with {slots}. The sources are added by the bot."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where sources differ."""
    populations: dict[str, Special] = Field(default_factory=dict)
    """Answers for populations of their own, by keys of populations.yaml."""
    gaps: dict[str, Gap] = Field(default_factory=dict)
    """What is missing for whom, by keys of populations.yaml or aspects.yaml."""
    findings: dict[str, Finding] = Field(default_factory=dict)
    """Findings that belong to this answer alone, by name. Those of a study stand in its own file."""


class Rider(Record):
    """A safety line that hangs on answers by rule, outside their text, so that no edit can lose it."""

    says: Plain
    """The line. No digits."""
    drugs: tuple[str, ...]
    """Keys of the drugs it hangs on."""
    topics: tuple[str, ...]
    """Names of the topics it hangs on."""
    source: Citation = Field(alias="from")
    """Where it stands."""

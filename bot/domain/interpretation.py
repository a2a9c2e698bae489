"""What a question asks, and how that was found out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.reply import How, Option


class Sort(StrEnum):
    """What a mention names."""

    DRUG = "drug"
    DRUG_CLASS = "drug class"
    POPULATION = "population"
    ASPECT = "aspect"
    AGE = "age"
    STUDY = "study"
    FOREIGN = "not covered"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of words that names something. `keys` are several where two names are equally near."""

    sort: Sort
    keys: tuple[str, ...]
    start: int
    end: int
    text: str
    how: Literal["exact", "alias", "corrected", "unclear"]

    @property
    def key(self) -> str:
        """What it names, where that is clear."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic or small talk with its score from 0 to 1."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Trace:
    """How a question was understood, step by step: for `explain` and the workbench, never for logs."""

    normalised: str = ""
    mentions: tuple[Mention, ...] = ()
    masked: tuple[str, ...] = ()
    ranking: tuple[Scored, ...] = ()
    in_scope: float = 0.0
    threshold: float = 0.0
    margin: float = 0.0
    unexplained: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be answered, or said to have no answer. Several drugs are answered one by one.

    `own_drugs` are the drugs of single topics, where each part of a message asks of another; `left_out` are names of
    groups that the answer does not take up.
    """

    topics: tuple[str, ...]
    drugs: tuple[str, ...]
    how: How
    confidence: float
    trace: Trace = field(repr=False, default_factory=Trace)
    population: str | None = None
    aspect: str | None = None
    studies: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    own_drugs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    patient_specific: bool = False


class Doubt(StrEnum):
    """Why the bot asks back."""

    DRUG = "which_drug"
    TOPIC = "which_topic"
    WORDS = "not_understood_of"
    MEANING = "which_meaning"
    NAME = "which_name"
    WORD = "unknown_word"


@dataclass(frozen=True, slots=True)
class Unsure:
    """More than one reading: the options are what a tap would ask."""

    doubt: Doubt
    options: tuple[Option, ...]
    confidence: float
    trace: Trace = field(repr=False, default_factory=Trace)
    word: str = ""
    topics: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    population: str | None = None
    patient_specific: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """It names something that is known and not covered. What could be asked instead is in `topics` and `drugs`."""

    list_name: str
    key: str
    trace: Trace = field(repr=False, default_factory=Trace)
    topics: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """Small talk."""

    key: str
    confidence: float
    trace: Trace = field(repr=False, default_factory=Trace)


class Unclear(StrEnum):
    """Why nothing was understood."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    IDENTIFIER = "identifier"
    TOO_MANY = "too_many"
    OTHER_LANGUAGE = "other_language"
    LOST_THREAD = "lost_thread"
    NOT_UNDERSTOOD = "not_understood"


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing was understood, or the message was not read."""

    why: Unclear
    trace: Trace = field(repr=False, default_factory=Trace)
    options: tuple[Option, ...] = ()
    seen: str = ""
    """The name of the message that says what kind of identifier was seen."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a few words name that are no question, such as those behind a command."""

    drugs: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    studies: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Words that nobody placed, names that are not covered, and names that lie between several."""


Interpretation = Asked | Unsure | Declined | Talk | Nothing

"""Labelled questions: what a careful clinician would expect of the reply. tests/questions/*.yaml."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Discriminator, Field, Tag

from bot.domain.record import Record


class Expected(StrEnum):
    """What kind of reply is due."""

    ANSWER = "answer"
    """The knowledge base holds it."""
    CLARIFY_OR_BOTH = "clarify_or_both"
    """The drug or the topic is left open: ask which, or answer for each."""
    NOT_REPORTED = "not_reported"
    """Within the subject, but the sources give no figure."""
    OUT_OF_DOMAIN = "out_of_domain"
    """Nothing to do with the subject."""
    PATIENT_SPECIFIC = "patient_specific"
    """On one patient: the evidence with the notice."""
    SMALL_TALK = "small_talk"
    """Greetings, thanks, help."""


class Question(Record):
    """One message with its label."""

    text: str = Field(repr=False)
    """What is asked."""
    expect: Expected
    """What kind of reply is due."""
    topics: tuple[str, ...] = ()
    """Acceptable topics. The reply must cover the first."""
    drugs: tuple[str, ...] = ()
    """Drugs that the reply must be about."""
    avoid: tuple[str, ...] = ()
    """Drugs of which figures alone would be dangerous."""
    population: tuple[str, ...] = ()
    """Groups that the question names."""
    note: str = ""
    """What it is meant to try."""


class Single(Question):
    """A conversation of one turn."""

    id: str
    """Stable name."""
    style: str = ""
    """How it is written."""

    @property
    def turns(self) -> tuple[Question, ...]:
        """The one turn."""
        return (self,)


class Conversation(Record):
    """Several turns, each building on those before."""

    id: str
    """Stable name."""
    style: str = ""
    """How it is written."""
    note: str = ""
    """What it is meant to try."""
    turns: tuple[Question, ...] = Field(min_length=1)
    """The messages in order."""


Case = Single | Conversation


def _shape(case: object) -> str:
    return "conversation" if isinstance(case, dict) and "turns" in case else "single"


Cases = tuple[
    Annotated[Annotated[Single, Tag("single")] | Annotated[Conversation, Tag("conversation")], Discriminator(_shape)],
    ...,
]
"""One file."""

"""Reads files of labelled questions. Their labels say what a careful clinician would expect of the reply."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Discriminator, Field, Tag, TypeAdapter, ValidationError

from bot.content.document import parse
from bot.domain.place import Problem
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


_SHAPES = Annotated[
    Annotated[Single, Tag("single")] | Annotated[Conversation, Tag("conversation")], Discriminator(_shape)
]
_CASES = TypeAdapter[tuple[Case, ...]](tuple[_SHAPES, ...])


class QuestionsError(Exception):
    """A file holds no labelled questions. Names the file and the place, never what is asked."""


def read_questions(files: Iterable[Path]) -> tuple[Case, ...]:
    """Every case of the files, in order. Raises QuestionsError for the first file that cannot be read."""
    return tuple(case for file in files for case in questions_in(str(file), _text(file)))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsError(f"{file} cannot be read: {type(error).__name__}") from None


def questions_in(path: str, text: str) -> tuple[Case, ...]:
    """Every case of one file that has been read. Raises QuestionsError where it holds no labelled questions."""
    document = parse(path, text)
    if isinstance(document, Problem):
        raise QuestionsError(str(document))
    try:
        return _CASES.validate_python(document.data or ())
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in fault["loc"])
        raise QuestionsError(f"{document.place(fault['loc'][:1])}: {where}: {fault['msg']}") from None

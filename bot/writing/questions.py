"""Labelled test questions, written as those beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.content.document import Document, parse
from bot.domain.case import Expected
from bot.writing.scalars import scalar
from bot.writing.text import WritingError


@dataclass(frozen=True, slots=True)
class Label:
    """What a careful clinician would expect of the reply: the fields of a labelled question."""

    expect: Expected
    """What kind of reply is due."""
    topics: tuple[str, ...] = ()
    """Acceptable topics; the reply must cover the first."""
    drugs: tuple[str, ...] = ()
    """Drugs that the reply must be about."""
    avoid: tuple[str, ...] = ()
    """Drugs of which figures alone would be dangerous."""
    population: tuple[str, ...] = ()
    """Groups that the question names."""
    note: str = ""
    """Where it comes from, or what it is meant to try."""


def with_question(text: str, question: str, label: Label, prefix: str) -> str:
    """A file of questions with one more at its end. It is called by the prefix and the next free number.

    Raises WritingError for a question that stands in the file already, or where the text is no list of cases.
    """
    cases = _cases(text)
    if any(" ".join(asked.split()) == " ".join(question.split()) for asked in _asked(cases)):
        raise WritingError("this question is there already")
    lines = [f"- id: {_next_id(cases, prefix)}", f"  text: {scalar(question, chr(34))}", *_label_lines(label)]
    return "\n\n".join(filter(None, (text.rstrip(), "\n".join(lines)))) + "\n"


def _label_lines(label: Label) -> Iterator[str]:
    yield f"  expect: {label.expect}"
    yield f"  topics: {_listed(label.topics)}"
    yield f"  drugs: {_listed(label.drugs)}"
    yield f"  avoid: {_listed(label.avoid)}"
    if label.population:
        yield f"  population: {_listed(label.population)}"
    if label.note:
        yield f"  note: {scalar(label.note, chr(34))}"


def _listed(keys: tuple[str, ...]) -> str:
    return f"[{', '.join(map(scalar, keys))}]"


def _cases(text: str) -> list[dict[str, Any]]:
    read = parse("", text)
    if isinstance(read, Document):
        if isinstance(read.data, list) and all(isinstance(case, dict) for case in read.data):
            return read.data
        raise WritingError("the file is no list of questions")
    if read.rule != "empty-file":
        raise WritingError(f"line {read.place.line}: {read.message}")
    return []


def _asked(cases: list[dict[str, Any]]) -> Iterator[str]:
    for case in cases:
        for turn in case.get("turns", [case]):
            yield str(turn.get("text", ""))


def _next_id(cases: list[dict[str, Any]], prefix: str) -> str:
    taken = [re.fullmatch(rf"{re.escape(prefix)}-(\d+)", str(case.get("id", ""))) for case in cases]
    return f"{prefix}-{max((int(found[1]) for found in taken if found), default=0) + 1:02}"

"""What a new file holds where an editor has not written anything yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.document import Document
from bot.content.faults import in_words
from bot.content.layout import Kind
from bot.content.shapes import shape_of
from bot.domain.place import Problem, Steps

PLACEHOLDER = "???"
FIRST_LINE = f"# Write over every {PLACEHOLDER}, take out the lines that you do not need, then: python -m bot check"
"""Tells, in a new file, what to do with it."""


def unwritten(document: Document) -> tuple[Steps, ...]:
    """Where a placeholder stands."""
    return tuple(steps for steps, text in document.texts if PLACEHOLDER in text)


def to_be_written(document: Document, kind: Kind) -> Iterator[Problem]:
    """A problem for every text with a placeholder in it: a file that is half written never goes live."""
    for steps in unwritten(document):
        shape = shape_of(kind.schema, _with_kinds(steps, document.data))
        remedy = " ".join(filter(None, (f"Write it in place of {PLACEHOLDER}.", shape.meaning, shape.choice)))
        yield Problem(document.place(steps), "to-be-written", f"{in_words(steps)} is still to be written", remedy)


def without_advice(text: str) -> str:
    """The text of a file without what it says to whoever begins it, once no placeholder is left."""
    lines = text.splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(FIRST_LINE))
    return text if PLACEHOLDER in kept else kept


def _with_kinds(steps: Steps, data: Any) -> Steps:
    """The steps as a fault has them: the kind of a finding stands behind its name."""
    if steps[:1] != ("findings",) or len(steps) < 3:
        return steps
    finding = data["findings"][steps[1]]
    kind = finding.get("kind") if isinstance(finding, Mapping) else None
    return (*steps[:2], kind, *steps[2:]) if isinstance(kind, str) and steps[2] != "kind" else steps

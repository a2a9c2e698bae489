"""Sentences with slots: "{usual} after stopping" names the finding `usual` and prints its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

REFERENCE_SLOT = "reference"
"""{reference:KEY} prints a bibliographic record instead of a figure."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sentence: which finding, and which part of its figure ("" for the whole)."""

    name: str
    part: str = ""


def pieces(template: str) -> Iterator[str | Slot]:
    """The literal texts and slots of a template, in order. Raises ValueError for an unpaired brace."""
    for literal, name, part, conversion in Formatter().parse(template):
        if literal:
            yield literal
        if conversion:
            raise ValueError(f"a slot holds no exclamation mark: {name}!{conversion}")
        if name is not None:
            yield Slot(name, part or "")


def slots(template: str) -> tuple[Slot, ...]:
    """The slots of a template, in order."""
    return tuple(piece for piece in pieces(template) if isinstance(piece, Slot))


def prose(template: str) -> str:
    """What an editor typed, without the slots."""
    return "".join(piece for piece in pieces(template) if isinstance(piece, str))

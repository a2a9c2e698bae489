"""Sentences with slots: "{usual} after stopping" names the finding `usual` and prints its figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

REFERENCE_SLOT = "reference"
"""{reference:KEY} prints a bibliographic record instead of a figure."""
MOST_KEPT = 4096
"""Templates that are taken apart once: more than a content has sentences, and each answer reads a dozen of them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sentence: which finding, and which part of its figure ("" for the whole)."""

    name: str
    part: str = ""


@lru_cache(maxsize=MOST_KEPT)
def pieces(template: str) -> tuple[str | Slot, ...]:
    """The literal texts and slots of a template, in order. Raises ValueError for an unpaired brace."""
    return tuple(_parsed(template))


def _parsed(template: str) -> Iterator[str | Slot]:
    for literal, name, part, conversion in Formatter().parse(template):
        if literal:
            yield literal
        if conversion:
            raise ValueError(f"a slot holds no exclamation mark: {name}!{conversion}")
        if name is not None:
            yield Slot(name, part or "")


@lru_cache(maxsize=MOST_KEPT)
def slots(template: str) -> tuple[Slot, ...]:
    """The slots of a template, in order. Raises ValueError for an unpaired brace."""
    return tuple(piece for piece in pieces(template) if isinstance(piece, Slot))


def prose(template: str) -> str:
    """What an editor typed, without the slots."""
    return "".join(piece for piece in pieces(template) if isinstance(piece, str))

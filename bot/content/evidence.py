"""Reads the evidence that the content was written from: files of facts, and texts that no sentence may copy.

The files stand outside the content. A fact has an `id`, a `value`, `verified` (what was read of its source), often a
`caution`, and a `paraphrase` that helps whoever reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.content.document import parse
from bot.domain.finding import Checked
from bot.domain.place import Place, Problem

_NUMBER = re.compile(r"\d+(?:\.\d+)?|[a-z]+")
_WORDS = {"no": 0, "none": 0, "one": 1, "weekly": 1, "monthly": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WORDS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}


class EvidenceError(Exception):
    """The folder holds no evidence that can be read."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: where it stands, what was read for it, and its numbers.

    `numbers` are those of its value and caution; `retold` those that stand in its paraphrase alone.
    """

    id: str
    place: Place
    verified: Checked
    numbers: frozenset[Decimal]
    retold: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that no sentence of ours may copy."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All facts by id, and all texts."""

    facts: Mapping[str, Fact]
    sources: tuple[Source, ...]


def read_evidence(folder: Path) -> Evidence:
    """The facts and texts in the files of a folder. Raises EvidenceError where there is none or one is unreadable."""
    facts: dict[str, Fact] = {}
    sources = [Source(file.name, file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.txt"))]
    for file in sorted(folder.glob("*.yaml")):
        for place, entry in _entries(file):
            facts[entry["id"]] = _fact(place, entry)
            sources.append(Source(entry["id"], entry.get("paraphrase", "")))
    if not facts:
        raise EvidenceError(f"{folder} holds no file with facts")
    return Evidence(facts, tuple(sources))


def numbers_in(data: Any) -> frozenset[Decimal]:
    """Every number in a text or in any part of nested data, names included; small ones may be words."""
    return frozenset(number for text in _texts(data) for number in _numbers(text))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        yield from data
        yield from _texts(list(data.values()))
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)
    elif data is not None:
        yield str(data)


def _numbers(text: str) -> Iterator[Decimal]:
    for found in _NUMBER.findall(text.lower().replace("_", " ")):
        if found[0].isdigit():
            yield Decimal(found)
        elif found in _WORDS:
            yield Decimal(_WORDS[found])


def _entries(file: Path) -> Iterator[tuple[Place, dict[str, Any]]]:
    document = parse(file.name, file.read_text(encoding="utf-8"))
    if isinstance(document, Problem):
        raise EvidenceError(str(document))
    for number, entry in enumerate(document.data.get("facts", [])):
        yield document.place(("facts", number)), entry


def _fact(place: Place, entry: dict[str, Any]) -> Fact:
    try:
        verified = Checked(entry["verified"].replace("-", "_"))
    except (KeyError, ValueError):
        raise EvidenceError(f"{place}: the fact does not say what was read for it") from None
    numbers = numbers_in([entry.get("value"), entry.get("caution")])
    return Fact(entry["id"], place, verified, numbers, numbers_in(entry.get("paraphrase")) - numbers)

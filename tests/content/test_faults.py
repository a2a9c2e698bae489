"""Every fault that a record can raise is told in words for people who do not program."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.content.document import Document, parse
from bot.content.faults import explained
from bot.content.files import gather
from bot.content.layout import Kind, kind_of
from bot.content.meanings import MEANINGS

SHIPPED = Path(__file__).parent.parent.parent
FOR_PROGRAMMERS = (
    "Input should",
    "Field required",
    "Extra inputs",
    "String should",
    "Value error",
    "dictionary",
    "enum",
)
WRONG: tuple[Any, ...] = (
    *("", "x", "-1", "1000", "1.5", "nan", "9" * 5000, "2026-02-31", "2026-01-01T10:00", "{"),
    *([], ["x"], [["x"]], {}, {"x": "y"}, {"kind": "x"}),
)
"""What somebody may write in a place where something else is due."""

Steps = tuple[str | int, ...]


def places(data: Any, steps: Steps = ()) -> Iterator[Steps]:
    """The way to every part of a file."""
    yield steps
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        yield from places(part, (*steps, step))


def at(data: Any, steps: Steps) -> Any:
    """The part that they lead to."""
    for step in steps:
        data = data[step]
    return data


def spoilt(data: Any, steps: Steps) -> Iterator[Any]:
    """The file with something else in that place, without it, and with a field too many."""
    if not steps:
        yield from WRONG
        return
    for wrong in WRONG:
        yield changed(data, steps, lambda around, last, wrong=wrong: around.__setitem__(last, wrong))
    yield changed(data, steps, lambda around, last: around.pop(last))
    if isinstance(at(data, steps), dict):
        yield changed(data, steps, lambda around, last: around[last].__setitem__("superfluous", "x"))


def changed(data: Any, steps: Steps, change: Any) -> Any:
    """A copy in which a change was made to what holds the place."""
    data = copy.deepcopy(data)
    change(at(data, steps[:-1]), steps[-1])
    return data


def shortened(data: Any) -> Any:
    """With no more than three entries in a list: the others are of their sort."""
    if isinstance(data, dict):
        return {key: shortened(part) for key, part in data.items()}
    return [shortened(part) for part in data[:3]] if isinstance(data, list) else data


def documents() -> Iterator[tuple[Kind, Document]]:
    """All of the shipped content."""
    for path, text in gather(SHIPPED).texts.items():
        kind, document = kind_of(path), parse(path, text)
        assert kind and isinstance(document, Document)
        yield kind, replace(document, data=shortened(document.data))


def sorts(document: Document, kind: Kind) -> Iterator[tuple[tuple[Any, ...], Steps]]:
    """Each place with what sort of place it is: places of one sort differ in name or number alone."""
    for steps in places(document.data):
        finding = document.data["findings"][steps[1]]["kind"] if steps[:1] == ("findings",) and steps[1:] else ""
        named = tuple(step for step in steps if isinstance(step, str))[-1:]
        yield (kind.name, finding, len(steps), named if len(steps) > 2 or not finding else ""), steps


@pytest.fixture(scope="module")
def raised() -> dict[str, list[str]]:
    """What editors are told of every spoilt file, by pydantic's own name of the fault."""
    found: dict[str, list[str]] = {}
    seen: set[tuple[Any, ...]] = set()
    for kind, document in documents():
        for sort, steps in sorts(document, kind):
            if sort in seen:
                continue
            seen.add(sort)
            for data in spoilt(document.data, steps):
                try:
                    kind.adapter.validate_python(data)
                except ValidationError as error:
                    told = [str(problem) for problem in explained(error, document, kind)]
                    for fault in error.errors(include_url=False):
                        found.setdefault(fault["type"], []).extend(told)
    return found


def test_every_kind_of_fault_has_a_meaning_and_no_meaning_is_idle(raised: dict[str, list[str]]) -> None:
    """A field of a new type brings new faults: this is where they show."""
    assert raised.keys() == MEANINGS.keys()


def test_nothing_is_told_in_the_words_of_programmers(raised: dict[str, list[str]]) -> None:
    """Nor without a remedy."""
    told = {text for texts in raised.values() for text in texts}
    assert not [text for text in told if any(words in text for words in FOR_PROGRAMMERS)]
    assert not [text for text in told if not text.rpartition("\n")[2].strip()]

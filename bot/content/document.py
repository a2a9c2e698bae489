"""A YAML file as plain data, with the line of everything in it.

Every scalar stays a string: under YAML's own rules `no` is false, `12:30` is 750 and `0123` is 83. Duplicate keys,
aliases, deep nesting and huge files are refused while reading, before anything is built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import yaml

from bot.content.syntax import QUOTE_IT, slip_of
from bot.domain.place import Place, Problem, Steps, nearest_place

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one file and the line of each part of it, by the path of keys that leads there."""

    path: str
    data: Any
    lines: dict[Steps, int] = field(repr=False)

    def place(self, where: Steps = ()) -> Place:
        """The line of the part that the steps lead to, or of the nearest that exists."""
        return nearest_place(self.path, self.lines, where)

    @property
    def texts(self) -> Iterator[tuple[Steps, str]]:
        """Every value that is neither list nor mapping, and the steps that lead to it."""
        return _texts(self.data)


def _texts(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    if isinstance(data, str):
        yield steps, data
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        yield from _texts(part, (*steps, step))


class _RefusalError(Exception):
    def __init__(self, rule: str, message: str, remedy: str, line: int) -> None:
        super().__init__(message)
        self.rule, self.remedy, self.line = rule, remedy, line


def parse(path: str, text: str) -> Document | Problem:
    """Read one file. `path` is the name under which problems and places are reported."""
    lines: dict[Steps, int] = {}
    try:
        events = _content_events(text)
        data = _build(events, lines)
        _end(events)
    except _RefusalError as refused:
        return Problem(Place(path, refused.line), refused.rule, str(refused), refused.remedy)
    except yaml.YAMLError as error:
        slip = slip_of(error, text)
        return Problem(Place(path, slip.line), "yaml-syntax", slip.message, slip.remedy)
    if not lines:
        return Problem(Place(path), "empty-file", "the file is empty", "Write what belongs in it, or remove it.")
    return Document(path, data, lines)


def _content_events(text: str) -> Iterator[yaml.Event]:
    if len(text.encode()) > MAX_BYTES:
        raise _RefusalError(
            "too-large",
            f"the file is larger than {MAX_BYTES // 1024} kB",
            "Split it up: one topic, one study, one source a file.",
            1,
        )
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusalError(
                "alias",
                "& and * at the beginning of a value stand for copies, which are not used here",
                f"Write the value out. If it is a text: {QUOTE_IT[:1].lower()}{QUOTE_IT[1:]}",
                _line(event),
            )
        if tag := getattr(event, "tag", None):
            raise _RefusalError("tag", f"a text cannot begin with {tag[:1]}", QUOTE_IT, _line(event))
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _end(events: Iterator[yaml.Event]) -> None:
    """Nothing may follow: a parser that stops after the first document would drop the rest without a word."""
    if (event := next(events, None)) is not None:
        raise _RefusalError(
            "yaml-syntax",
            "a second document begins here, after a line of dashes",
            "Remove the line of dashes; one file holds one thing.",
            _line(event),
        )


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _build(events: Iterator[yaml.Event], lines: dict[Steps, int], at: Steps = ()) -> Any:
    """The value that starts at the next event; None for an empty file."""
    event = next(events, None)
    if event is None:
        return None
    if len(at) > MAX_DEPTH:
        raise _RefusalError(
            "too-deep",
            f"more than {MAX_DEPTH} levels stand within one another here",
            "Look at a neighbouring file: no more than a few are needed.",
            _line(event),
        )
    lines.setdefault(at, _line(event))
    if isinstance(event, yaml.ScalarEvent):
        return event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _build_list(events, lines, at)
    return _build_mapping(events, lines, at)


def _build_list(events: Iterator[yaml.Event], lines: dict[Steps, int], at: Steps) -> list[Any]:
    items: list[Any] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_build(chain((event,), events), lines, (*at, len(items))))
    return items


def _build_mapping(events: Iterator[yaml.Event], lines: dict[Steps, int], at: Steps) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusalError(
                "yaml-syntax",
                "a list or a group of fields stands before a colon",
                "Write a single word before the colon.",
                _line(event),
            )
        key = str(event.value)
        if key in mapping:
            remedy = "Decimals have a point, as in 8.5." if key.isdecimal() else "Keep one of the two."
            raise _RefusalError("duplicate-key", f"`{key}` stands here twice", remedy, _line(event))
        lines[(*at, key)] = _line(event)
        mapping[key] = _build(events, lines, (*at, key))
    return mapping

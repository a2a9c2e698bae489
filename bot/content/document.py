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


class _RefusalError(Exception):
    def __init__(self, rule: str, message: str, remedy: str, line: int) -> None:
        super().__init__(message)
        self.rule, self.remedy, self.line = rule, remedy, line


def parse(path: str, text: str) -> Document | Problem:
    """Read one file. `path` is the name under which problems and places are reported."""
    lines: dict[Steps, int] = {}
    try:
        data = _build(_content_events(text), lines)
    except _RefusalError as refused:
        return Problem(Place(path, refused.line), refused.rule, str(refused), refused.remedy)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = " ".join(filter(None, (error.context, error.problem)))
        return Problem(
            Place(path, line),
            "yaml-syntax",
            f"this is not valid YAML: {what}",
            'Look for a missing colon, quote or indentation; put text that contains ": " or starts with "{" in quotes.',
        )
    except yaml.YAMLError as error:
        return Problem(
            Place(path), "yaml-syntax", f"this is not valid YAML: {error}", "Remove the characters that cannot be read."
        )
    if not lines:
        return Problem(Place(path), "empty-file", "the file is empty", "Write what belongs in it, or remove it.")
    return Document(path, data, lines)


def _content_events(text: str) -> Iterator[yaml.Event]:
    if len(text.encode()) > MAX_BYTES:
        raise _RefusalError("too-large", f"the file is larger than {MAX_BYTES // 1024} kB", "Split it up.", 1)
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusalError(
                "alias", "anchors and aliases (& and *) are not used here", "Write the value out.", _line(event)
            )
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _build(events: Iterator[yaml.Event], lines: dict[Steps, int], at: Steps = ()) -> Any:
    """The value that starts at the next event; None for an empty file."""
    event = next(events, None)
    if event is None:
        return None
    if len(at) > MAX_DEPTH:
        raise _RefusalError("too-deep", f"nested more than {MAX_DEPTH} levels deep", "Flatten it.", _line(event))
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
                "yaml-syntax", "a name before a colon must be plain text", "Use a word as the name.", _line(event)
            )
        key = str(event.value)
        if key in mapping:
            raise _RefusalError("duplicate-key", f"`{key}` stands here twice", "Keep one of the two.", _line(event))
        lines[(*at, key)] = _line(event)
        mapping[key] = _build(events, lines, (*at, key))
    return mapping

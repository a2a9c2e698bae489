"""Whole values and entries written into a file: a figure in place of another, and one more entry in a list of names."""

from __future__ import annotations

import re

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from bot.domain.place import Steps
from bot.domain.record import Record
from bot.writing.scalars import scalar
from bot.writing.text import Text, WritingError

_KEY = re.compile(r"[a-z][a-z0-9_]*")


def with_figure(text: str, finding: str, value: Record) -> str:
    """A study or an answer with another value for a finding, on one line. Raises WritingError where none stands."""
    file = Text(text)
    steps: Steps = ("findings", finding, "value")
    old = file.at(steps)
    if not isinstance(old, MappingNode) or not old.value:
        raise WritingError(f"`{'.'.join(map(str, steps))}` is no figure")
    new = written(value)
    if old.flow_style:
        return _spliced(file, old.start_mark.index, old.end_mark.index, new)
    key = next(key for key, _ in _mapping(file, steps[:-1]).value if key.value == "value")
    return _spliced(file, key.end_mark.index, _end(file, old), f": {new}")


def with_entry(text: str, steps: Steps, key: str, record: str) -> str:
    """A file with one more entry, the last, in the mapping that the steps lead to; `record` is its YAML on one line.

    Raises WritingError for a key that is there already, or is no plain lower-case word.
    """
    file = Text(text)
    mapping = _mapping(file, steps)
    if not _KEY.fullmatch(key):
        raise WritingError(f"`{key}` is no key: use lower-case letters, digits and _")
    if not mapping.value or any(one.value == key for one, _ in mapping.value):
        raise WritingError(f"`{key}` is there already" if mapping.value else "the list is empty")
    end = _end(file, mapping.value[-1][1])
    if mapping.flow_style:
        return _spliced(file, end, end, f", {key}: {record}")
    new = f"{' ' * mapping.value[0][0].start_mark.column}{key}: {record}"
    if file.text[end - 1] == "\n":
        return _spliced(file, end, end, f"{new}\n")
    end = file.text.find("\n", end) % (len(file.text) + 1)
    return _spliced(file, end, end, f"\n{new}")


def written(value: Record) -> str:
    """A value on one line, without what is at its default."""
    return _flow(value.model_dump(mode="json", exclude_defaults=True))


def _flow(data: object) -> str:
    if isinstance(data, dict):
        return f"{{{', '.join(f'{key}: {_flow(part)}' for key, part in data.items() if part is not None)}}}"
    return scalar(str(data))


def _spliced(file: Text, start: int, end: int, new: str) -> str:
    return file.text[:start] + new + file.text[end:]


def _mapping(file: Text, steps: Steps) -> MappingNode:
    node = file.at(steps)
    if not isinstance(node, MappingNode):
        raise WritingError(f"`{'.'.join(map(str, steps))}` holds no entries")
    return node


def _end(file: Text, node: Node) -> int:
    """Where a node's last value ends: that of a node in blocks reaches into the lines below it."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(file, last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)

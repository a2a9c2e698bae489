"""The fields of a mapping made into others where they stand: order, quotes and every remark stay.

What is said otherwise is replaced, a field that is new takes the place of one that goes, and the rest comes or goes
by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from bot.writing.scalars import scalar
from bot.writing.text import Splice, Text, WritingError, in_blocks

Said = str | Mapping[str, "Said"]
"""A single value, or fields."""
Entry = tuple[ScalarNode, Node]


def flow(said: Said) -> str:
    """It on one line."""
    if isinstance(said, str):
        return scalar(said)
    return f"{{{', '.join(f'{key}: {flow(part)}' for key, part in said.items())}}}"


def changed(file: Text, mapping: MappingNode, fields: Mapping[str, Said]) -> Iterator[Splice]:
    """What makes these of the fields of a mapping. Raises WritingError where a remark would be lost by it."""
    old: dict[str, Entry] = {entry[0].value: entry for entry in mapping.value}
    taken, more = _arriving(old, fields)
    for key, entry in taken.items():
        yield _over(file, *old[key], entry)
    for key in old.keys() & fields.keys():
        yield from _said(file, old[key][1], fields[key])
    stay = [value for key, value in old.values() if key.value in taken.keys() | fields.keys()]
    if not stay:
        raise WritingError("nothing is left of the value that stands there")
    if more:
        yield file.entries(mapping, stay[-1], *more)
    yield from _without(file, mapping, old.keys() - fields.keys() - taken.keys())


def _arriving(old: Mapping[str, Entry], fields: Mapping[str, Said]) -> tuple[dict[str, str], list[str]]:
    """The new entries in whose places they come, by the keys that go, and those for which no place becomes free."""
    free = [key for key, (_, value) in old.items() if key not in fields and not in_blocks(value)]
    new = [f"{key}: {flow(said)}" for key, said in fields.items() if key not in old]
    return dict(zip(free, new, strict=False)), new[len(free) :]


def _said(file: Text, node: Node, said: Said) -> Iterator[Splice]:
    """What makes a field say this."""
    if isinstance(node, MappingNode) and node.value and not isinstance(said, str):
        yield from changed(file, node, said)
    elif not isinstance(node, ScalarNode) or not isinstance(said, str):
        yield _over(file, node, node, flow(said))
    elif node.value != said:
        start, end = node.start_mark.index, file.end(node)
        yield (start, end, scalar(said, node.style)) if start < end else (end, end, f" {scalar(said)}")


def _over(file: Text, first: Node, last: Node, new: str) -> Splice:
    start, end = first.start_mark.index, file.end(last)
    return start, end, _instead(file, start, end, new)


def _instead(file: Text, start: int, end: int, new: str = "") -> str:
    if "#" in file.text[start:end]:
        raise WritingError("a remark stands within the value: please change it in the file")
    return new


def _without(file: Text, mapping: MappingNode, gone: set[str]) -> Iterator[Splice]:
    """What takes fields out, of which at least one stays."""
    entries: list[Entry] = mapping.value
    if not mapping.flow_style:
        for entry in entries:
            if entry[0].value in gone:
                yield from _lines(file, entry)
        return
    first = next(number for number, (key, _) in enumerate(entries) if key.value not in gone)
    for number, (key, value) in enumerate(entries):
        if key.value in gone:
            start = key.start_mark.index if number < first else file.end(entries[number - 1][1])
            end = entries[number + 1][0].start_mark.index if number < first else file.end(value)
            yield start, end, _instead(file, start, end)


def _lines(file: Text, entry: Entry) -> Iterator[Splice]:
    """What takes a field out of its lines, and a line with it where nothing else stands there."""
    key, value = entry
    start, colon = key.start_mark.index, file.text.index(":", key.end_mark.index) + 1
    if in_blocks(value) and isinstance(value, MappingNode):
        yield _cut(file, start, colon)
        for below in value.value:
            yield from _lines(file, below)
    else:
        yield _cut(file, start, max(colon, file.end(value)))


def _cut(file: Text, start: int, end: int) -> Splice:
    _instead(file, start, end)
    line, rest = file.text.rfind("\n", 0, start) + 1, file.text[end:].partition("\n")[0]
    if rest.strip():
        return start, end + len(rest) - len(rest.lstrip()), ""
    return line, min(end + len(rest) + 1, len(file.text)), ""

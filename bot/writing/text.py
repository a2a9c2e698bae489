"""A YAML text and the nodes in it: found by the keys that lead there, changed in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.content.document import parse
from bot.domain.place import Problem, Steps
from bot.writing.scalars import scalar

INDENT = "  "


class WritingError(Exception):
    """What should be changed is not there, or is no YAML that is read here. Says where, never what people ask."""


@dataclass(frozen=True)
class Text:
    """A file's text. Raises WritingError for one that is not read here."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if isinstance(read := parse("", self.text), Problem):
            raise WritingError(f"line {read.place.line}: {read.message}")

    @cached_property
    def root(self) -> Node:
        """The node of the whole."""
        root: Node = YAML(pure=True).compose(self.text)
        return root

    def at(self, steps: Steps) -> Node:
        """The node that the steps lead to. Raises WritingError where there is none."""
        node = self.find(steps)
        if node is None:
            raise WritingError(f"there is no `{'.'.join(map(str, steps))}`")
        return node

    def find(self, steps: Steps) -> Node | None:
        """The same, or None."""
        node: Node | None = self.root
        for step in steps:
            node = _child(node, step)
        return node

    def scalar_at(self, steps: Steps) -> ScalarNode:
        """The node of a single value. Raises WritingError for a list, a mapping or nothing."""
        node = self.at(steps)
        if not isinstance(node, ScalarNode):
            raise WritingError(f"`{'.'.join(map(str, steps))}` holds more than a single value")
        return node

    def list_at(self, steps: Steps) -> SequenceNode:
        """The node of a list. Raises WritingError for anything else."""
        node = self.at(steps)
        if not isinstance(node, SequenceNode):
            raise WritingError(f"`{'.'.join(map(str, steps))}` is no list")
        return node

    def replaced(self, node: ScalarNode, new: str) -> str:
        """The text with another value in this place, quoted as the old one was."""
        return self._spliced(node.start_mark.index, node.end_mark.index, scalar(new, node.style))

    def appended(self, items: SequenceNode, new: str) -> str:
        """The text with one more value at the end of a list, written as the list is."""
        last = items.value[-1] if items.value else None
        if items.flow_style:
            end = last.end_mark.index if last else items.start_mark.index + 1
            return self._spliced(end, end, f"{', ' if last else ''}{scalar(new)}")
        if last is None:
            raise WritingError("the list is empty")
        end = self._end_of_line(last.end_mark.index)
        return self._spliced(end, end, f"\n{' ' * items.start_mark.column}- {scalar(new)}")

    def without(self, items: SequenceNode, number: int) -> str:
        """The text without one value of a list that holds others too."""
        item = items.value[number]
        if not items.flow_style:
            start = self.text.rfind("\n", 0, item.start_mark.index) + 1
            return self._spliced(start, self._end_of_line(item.end_mark.index) + 1, "")
        if number:
            return self._spliced(items.value[number - 1].end_mark.index, item.end_mark.index, "")
        return self._spliced(item.start_mark.index, items.value[1].start_mark.index, "")

    def with_entry(self, mapping: MappingNode, entry: str, after: str) -> str:
        """The text with a line `entry` in a mapping, below the entry `after`, which is a single value."""
        value = next(value for key, value in mapping.value if key.value == after)
        if mapping.flow_style:
            return self._spliced(value.end_mark.index, value.end_mark.index, f", {entry}")
        end = self._end_of_line(value.end_mark.index)
        return self._spliced(end, end, f"\n{' ' * mapping.value[0][0].start_mark.column}{entry}")

    def _end_of_line(self, index: int) -> int:
        """Where the line ends, past a comment that stands in it."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def _spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: Node = node.value[step]
        return found
    return None

"""A YAML text and the nodes in it: found by the keys that lead there, changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from bot.content.document import parse
from bot.domain.place import Problem, Steps
from bot.writing.scalars import scalar

Splice = tuple[int, int, str]
"""Where what is to go begins and ends, in letters from the start of the text, and what comes in its place."""


class WritingError(Exception):
    """What should be changed is not there, or is no YAML that is read here. Says where, never what people ask."""


@dataclass(frozen=True)
class Text:
    """A file's text. Raises WritingError for one that is not read here."""

    text: str = field(repr=False)

    data: Any = field(init=False, repr=False)
    """What it says."""

    def __post_init__(self) -> None:
        if isinstance(read := parse("", self.text), Problem):
            raise WritingError(f"line {read.place.line}: {read.message}")
        object.__setattr__(self, "data", read.data)

    @cached_property
    def root(self) -> Node:
        """The node of the whole."""
        root: Node = YAML(pure=True).compose(self.text)
        return root

    def at(self, steps: Steps) -> Node:
        """The node that the steps lead to. Raises WritingError where there is none."""
        node: Node | None = self.root
        for step in steps:
            node = _child(node, step)
        if node is None:
            raise WritingError(f"there is no `{_named(steps)}`")
        return node

    def list_at(self, steps: Steps) -> SequenceNode:
        """The node of a list. Raises WritingError for anything else."""
        node = self.at(steps)
        if not isinstance(node, SequenceNode):
            raise WritingError(f"`{_named(steps)}` is no list")
        return node

    def mapping_at(self, steps: Steps) -> MappingNode:
        """The node of a mapping with entries. Raises WritingError for anything else."""
        node = self.at(steps)
        if not isinstance(node, MappingNode) or not node.value:
            raise WritingError(f"`{_named(steps)}` holds no entries")
        return node

    def appended(self, items: SequenceNode, new: str) -> str:
        """The text with one more value at the end of a list, written as the list is."""
        if not items.value:
            after = items.start_mark.index + 1
            return self.spliced([(after, after, scalar(new))])
        if items.flow_style:
            end = items.value[-1].end_mark.index
            return self.spliced([(end, end, f", {scalar(new)}")])
        end = self.end_of_line(items.value[-1])
        return self.spliced([(end, end, f"\n{' ' * items.start_mark.column}- {scalar(new, alone=True)}")])

    def entries(self, mapping: MappingNode, after: Node, *entries: str) -> Splice:
        """What puts entries behind the one with this value, each on a line of its own where the others stand so."""
        if mapping.flow_style:
            end = self.end(after)
            return end, end, "".join(f", {entry}" for entry in entries)
        end, indent = self.end_of_line(after), " " * mapping.value[0][0].start_mark.column
        return end, end, "".join(f"\n{indent}{entry}" for entry in entries)

    def end(self, node: Node) -> int:
        """Where what a node says ends. By its own mark, a node in blocks reaches to whatever is said next."""
        if in_blocks(node):
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        return len(self.text[: node.end_mark.index].rstrip())

    def end_of_line(self, node: Node) -> int:
        """Where its last line ends, past a remark that stands in it."""
        end = self.text.find("\n", self.end(node))
        return len(self.text) if end < 0 else end

    def spliced(self, splices: Iterable[Splice]) -> str:
        """The text with parts of it replaced, none of which overlaps another."""
        text = self.text
        for start, end, new in sorted(splices, reverse=True):
            text = text[:start] + new + text[end:]
        return text


def in_blocks(node: Node) -> bool:
    """Whether it is a list or a mapping that stands on several lines, without brackets."""
    return isinstance(node, MappingNode | SequenceNode) and not node.flow_style and bool(node.value)


def _named(steps: Steps) -> str:
    return ".".join(map(str, steps))


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    return None

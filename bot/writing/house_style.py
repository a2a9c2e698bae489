"""The house style of a content file: how it is indented and spaced. What it says is not touched."""

from __future__ import annotations

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.resolver import BaseResolver

from bot.content.schemas import HEADING, heading
from bot.writing.text import Text, WritingError

_NEVER = 1_000_000
"""Columns after which a line would be broken."""


class _Strings(BaseResolver):
    """Every value is a string, as everywhere here: 0.30 stays 0.30, and no stays no."""

    processing_version = (1, 2)

    def __init__(self, version: Any = None, loader: Any = None, loadumper: Any = None) -> None:  # noqa: ARG002
        super().__init__(loadumper or loader)


class _Indented(Emitter):
    """Lists stand indented below their key; a list that is the whole file stands at the margin."""

    @property
    def best_sequence_indent(self) -> int:
        return 2 + self.sequence_dash_offset

    @best_sequence_indent.setter
    def best_sequence_indent(self, _: int) -> None:
        pass

    @property
    def sequence_dash_offset(self) -> int:
        depth = len(self.indents)
        return 0 if depth <= 1 or (depth == 2 and self.indents.last_seq()) else 2

    @sequence_dash_offset.setter
    def sequence_dash_offset(self, _: int) -> None:
        pass


def formatted(text: str) -> str:
    """The text in the house style: two spaces a level, Unix line ends, no spaces at the end of a line.

    Comments, order, quotes and flow style stay. A value that was broken over several lines stands on one; no other
    line is broken or joined. Raises WritingError for what is no YAML that is read here.
    """
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n")
    before, style, out = Text(clean).data, _style(), StringIO()
    style.dump(style.load(clean), out)
    new = "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n")) + "\n"
    if Text(new).data != before:
        raise WritingError("it cannot be brought into the house style without changing what it says")
    return new


def headed(text: str, path: str) -> str:
    """The text with the line at its top that leads to its schema. `path` is relative to the content's folder."""
    wanted = heading(path)
    if wanted is None:
        return text
    first, _, rest = text.partition("\n")
    return f"{wanted}\n{rest if first.startswith(HEADING) else text}"


def in_house_style(text: str, path: str) -> str:
    """Both: a file at this path as `fmt` leaves it."""
    return headed(formatted(text), path)


def _style() -> YAML:
    style = YAML(pure=True)
    style.Resolver, style.Emitter = _Strings, _Indented
    style.preserve_quotes, style.width = True, _NEVER
    return style

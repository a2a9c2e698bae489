"""What keeps a file from being read as YAML, in words for people who do not program.

A parser says where it could not go on. What an editor did wrong is told from the lines around that place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import yaml

QUOTE_IT = 'Put the whole text in double quotes: "like this".'
_FIELD = r"\s*(?:- +)?(?:[^\s:\"'{\[][^:\"'{\[]*: +|- +)?"
"""What may stand on a line before its value."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What went wrong, how to mend it, and in which line, counted from 1."""

    line: int
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Halt:
    """Where the parser could not go on: all lines, the number of that line, and the parser's own words."""

    lines: Sequence[str]
    number: int
    words: str

    @property
    def line(self) -> str:
        """The line itself."""
        return self.lines[self.number - 1] if 0 < self.number <= len(self.lines) else ""


def slip_of(error: yaml.YAMLError, text: str) -> Slip:
    """The likeliest slip behind what the parser says."""
    halt = _halt(error, text.splitlines())
    return next(slip for look in _LOOKS for slip in look(halt))


def _halt(error: yaml.YAMLError, lines: Sequence[str]) -> Halt:
    if not isinstance(error, yaml.MarkedYAMLError):
        number = next((number for number, line in enumerate(lines, 1) if not line.isprintable()), 1)
        return Halt(lines, number, "control characters")
    words = " ".join(filter(None, (error.context, error.problem)))
    begins_earlier = any(what in words for what in ("quoted scalar", "simple key", "flow "))
    mark = (error.context_mark if begins_earlier else None) or error.problem_mark
    return Halt(lines, max(1, min(mark.line + 1 if mark else 1, len(lines))), words)


def _two_versions(halt: Halt) -> Iterator[Slip]:
    for number, line in enumerate(halt.lines, 1):
        if re.match(r"<{7}|>{7}|={7}$", line):
            yield Slip(
                number,
                "two versions of this file were merged and stand here one after the other",
                "Keep the right one of the two, and remove the lines with <<<<<<<, ======= and >>>>>>>.",
            )


def _tab(halt: Halt) -> Iterator[Slip]:
    if re.match(r" *\t", halt.line):
        yield Slip(halt.number, "the line begins with a tab", "Indent with spaces, two for each level.")


def _open_quote(halt: Halt) -> Iterator[Slip]:
    """A quote that is opened on a line at or above the place, and not closed on that line."""
    for number, line in enumerate(halt.lines[: halt.number], 1):
        if (value := re.fullmatch(rf"{_FIELD}([\"'])(.*)", line)) and value[1] not in value[2]:
            yield Slip(
                number,
                "a quote is opened and not closed",
                f"Close it at the end of the text with another {value[1]}.",
            )


def _after_quote(halt: Halt) -> Iterator[Slip]:
    if (value := re.fullmatch(rf"{_FIELD}([\"'])(.*)\1\s*[^\s,\]}}#].*", halt.line)) and "expected key" in halt.words:
        remedy = "Write two single quotes for one within the text, or put the text in double quotes."
        if value[1] == '"':
            remedy = r"Write \" for a quote within the text, or put the whole text in single quotes."
        yield Slip(halt.number, "the text goes on after its closing quote", remedy)


def _slot_first(halt: Halt) -> Iterator[Slip]:
    if re.fullmatch(rf"{_FIELD}\{{[^}}]*\}}\s*\S.*", halt.line) and "expected key" in halt.words:
        yield Slip(halt.number, "a text that begins with { must stand in quotes", QUOTE_IT)


def _bracket(halt: Halt) -> Iterator[Slip]:
    if "flow " in halt.words:
        yield Slip(
            halt.number,
            "a bracket is opened and not closed, or a comma is missing between the brackets",
            "Write {low: 8, high: 10} or [first, second].",
        )


def _no_space(halt: Halt) -> Iterator[Slip]:
    """`name:value`, on this line or the one before."""
    if not any(what in halt.words for what in ("mapping values", "expected ':'")):
        return
    for number in (halt.number, halt.number - 1):
        if number > 0 and (found := re.match(r"\s*(\w+):\S", halt.lines[min(number, len(halt.lines)) - 1])):
            yield Slip(
                number, f"there is no space after the colon of `{found[1]}`", f"Write a space after it: {found[1]}: ..."
            )


def _second_colon(halt: Halt) -> Iterator[Slip]:
    if "mapping values" in halt.words and re.match(r"\s*(?:- +)?[^:]+:\s+[^\"'].*:(?:\s|$)", halt.line):
        yield Slip(halt.number, "a colon stands within the text", QUOTE_IT)


def _deeper(halt: Halt) -> Iterator[Slip]:
    if "mapping values" in halt.words:
        yield Slip(
            halt.number,
            "the line stands further right than the one above, which holds a value already",
            "Let fields of one group begin below one another.",
        )


def _no_colon(halt: Halt) -> Iterator[Slip]:
    if "expected ':'" in halt.words:
        yield Slip(
            halt.number,
            "the line has no colon, and does not belong to a text either",
            "Write `name: value`, put a # before a remark of yours, or remove the line.",
        )


def _first_character(halt: Halt) -> Iterator[Slip]:
    if "expected key" in halt.words:
        return
    if value := re.match(rf"{_FIELD}([%@`*&!|>])", halt.line) or re.search(r"(?:[{\[,]|: )\s*([%@`>|])", halt.line):
        yield Slip(halt.number, f"a text cannot begin with {value[1]}", QUOTE_IT)


def _backslash(halt: Halt) -> Iterator[Slip]:
    if "escape" in halt.words:
        yield Slip(
            halt.number,
            "a backslash stands in a text in double quotes",
            "Write two backslashes for one, or put the text in single quotes.",
        )


def _unreadable(halt: Halt) -> Iterator[Slip]:
    if "control characters" in halt.words:
        yield Slip(halt.number, "a character stands here that cannot be seen", "Type the line anew.")


def _indentation(halt: Halt) -> Iterator[Slip]:
    yield Slip(
        halt.number,
        "the line does not fit the lines above",
        "Let it begin below the fields or dashes that it belongs to, or remove what is too much.",
    )


_LOOKS: tuple[Callable[[Halt], Iterator[Slip]], ...] = (
    _two_versions,
    _tab,
    _unreadable,
    _open_quote,
    _after_quote,
    _slot_first,
    _bracket,
    _no_space,
    _second_colon,
    _deeper,
    _no_colon,
    _first_character,
    _backslash,
    _indentation,
)
"""The surest signs first; the last one always sees something."""

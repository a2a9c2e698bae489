"""Where something stands in the content, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a content file. `path` is relative to the content's folder, `line` counts from 1."""

    path: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


Steps = tuple[str | int, ...]
"""The keys and list positions that lead to a part of a file."""


def nearest_place(path: str, lines: Mapping[Steps, int], steps: Steps) -> Place:
    """The line of a part of a file. Steps that the file does not have are passed over."""
    known: Steps = ()
    for step in steps:
        if (*known, step) in lines:
            known = (*known, step)
    return Place(path, lines.get(known, 1))


class Severity(StrEnum):
    """An error keeps content from going live; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that an editor can mend: where, which rule, what is wrong, and how to put it right.

    `excerpt` is the line as it stands, shortened; empty where there is none, or where it must not be quoted. The text
    of a problem, the same in terminal, chat, log and web page, is two or three lines:

        knowledge/amilol/dose.yaml:1: error: a digit stands in the text: "All 9 studies used" [digit-in-prose]
            1 | answer: "All 9 studies used {trial.dose}."
            Write the figure as a finding, and put its {name} here.
    """

    place: Place
    rule: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    excerpt: str = ""
    is_quoted: bool = True

    def __str__(self) -> str:
        quoted = f"    {self.place.line} | {self.excerpt}\n" if self.excerpt else ""
        return f"{self.place}: {self.severity}: {self.message} [{self.rule}]\n{quoted}    {self.remedy}"


class ContentError(Exception):
    """Content that must not go live. Carries every problem found, in the order of the files."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problem(s) in the content")
        self.problems = problems

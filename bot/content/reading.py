"""From files to records, collecting every problem on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.content.document import Document, parse
from bot.content.faults import explained
from bot.content.files import Files
from bot.content.layout import KINDS, Kind, kind_of
from bot.content.placeholders import to_be_written
from bot.domain.place import Place, Problem

MOST_KEPT = 8192
"""Files whose records are kept for the next reading, by path and text."""
_HOMES = (
    "An answer stands in knowledge/DRUG/TOPIC.yaml, a study in knowledge/studies/, a source in knowledge/references/,"
    " a topic in intents/: move it there."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One valid file: what it holds, and where each part of it stands."""

    kind: Kind
    record: Any
    document: Document


@dataclass(slots=True)
class Reading:
    """What was found in the content's folder."""

    version: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def unread(self) -> frozenset[str]:
        """The names of the files with problems, without their ending."""
        return frozenset(Path(problem.place.path).stem for problem in self.problems)

    def of_kind(self, name: str) -> Mapping[str, Entry]:
        """The files of a kind, by the name of the file without .yaml."""
        return {Path(path).stem: entry for path, entry in self.entries.items() if entry.kind.name == name}


def read(files: Files) -> Reading:
    """Make records of the files. Nothing is raised for what stands in one."""
    reading = Reading(files.version, problems=list(files.problems))
    for path, text in files.texts.items():
        _read_file(path, text, reading)
    for kind in KINDS:
        if kind.required and kind.pattern not in reading.entries and not _is_reported(kind.pattern, reading):
            reading.problems.append(
                Problem(Place(kind.pattern), "missing-file", f"{kind.pattern} is missing", "Put the file back.")
            )
    return reading


def _is_reported(path: str, reading: Reading) -> bool:
    return any(problem.place.path == path for problem in reading.problems)


def _read_file(path: str, text: str, reading: Reading) -> None:
    found = _held(path, text)
    if isinstance(found, Entry):
        reading.entries[path] = found
    else:
        reading.problems.extend(found)


@lru_cache(maxsize=MOST_KEPT)
def _held(path: str, text: str) -> Entry | tuple[Problem, ...]:
    """What a file holds, or what is wrong with it. Kept, so that of a change only the changed files are read anew."""
    kind = kind_of(path)
    if kind is None:
        return (Problem(Place(path), "unknown-file", "no file belongs here", _HOMES),)
    document = parse(path, text)
    if isinstance(document, Problem):
        return (document,)
    if unwritten := tuple(to_be_written(document, kind)):
        return unwritten
    try:
        return Entry(kind, kind.adapter.validate_python(document.data), document)
    except ValidationError as error:
        return tuple(explained(error, document, kind))

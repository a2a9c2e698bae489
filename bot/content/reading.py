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
from bot.content.placeholders import to_be_written, unwritten
from bot.content.quotes import stray_quotes
from bot.content.recognition import homeless, misplaced
from bot.content.remnant import remnant_of
from bot.domain.place import Place, Problem

MOST_KEPT = 8192
"""Files whose records are kept for the next reading, by path and text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: what it holds, as far as that is valid, and where each part of it stands."""

    kind: Kind
    record: Any
    document: Document


@dataclass(slots=True)
class Reading:
    """What was found in the content's folder."""

    version: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """Names of what does not fit in files of which the rest could be read."""
    hiding: set[str] = field(default_factory=set)
    """The files in which more may be wrong than is known."""

    @property
    def unread(self) -> frozenset[str]:
        """The names of the files that could not be read, without their ending, and of what does not fit in others."""
        paths = {problem.place.path for problem in self.problems} - self.entries.keys()
        return frozenset({*(Path(path).stem for path in paths), *self.lost})

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
    if found.entry:
        reading.entries[path] = found.entry
    reading.problems.extend(found.problems)
    reading.lost |= found.lost
    if found.hides:
        reading.hiding.add(path)


@dataclass(frozen=True, slots=True)
class _Held:
    """What is sound in a file, what is wrong with it, the names that are not known, and whether more may be wrong."""

    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str] = frozenset()
    hides: bool = False


@lru_cache(maxsize=MOST_KEPT)
def _held(path: str, text: str) -> _Held:
    """What a file holds, and what is wrong with it. Kept, so that of a change only the changed files are read anew."""
    kind, document = kind_of(path), parse(path, text)
    if kind is None:
        return _Held(None, (homeless(path, document),))
    if isinstance(document, Problem):
        return _Held(None, (document,), hides=document.rule != "empty-file")
    return _of_document(document, kind)


def _of_document(document: Document, kind: Kind) -> _Held:
    open_places, faults, record = unwritten(document), list[Problem](), None
    try:
        record = kind.adapter.validate_python(document.data)
    except ValidationError as error:
        if problem := misplaced(document, kind):
            return _Held(None, (problem,), hides=True)
        faults.extend(explained(error, document, kind, known=open_places))
    faulty = {fault.place for fault in faults}
    stray = (problem for problem in stray_quotes(document) if problem.place not in faulty)
    problems = (*to_be_written(document, kind), *faults, *stray)
    if record is not None and not open_places:
        return _Held(Entry(kind, record, document), problems)
    rest = remnant_of(document, kind, open_places)
    entry = None if rest.record is None else Entry(kind, rest.record, document)
    return _Held(entry, problems, rest.lost, hides=not rest.is_all)

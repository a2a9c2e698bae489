"""From files to records, collecting every problem on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.content.document import Document, parse
from bot.content.files import Files
from bot.content.layout import KINDS, Kind, kind_of
from bot.domain.place import Place, Problem

MOST_KEPT = 8192
"""Files whose records are kept for the next reading, by path and text."""


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

    def of_kind(self, name: str) -> Mapping[str, Entry]:
        """The files of a kind, by the name of the file without .yaml."""
        return {Path(path).stem: entry for path, entry in self.entries.items() if entry.kind.name == name}


def read(files: Files) -> Reading:
    """Make records of the files. Nothing is raised for what stands in one."""
    reading = Reading(files.digest[:12], problems=list(files.problems))
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
        remedy = "Move it to where knowledge/README.md says."
        return (Problem(Place(path), "unknown-file", "no file belongs here", remedy),)
    document = parse(path, text)
    if isinstance(document, Problem):
        return (document,)
    try:
        return Entry(kind, kind.adapter.validate_python(document.data), document)
    except ValidationError as error:
        return tuple(_explain(error, document, kind))


def _explain(error: ValidationError, document: Document, kind: Kind) -> Iterator[Problem]:
    for fault in error.errors(include_url=False):
        where = fault["loc"]
        name = ".".join(str(step) for step in where) or "the file"
        given = f' (it says "{fault["input"]}")' if isinstance(fault["input"], str) else ""
        yield Problem(
            document.place(where),
            fault["type"].replace("_", "-"),
            f"{name}: {fault['msg']}{given}",
            _remedy(fault, kind),
        )


def _remedy(fault: Mapping[str, Any], kind: Kind) -> str:
    """How to mend it: the nearest valid name for an unknown field, else what belongs there."""
    known = _fields(kind.adapter)
    step = str(fault["loc"][-1]) if fault["loc"] else ""
    if fault["type"] == "extra_forbidden":
        nearest = get_close_matches(step, known, n=1)
        return f"Did you mean `{nearest[0]}`?" if nearest else "Remove it: no such field exists here."
    if "expected_tags" in (context := fault.get("ctx", {})):
        return f"Use one of {context['expected_tags']}."
    return known.get(step) or "Put it right, or look at a neighbouring file for its shape."


def _fields(adapter: TypeAdapter[Any]) -> dict[str, str]:
    """Every field name of a schema with its description."""
    schema = adapter.json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return {
        name: details.get("description", "")
        for model in models
        for name, details in model.get("properties", {}).items()
    }

"""Which kind of file it is by the fields in it, for one that was saved in the wrong folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Any

from bot.content.document import Document
from bot.content.layout import KINDS, Kind
from bot.domain.place import Place, Problem

_NAMES = {
    "answer": ("an answer", "knowledge/DRUG/, under the name of its topic"),
    "study": ("a study", "knowledge/studies/"),
    "reference": ("a source", "knowledge/references/"),
    "topic": ("a topic", "intents/"),
    "small_talk": ("small talk", "intents/small_talk/"),
    "out_of_scope": ("a list of what is declined", "intents/out_of_scope/"),
}
"""What editors call the kinds of which there are many files, and where those stand."""
_HOMES = (
    "An answer stands in knowledge/DRUG/TOPIC.yaml, a study in knowledge/studies/, a source in knowledge/references/,"
    " a topic in intents/: move it there."
)
_CLEARLY = 2
"""By so many fields fewer must another kind be off than the one whose place it is."""


def homeless(path: str, document: Document | Problem) -> Problem:
    """The problem of a file where none belongs."""
    found = None if isinstance(document, Problem) else _nearest(document.data)
    remedy = f"It looks like {_NAMES[found.name][0]}: move it to {_NAMES[found.name][1]}." if found else _HOMES
    return Problem(Place(path), "unknown-file", "no file belongs here", remedy)


def misplaced(document: Document, kind: Kind) -> Problem | None:
    """The problem of a file that is clearly of another kind than its place says."""
    found = _nearest(document.data)
    if found is None or kind.name not in _NAMES or _off(document.data, kind) < _off(document.data, found) + _CLEARLY:
        return None
    name, home = _NAMES[found.name]
    said = f"this looks like {name}, and {_NAMES[kind.name][0]} belongs in {PurePosixPath(document.path).parent}/"
    return Problem(document.place(), "wrong-folder", said, f"Move it to {home}.")


def _nearest(data: Any) -> Kind | None:
    """The kind whose fields these are; one of them may be misspelt or missing."""
    if not isinstance(data, dict):
        return None
    kinds = [kind for kind in KINDS if kind.name in _NAMES and set(data) & set(kind.schema["properties"])]
    best = min(kinds, key=lambda kind: _off(data, kind), default=None)
    return best if best and _off(data, best) <= 1 else None


def _off(fields: Collection[str], kind: Kind) -> int:
    """How many fields are missing, or are none of this kind."""
    return len(set(kind.schema.get("required", ())) - set(fields)) + len(set(fields) - set(kind.schema["properties"]))

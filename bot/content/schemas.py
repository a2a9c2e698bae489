"""JSON Schemas of the content files, for editors' hover text and completion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import relpath

from bot.content.layout import KINDS, QUESTIONS, kind_of

FOLDER = "knowledge/schemas"
HEADING = "# yaml-language-server: $schema="


def heading(path: str) -> str | None:
    """The first line of the file at a path (from the content's folder), by which an editor's program finds its schema.

    None where no file belongs.
    """
    kind = QUESTIONS if PurePosixPath(path).match(QUESTIONS.pattern) else kind_of(path)
    return f"{HEADING}{relpath(f'{FOLDER}/{kind.name}.json', PurePosixPath(path).parent)}" if kind else None


def _schemas() -> Iterator[tuple[str, str]]:
    for kind in (*KINDS, QUESTIONS):
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.schema}
        yield f"{FOLDER}/{kind.name}.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> None:
    """Write every schema into the content's folder."""
    for path, text in _schemas():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def outdated(root: Path) -> tuple[str, ...]:
    """The schema files that are missing or do not say what the records say."""
    return tuple(
        path
        for path, text in _schemas()
        if not (root / path).is_file() or (root / path).read_text(encoding="utf-8") != text
    )

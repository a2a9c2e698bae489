"""The publication that is under way: what a reader lays over the files until all of them are in place.

A change of several files goes live in one moment, the renaming of this file into place. Whoever reads the folder
before that finds the old content, whoever reads it later the new one, however many files are in place by then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

JOURNAL = "var/publishing.json"
"""From the content's folder. When all files are in place and the history is written, it becomes the one below."""
DONE = "var/published.json"
ASIDE = "var/aside"
"""Files that were saved by hand while a publication was under way, each below a folder named after what it holds."""

Texts = Mapping[str, str | None]
"""Whole texts of files by path; None where there is no file."""


class JournalError(Exception):
    """The journal is damaged: what was to be published cannot be known."""


@dataclass(frozen=True, slots=True)
class Journal:
    """One publication: what replaces what, and who published it, when (as ISO 8601) and why."""

    by: str
    at: str
    why: str
    correction: bool
    before: Texts = field(repr=False)
    after: Texts = field(repr=False)

    @property
    def token(self) -> str:
        """A name for exactly this publication, by which the history knows it again."""
        return hashlib.sha256(self._body.encode()).hexdigest()[:16]

    @property
    def _body(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    def dump(self) -> str:
        """As it is written, with a digest of itself."""
        body = self._body
        return json.dumps({"digest": hashlib.sha256(body.encode()).hexdigest(), "body": body})

    @classmethod
    def load(cls, text: str) -> Journal:
        """What was dumped. Raises JournalError for anything else."""
        try:
            kept = json.loads(text)
            if kept["digest"] != hashlib.sha256(kept["body"].encode()).hexdigest():
                raise JournalError("its digest is another one")
            return cls(**json.loads(kept["body"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JournalError(f"it cannot be read ({type(error).__name__})") from None


def unfinished(root: Path) -> Journal | None:
    """The publication that is under way in a folder, if one is. Raises JournalError where it is damaged."""
    return _read(root / JOURNAL)


def _read(file: Path) -> Journal | None:
    try:
        return Journal.load(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise JournalError(f"it cannot be read ({type(error).__name__})") from None


def latest(root: Path) -> Journal | None:
    """The publication that is under way in a folder, else the last one that was finished here; None for neither."""
    with suppress(JournalError):
        return unfinished(root) or _read(root / DONE)
    return None


def marks(root: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What tells whether a publication began or ended between two looks."""
    return tuple(_mark(root / name) for name in (JOURNAL, DONE))


def _mark(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size

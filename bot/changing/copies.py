"""The history as numbered folders: var/editions/0001 and so on, each with the texts before and after.

The first one, 0000, holds everything as it was before the first publication, so that every state can be told from
the folders alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from bot.changing import disk
from bot.changing.edition import Edition, HistoryError, Replaced, moment
from bot.changing.snapshot import Snapshot
from bot.changing.step import Step, Watch, unwatched
from bot.content.journal import Journal, Texts

EDITIONS = "var/editions"
_RECORD = "edition.json"
_FIRST = "0000"
_NUMBER = re.compile(r"\d{4,}", re.ASCII)
"""Whatever else lies there, a copy made by hand perhaps, is none of ours."""


class Copies:
    """The numbered folders of a folder of content."""

    def __init__(self, root: Path, at_step: Watch = unwatched) -> None:
        self._root = root
        self._at_step = at_step
        self._folder = root / EDITIONS

    def record(self, journal: Journal, note: str = "") -> Edition:
        """Keep a publication under the next number. Raises HistoryError where the disk refuses."""
        try:
            self._begin(journal)
            number = f"{int(self._numbers()[-1]) + 1:04}"
            self._write(number, journal.before, journal.after, {**_told(journal), "note": note})
        except OSError as error:
            raise HistoryError(f"{EDITIONS} cannot be written: {error.strerror}") from error
        return self._edition(number)

    def editions(self, most: int) -> tuple[Edition, ...]:
        """The newest first, without the beginning. Raises HistoryError."""
        numbers = (number for number in reversed(self._numbers()) if number != _FIRST)
        return tuple(map(self._edition, islice(numbers, most)))

    def replaced(self, edition: Edition) -> Replaced:
        """As the folder holds it. Raises HistoryError."""
        home = self._folder / edition.id
        return Replaced(*(dict(_texts(home / side, edition.paths)) for side in ("before", "after")))

    def newest(self) -> Mapping[str, str] | None:
        """The beginning, with every edition laid over it. Raises HistoryError."""
        texts: dict[str, str | None] = {}
        for number in self._numbers():
            texts |= dict(_texts(self._folder / number / "after", self._edition(number).paths))
        return {path: text for path, text in texts.items() if text is not None} if texts else None

    def _begin(self, journal: Journal) -> None:
        """Keep what was there before the first publication."""
        if not self._numbers():
            found = Snapshot.of(self._root).replacing(journal.before).texts
            self._write(_FIRST, {}, found, {**_told(journal), "token": "", "why": "as it was found", "note": ""})

    def _write(self, number: str, before: Texts, after: Texts, told: Mapping[str, object]) -> None:
        """Write a folder under another name, and move it into place."""
        unfinished = self._folder / f".{number}"
        for side, texts in (("before", before), ("after", after)):
            for path, text in texts.items():
                if text is not None:
                    disk.put(unfinished / side / path, text)
        record = {**told, "paths": list(after)}
        disk.put(unfinished / _RECORD, json.dumps(record, indent=2, ensure_ascii=False) + "\n")
        self._at_step(Step.PREPARED)
        unfinished.replace(self._folder / number)
        disk.sync(self._folder)
        self._at_step(Step.ENTERED)

    def _numbers(self) -> list[str]:
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted((one.name for one in folders if _NUMBER.fullmatch(one.name) and one.is_dir()), key=int)

    def _read(self, number: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = json.loads((self._folder / number / _RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _unreadable(number, error) from None
        return record

    def _edition(self, number: str) -> Edition:
        told = self._read(number)
        try:
            return Edition(
                id=number,
                at=moment(told["at"]),
                by=told["by"],
                why=told["why"],
                paths=tuple(told["paths"]),
                correction=told["correction"],
                token=told["token"],
                is_copy=True,
                note=told["note"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise _unreadable(number, error) from None


def _unreadable(number: str, error: Exception) -> HistoryError:
    return HistoryError(f"{EDITIONS}/{number} cannot be read: {type(error).__name__}")


def _told(journal: Journal) -> dict[str, object]:
    return {
        "token": journal.token,
        "at": journal.at,
        "by": journal.by,
        "why": journal.why,
        "correction": journal.correction,
    }


def _texts(home: Path, paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    try:
        for path in paths:
            file = home / path
            yield path, file.read_bytes().decode() if file.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(home.parent.name, error) from None

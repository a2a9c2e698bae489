"""The files of a folder of content, as text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bot.content.document import MAX_BYTES
from bot.content.layout import ENDING, FOLDERS
from bot.domain.place import Place, Problem

LONGEST_EXCERPT = 100
"""Characters of a line that are shown with a problem."""
_PUT_BACK = "Put an ordinary text file in its place, or remove it."


@dataclass(frozen=True)
class Files:
    """The text of each file by its path from the content's folder, in order, and what could not be read."""

    texts: dict[str, str]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A name for exactly these texts."""
        digest = hashlib.sha256()
        for path, text in self.texts.items():
            digest.update(f"{path}\0{text}\0".encode())
        return digest.hexdigest()

    def quoted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems by file and line, each once and with the line that it is about."""
        return tuple(sorted({replace(problem, excerpt=self._line(problem.place)) for problem in problems}))

    def _line(self, place: Place) -> str:
        lines = self.texts.get(place.path, "").splitlines()
        line = lines[place.line - 1].lstrip("\ufeff").strip() if place.line <= len(lines) else ""
        return line if len(line) <= LONGEST_EXCERPT else f"{line[:LONGEST_EXCERPT]}…"


def gather(root: Path) -> Files:
    """Read every YAML file of the content's folders. Nothing is raised."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in FOLDERS:
        home = (root / folder).resolve()
        for file in sorted((root / folder).rglob("*.*")):
            path = file.relative_to(root).as_posix()
            if file.suffix != ENDING:
                problems.extend(_wrong_ending(path))
                continue
            try:
                texts[path] = _text(file, home)
            except UnicodeDecodeError:
                problems.append(
                    Problem(Place(path), "unreadable", "the file is not plain text in UTF-8", "Save it as UTF-8 text.")
                )
            except (OSError, RuntimeError) as error:
                why = getattr(error, "strerror", None) or error
                problems.append(Problem(Place(path), "unreadable", f"the file cannot be read: {why}", _PUT_BACK))
    return Files(texts, tuple(problems))


def _text(file: Path, home: Path) -> str:
    """No more of a file than is needed to see that it is too large; nothing of what lies outside its folder."""
    if not file.resolve().is_relative_to(home):
        raise OSError("it is a link that leads out of the folder")
    if not file.is_file():
        raise OSError("it is no file")
    with file.open(encoding="utf-8") as opened:
        return opened.read(MAX_BYTES + 1)


def _wrong_ending(path: str) -> Iterator[Problem]:
    """A file that somebody wrote for the bot to read, and that would silently not be read."""
    if path.lower().endswith((".yml", ENDING)):
        remedy = f"Rename it to end in {ENDING}, or remove it."
        yield Problem(Place(path), "wrong-ending", f"only files that end in {ENDING} are read", remedy)

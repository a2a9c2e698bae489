"""The files of a folder of content, as text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from bot.content.document import MAX_BYTES
from bot.content.journal import JOURNAL, Journal, JournalError, marks, unfinished
from bot.content.layout import ENDING, FOLDERS
from bot.domain.place import Place, Problem

MOST_LOOKS = 20
"""How often a folder is read again because a publication began or ended meanwhile."""
LONGEST_EXCERPT = 100
"""Characters of a line that are shown with a problem."""
VERSION = 12
"""Letters of the digest that name a version of the content."""
NOT_UTF_8 = ("unreadable", "the file is not plain text in UTF-8", "Save it as UTF-8 text.")
"""Rule, message and remedy of a problem."""
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

    @property
    def version(self) -> str:
        """The same, short: by it people and logs name a state of the content."""
        return self.digest[:VERSION]

    def changed_by(self, edits: Mapping[str, str | None]) -> Files:
        """With other texts at some paths; None removes the file. What was wrong with those is forgotten."""
        texts = {**self.texts, **edits}
        kept = {path: text for path, text in texts.items() if text is not None}
        return Files(in_order(kept), tuple(one for one in self.problems if one.place.path not in edits))

    def quoted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems by file and line, each once and with the line that it is about."""
        return tuple(sorted({replace(problem, excerpt=self._excerpt(problem)) for problem in problems}))

    def _excerpt(self, problem: Problem) -> str:
        return self._line(problem.place) if problem.is_quoted else ""

    def _line(self, place: Place) -> str:
        lines = self.texts.get(place.path, "").splitlines()
        line = lines[place.line - 1].lstrip("\ufeff").strip() if place.line <= len(lines) else ""
        return line if len(line) <= LONGEST_EXCERPT else f"{line[:LONGEST_EXCERPT]}…"


def in_order(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts in the order in which a folder is read: their digest rests on it."""
    return {path: texts[path] for path in sorted(texts, key=_rank)}


def _rank(path: str) -> tuple[int, PurePosixPath]:
    first = PurePosixPath(path).parts[0]
    return FOLDERS.index(first) if first in FOLDERS else len(FOLDERS), PurePosixPath(path)


def gather(root: Path, folders: Sequence[str] = FOLDERS) -> Files:
    """Read every YAML file of the content's folders: as before a publication or as after it. Nothing is raised."""
    for _ in range(MOST_LOOKS):
        before = marks(root)
        files = _with_journal(root, folders)
        if marks(root) == before:
            break
    return files


def _with_journal(root: Path, folders: Sequence[str]) -> Files:
    """What lies there, with the files of a publication that is under way as they will be."""
    try:
        journal = unfinished(root)
    except JournalError as error:
        files = _read(root, folders)
        return Files(files.texts, (*files.problems, _damaged(error)))
    files = _read(root, folders)
    return files.changed_by(_within(journal, folders)) if journal else files


def _within(journal: Journal, folders: Sequence[str]) -> dict[str, str | None]:
    homes = tuple(f"{folder}/" for folder in folders)
    return {path: text for path, text in journal.after.items() if path.startswith(homes)}


def _damaged(error: JournalError) -> Problem:
    return Problem(
        Place(JOURNAL),
        "damaged-journal",
        f"a publication was interrupted, and its journal is damaged: {error}",
        "Compare the files with the history, put them right, and remove the journal.",
    )


def _read(root: Path, folders: Sequence[str]) -> Files:
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in folders:
        home = (root / folder).resolve()
        for file in sorted((root / folder).rglob("*.*")):
            path = file.relative_to(root).as_posix()
            if file.suffix != ENDING:
                problems.extend(_wrong_ending(path))
                continue
            try:
                texts[path] = _text(file, home)
            except UnicodeDecodeError:
                problems.append(Problem(Place(path), *NOT_UTF_8))
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

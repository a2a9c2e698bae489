"""The content in its folder as it is now: files, problems, answers. What costs time is worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.chat.artist import Artist
from bot.checking.check import problems_of
from bot.content.files import Files, gather
from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem, Severity
from bot.live import LiveEngine
from bot.workbench.booklet import Booklet
from bot.workbench.grid import Grid, grid_of


@dataclass(frozen=True, slots=True)
class Problems:
    """What an editor must mend, and what an editor should look at."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


class Shelf:
    """Looks things up in a folder of content, and writes nothing there."""

    def __init__(self, root: Path, live: LiveEngine) -> None:
        self._root = root
        self._artist = Artist(live)
        self._found: tuple[object, Problems] | None = None

    def booklet(self, catalogue: Catalogue) -> Booklet:
        """All answers of a catalogue."""
        return _booklet(catalogue)

    def grid(self, catalogue: Catalogue) -> Grid:
        """What is known, cell by cell."""
        return _grid(catalogue)

    def problems(self, today: date) -> Problems:
        """Every problem of the files as they lie there, as of a day."""
        files = gather(self._root)
        state = (files.digest, files.problems, today)
        if self._found is None or self._found[0] != state:
            self._found = state, _problems(files, today)
        return self._found[1]

    def lines(self, path: str) -> list[str] | None:
        """The lines of a file of the content; None for what is none."""
        text = gather(self._root).texts.get(path)
        return None if text is None else text.splitlines()

    async def picture(self, name: str, drug: str | None) -> bytes:
        """A chart as PNG. Raises UnknownChartError and NothingToDrawError."""
        return (await self._artist.draw(name, drug)).png


@lru_cache(maxsize=1)
def _booklet(catalogue: Catalogue) -> Booklet:
    return Booklet(catalogue)


@lru_cache(maxsize=1)
def _grid(catalogue: Catalogue) -> Grid:
    return grid_of(catalogue)


def _problems(files: Files, today: date) -> Problems:
    found = problems_of(files, today)
    errors = tuple(problem for problem in found if problem.severity is Severity.ERROR)
    return Problems(errors, tuple(problem for problem in found if problem not in errors))

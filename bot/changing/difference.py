"""One difference between two states of the content, as an editor would say it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.place import Place


class Sort(StrEnum):
    """What kind of thing differs."""

    FIGURE = "figure"
    FINDING = "finding"
    SOURCE = "source"
    POPULATION = "population"
    SENTENCE = "sentence"
    PHRASE = "phrase"
    NAME = "name"
    REFERENCE = "reference"
    LIMIT = "limit"
    MESSAGE = "message"
    QUESTION = "test question"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """What stood there and what stands there now, in the words of the bot where it has words for it.

    `before` or `after` is None where nothing stood or stands there. `about` says of what it is: "relapse rate,
    lenalidomide". `finding` is the id of the finding, where it is one. `place` lies in the new text, or in the old
    one where the file is gone; `keys` lead to it within the file.
    """

    sort: Sort
    before: str | None
    after: str | None
    about: str
    place: Place
    keys: tuple[str, ...] = ()
    finding: str | None = None

    @property
    def text(self) -> str:
        """In a line: "25 to 75% → 25 to 70%, relapse rate, lenalidomide"."""
        if self.before is None or self.after is None:
            verb = "removed" if self.after is None else "added"
            return f"{verb}: {self.before or self.after or ''}, {self.about}"
        return f"{self.before} → {self.after}, {self.about}"

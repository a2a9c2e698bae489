"""One published state of the content, in the history of all of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.content.journal import Texts


@dataclass(frozen=True, slots=True)
class Edition:
    """Who published what, when and why.

    `token` tells that the press published it, which a commit made by hand does not have. `is_copy` says that it is
    kept as a numbered copy, and `note` why, where commits should be kept.
    """

    id: str
    at: datetime
    by: str
    why: str
    paths: tuple[str, ...]
    correction: bool = False
    token: str = field(default="", repr=False)
    is_copy: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        """The same in every history that holds it: a commit is another after a rebase, and numbers begin anew.

        Of a commit made by hand nothing but its id is known.
        """
        return self.token or self.id


@dataclass(frozen=True, slots=True)
class Replaced:
    """The texts that an edition replaced, and those that it put in their place."""

    before: Texts = field(repr=False)
    after: Texts = field(repr=False)


class HistoryError(Exception):
    """The history cannot be read or written. Says why in a sentence."""


def moment(text: str) -> datetime:
    """A date with a time and its distance from Greenwich, as ISO 8601. Raises ValueError for anything else."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("it does not say how far from Greenwich")
    return found

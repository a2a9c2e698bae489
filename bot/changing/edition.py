"""One published state of the content, in the history of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.content.journal import Journal, Texts


@dataclass(frozen=True, slots=True)
class Edition:
    """Who published what, when and why. `note` says what an operator should know of how it is kept."""

    id: str
    at: datetime
    by: str
    why: str
    paths: tuple[str, ...]
    correction: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The texts that an edition replaced, and those that it put in their place."""

    before: Texts = field(repr=False)
    after: Texts = field(repr=False)


class HistoryError(Exception):
    """The history cannot be read or written. Says why in a sentence."""


class History(Protocol):
    """Where editions are kept."""

    def record(self, journal: Journal) -> Edition:
        """Keep a publication; one that is kept already is only returned. Raises HistoryError."""
        ...

    def editions(self, most: int) -> tuple[Edition, ...]:
        """The newest first. Raises HistoryError."""
        ...

    def replaced(self, edition: Edition) -> Replaced:
        """What an edition of this history replaced. Raises HistoryError."""
        ...

    def newest(self) -> Mapping[str, str] | None:
        """The text of every file as last published, by path; None where nothing was. Raises HistoryError."""
        ...

"""The history of the content: commits where git tracks it, else numbered copies."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from heapq import merge
from itertools import islice, takewhile
from pathlib import Path

from bot.changing.copies import Copies
from bot.changing.edition import Edition, HistoryError, Replaced
from bot.changing.repository import Repository
from bot.changing.step import Watch, unwatched
from bot.content.journal import Journal, Texts

log = logging.getLogger(__name__)
RECENT = 50
EVERY = 1_000_000
"""Editions: more than there will be."""


class Ledger:
    """Both ways of keeping editions, as one history. Where git fails, a copy is kept instead, and says why."""

    def __init__(self, root: Path, at_step: Watch = unwatched) -> None:
        self._copies = Copies(root, at_step)
        self._repository = Repository(root, at_step)

    def record(self, journal: Journal) -> Edition:
        """Keep a publication, once however often it is asked for. Raises HistoryError where neither way is open."""
        for edition in self._copies.editions(RECENT):
            if edition.token == journal.token:
                return edition
        try:
            if self._repository.tracks_content:
                return self._repository.record(journal)
        except HistoryError as error:
            note = f"kept as a numbered copy, since git refuses: {error}"
            log.warning("%s", note)
            return self._copies.record(journal, note)
        return self._copies.record(journal)

    def editions(self, most: int) -> tuple[Edition, ...]:
        """The newest first."""
        commits = self._repository.editions(most) if self._is_in_git else ()
        both = merge(commits, self._copies.editions(most), key=lambda one: one.at, reverse=True)
        return tuple(islice(both, most))

    def replaced(self, edition: Edition) -> Replaced:
        """The texts that an edition replaced, and those that took their place."""
        return (self._copies if edition.is_copy else self._repository).replaced(edition)

    def newest(self) -> Mapping[str, str] | None:
        """The text of every file as last published, by path; None where nothing was published yet.

        Where git refused for a while, copies that are newer lie over its commit. Raises HistoryError.
        """
        if not self._is_in_git:
            return self._copies.newest()
        texts = {**self._repository.newest(), **self._beyond_git()}
        return {path: text for path, text in texts.items() if text is not None}

    def _beyond_git(self) -> Texts:
        """The text of each file that was published last by a copy; None for one that it removed."""
        copies = self._copies.editions(EVERY)
        if not copies:
            return {}
        latest: dict[str, Edition] = {}
        for edition in takewhile(lambda one: one.at >= copies[-1].at, self.editions(EVERY)):
            for path in edition.paths:
                latest.setdefault(path, edition)
        return {path: self.replaced(one).after[path] for path, one in latest.items() if one.is_copy}

    @property
    def _is_in_git(self) -> bool:
        try:
            return self._repository.tracks_content
        except HistoryError:
            return False

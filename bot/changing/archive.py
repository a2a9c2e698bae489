"""The content before and after each published edition, put together from the history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bot.calendar import current_day
from bot.changing.edition import Edition, HistoryError
from bot.changing.press import Press
from bot.changing.snapshot import Snapshot
from bot.content.linking import link
from bot.domain.catalogue import Catalogue

MOST = 200
"""Editions that are looked back over."""


class Archive:
    """Reads what a press has published."""

    def __init__(self, press: Press, today: Callable[[], date] = current_day) -> None:
        self._press = press
        self._today = today

    def editions(self) -> tuple[Edition, ...]:
        """The latest, newest first. Raises HistoryError."""
        return self._press.history(MOST)

    def around(self, edition: Edition) -> tuple[Catalogue, Catalogue]:
        """As it was before, and as it was after. Raises HistoryError, and ContentError where it can be read no more."""
        after, replaced = self._after(edition), self._press.replaced(edition)
        sides = (after.replacing(texts) for texts in (replaced.before, replaced.after))
        before, now = (link(one.files, self._today()) for one in sides)
        return before, now

    def since(self, edition: Edition) -> frozenset[str]:
        """Versions of the content that hold an edition: as published then and later, and as it lies there now.

        Raises HistoryError.
        """
        return frozenset(state.files.version for state in (*self._states(edition), self._press.present()))

    def _after(self, edition: Edition) -> Snapshot:
        """The newest state, with every later edition taken back."""
        *_, found = self._states(edition)
        return found

    def _states(self, edition: Edition) -> Iterator[Snapshot]:
        """The newest, and back from there to that of an edition."""
        found = self._press.live()
        yield found
        for newer in self._press.history(MOST):
            if newer.id == edition.id:
                return
            found = found.replacing(self._press.replaced(newer).before)
            yield found
        raise HistoryError(f"edition {edition.id} is not among the last {MOST}")

"""What readers thought, and the figures that looked wrong to them until an editor says that somebody has looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.chat.calls import Button
from bot.chat.keyboard import laid, read, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.store.store import DOUBT, Opinion

TAP = "w1"
NAMED = 5
"""Doubts that are named at once, the oldest first."""


class FeedbackBox(Protocol):
    """Where feedback is kept: never who gave it, nor what was asked."""

    def judge(self, number: int, opinion: Opinion) -> None: ...
    def look_into(self, number: int) -> None: ...


class Doubts:
    """Open ones by the number of the tap that told them: an alert that reached nobody is not lost."""

    def __init__(self, box: FeedbackBox, kept: Mapping[int, Opinion]) -> None:
        self._box = box
        self._open = dict(kept)

    @property
    def number(self) -> int:
        """How many are open."""
        return len(self._open)

    def judge(self, number: int, opinion: Opinion) -> None:
        """Keep what the tap of this number said of a reply."""
        self._box.judge(number, opinion)
        if opinion.verdict == DOUBT:
            self._open[number] = opinion

    def settle(self, data: str) -> None:
        """An editor's tap: somebody has looked into one. A second tap changes nothing."""
        match read(TAP, data, 1):
            case [str(number)] if number.isdecimal() and int(number) in self._open:
                del self._open[int(number)]
                self._box.look_into(int(number))

    def page(self, catalogue: Catalogue) -> Page:
        """For editors: the first few, each with a button that settles it."""
        messages, first = catalogue.messages, list(self._open.items())[:NAMED]
        lines = [messages.doubts.format(number=self.number), *(_line(one) for _, one in first)]
        label = messages.looked_into_label
        buttons = [Button(label.format(what=one.about), written(TAP, str(number))) for number, one in first]
        return Page.saying("\n".join(lines), laid(buttons))


def _line(opinion: Opinion) -> str:
    return f"{opinion.about} @ {opinion.content_version}"

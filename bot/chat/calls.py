"""What the bot wants Telegram to do: plain values, so that they can be compared, queued and kept."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from html import unescape
from typing import ClassVar

# Only Telegram's own tags: "p <0.05 and n> 20" must survive.
_TAG = re.compile(r"</?(?:b|i|u|s|a|code|pre|blockquote)(?: [^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button. `data` is what comes back when it is tapped: 1 to 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Say:
    """Send a message of at most 4,096 characters. `buttons` are rows; `reply_to` is the message it answers."""

    patience: ClassVar[float] = 300
    """For how many seconds sending is tried."""

    chat: int
    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    thread: int | None = None
    reply_to: int | None = None

    @property
    def lane(self) -> Hashable:
        """Calls of one lane keep their order; lanes do not wait for one another."""
        return "say", self.chat

    @property
    def plain(self) -> str:
        """The same words without the formatting."""
        return unescape(_TAG.sub("", self.html))


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """End the waiting that a tapped button shows."""

    patience: ClassVar[float] = 15

    query: str

    @property
    def lane(self) -> Hashable:
        return "acknowledge", self.query


@dataclass(frozen=True, slots=True)
class ShowTyping:
    """Show that an answer is being written; Telegram takes it back after five seconds."""

    patience: ClassVar[float] = 0

    chat: int
    thread: int | None = None

    @property
    def lane(self) -> Hashable:
        return "typing", self.chat


Call = Say | Acknowledge | ShowTyping

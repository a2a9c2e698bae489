"""What the bot wants Telegram to do: plain values, so that they can be compared, queued and kept."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from html import unescape
from typing import ClassVar, Literal

# Only Telegram's own tags: "p <0.05 and n> 20" must survive.
_TAG = re.compile(r"</?(?:b|i|u|s|a|code|pre|blockquote)(?: [^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button. `data` is what comes back when it is tapped: 1 to 64 bytes."""

    label: str
    data: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Send a message of at most 4,096 characters. `buttons` are rows; `reply_to` is the message it answers."""

    patience: ClassVar[float] = 300
    """For how many seconds sending is tried while nobody knows what becomes of it."""

    chat: int
    html: str
    buttons: Rows = ()
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
class ShowChart:
    """Send a picture, drawn when it is sent: the chart `name`, of a drug unless it shows them all."""

    patience: ClassVar[float] = 300

    chat: int
    name: str
    drug: str | None
    buttons: Rows = ()
    thread: int | None = None
    reply_to: int | None = None

    @property
    def lane(self) -> Hashable:
        return "say", self.chat


@dataclass(frozen=True, slots=True)
class SendFile:
    """Send a text as a document of this name, with plain words of at most 1,024 characters below it."""

    patience: ClassVar[float] = 300

    chat: int
    name: str
    text: str = field(repr=False)
    caption: str = ""
    buttons: Rows = ()
    thread: int | None = None
    reply_to: int | None = None

    @property
    def lane(self) -> Hashable:
        return "say", self.chat


@dataclass(frozen=True, slots=True)
class ChangeButtons:
    """Put other buttons under a message of the bot."""

    patience: ClassVar[float] = 60

    chat: int
    message: int
    buttons: Rows = ()

    @property
    def lane(self) -> Hashable:
        return "say", self.chat


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """End the waiting that a tapped button shows; `text`, of at most 200 letters, is shown for a moment."""

    patience: ClassVar[float] = 15

    query: str
    text: str = ""
    chat: int | None = None
    """Where the button is; None where that cannot be told."""

    @property
    def lane(self) -> Hashable:
        return "acknowledge", self.query


@dataclass(frozen=True, slots=True)
class ShowTyping:
    """Show that an answer is being written, or a picture drawn; Telegram takes it back after five seconds."""

    patience: ClassVar[float] = 0

    chat: int
    thread: int | None = None
    action: Literal["typing", "upload_photo"] = "typing"

    @property
    def lane(self) -> Hashable:
        return "typing", self.chat


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer that a person may insert in another chat. Its one button opens the bot with a payload."""

    id: str
    title: str
    description: str
    html: str
    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class AnswerInline:
    """Offer answers to what was typed behind the bot's name; with none, the bot itself is offered."""

    patience: ClassVar[float] = 10

    query: str
    offers: tuple[Offer, ...] = ()
    otherwise: str = ""
    """Label of the way to the bot."""

    @property
    def lane(self) -> Hashable:
        return "inline", self.query


Call = Say | ShowChart | SendFile | ChangeButtons | Acknowledge | ShowTyping | AnswerInline

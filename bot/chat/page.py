"""What is shown at once: messages, the buttons under the last of them, and perhaps a picture before them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from bot.chat.calls import Rows
from bot.chat.keyboard import rows
from bot.domain.reply import Reply
from bot.live import Answers
from bot.rendering import html


@dataclass(frozen=True, slots=True)
class Page:
    """Messages in Telegram's HTML.

    `chart` is the name and the drug of the picture that comes first, `file` name and text of a document that does.
    """

    messages: tuple[str, ...]
    buttons: Rows = ()
    chart: tuple[str, str | None] | None = None
    file: tuple[str, str] | None = None

    @classmethod
    def of(cls, reply: Reply, engine: Answers, below: Rows = ()) -> Page:
        """A reply with its options as buttons, and more buttons below them."""
        return cls(html.messages(reply, engine.library), (*rows(reply.options), *below))

    @classmethod
    def saying(cls, text: str, buttons: Rows = (), file: tuple[str, str] | None = None) -> Page:
        """One message of plain words, perhaps with a document before it."""
        return cls((escape(text, quote=False),), buttons, file=file)

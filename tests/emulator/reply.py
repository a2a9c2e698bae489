"""What a person sees when the bot writes."""

from __future__ import annotations

from dataclasses import dataclass

from .formatting import covered
from .records import Utterance
from .refusals import Json


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; `data` or `url` is empty where it has none."""

    label: str
    data: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of the bot at the moment it appeared or was edited."""

    wire: Json
    html: str
    """The text as the bot sent it, markup included."""
    edited: bool

    @classmethod
    def of(cls, utterance: Utterance) -> Reply:
        return cls(utterance.wire, utterance.source, utterance.edited)

    @property
    def message_id(self) -> int:
        return int(self.wire["message_id"])

    @property
    def text(self) -> str:
        """The text (or caption) as a person reads it, without markup."""
        return str(self.wire.get("text") or self.wire.get("caption", ""))

    @property
    def entities(self) -> list[Json]:
        return list(self.wire.get("entities") or self.wire.get("caption_entities", []))

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        rows = self.wire.get("reply_markup", {}).get("inline_keyboard", [])
        return [[Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row] for row in rows]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def links(self) -> list[str]:
        """Addresses a tap in the text opens."""
        urls = [e.get("url") or covered(self.text, e) for e in self.entities if e["type"] in {"text_link", "url"}]
        return [str(url) for url in urls]

    def marked(self, kind: str) -> list[str]:
        """The passages under one kind of formatting, such as `expandable_blockquote`."""
        return [covered(self.text, entity) for entity in self.entities if entity["type"] == kind]

"""Formatted text, decided by TDLib: the Bot API server asks the same functions.

`parseTextEntities` reads markup and words its errors, `getTextEntities` finds commands, links and mentions in
plain text. Offsets and lengths of entities are UTF-16 code units, as everywhere in Telegram.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import Any

import tdjson

from .refusals import Json, bad_request

PARSE_MODES: dict[str, Json] = {
    "html": {"@type": "textParseModeHTML"},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
}
# TDLib's names, with the fields the Bot API shows beside the type. A mention by number is missing on purpose:
# it survives only for a user the bot has met, and is dropped otherwise.
ENTITY_TYPES = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "CustomEmoji": "custom_emoji",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "Url": "url",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
}
SHOWN_FIELDS = {"url", "language", "custom_emoji_id"}
OPAQUE = {"text_link", "code", "pre", "custom_emoji"}
MAX_ENTITIES = 100


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Plain text and the entities over it, in the Bot API's form."""

    text: str
    entities: tuple[Json, ...] = ()

    def fields(self, text_key: str = "text", entities_key: str = "entities") -> Json:
        """As fields of a message; None where there is nothing to show."""
        return {text_key: self.text or None, entities_key: list(self.entities) or None}


def formatted(text: str, parse_mode: str, entities: Any = None) -> FormattedText:
    """Text as a bot sent it; raises the Bot API's refusal when the markup is wrong."""
    if len(text.encode()) > 1 << 15:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if not text or mode in {"", "none"}:
        return FormattedText(text, tuple(entities) if isinstance(entities, list) else ())
    if mode not in PARSE_MODES:
        raise bad_request("Unsupported parse_mode")
    answer = parsed(text, mode)
    if answer["@type"] == "error":
        raise bad_request(answer["message"])
    return FormattedText(answer["text"], _shown(answer["entities"]))


def parsed(text: str, mode: str) -> Json:
    """TDLib's own answer: a `formattedText` or an `error`."""
    return _execute({"@type": "parseTextEntities", "text": text, "parse_mode": PARSE_MODES[mode]})


def as_sent(message: FormattedText) -> FormattedText:
    """What Telegram keeps of it: trimmed, links and commands detected, at most 100 entities."""
    kept = trimmed(message)
    opaque = [entity for entity in kept.entities if entity["type"] in OPAQUE]
    detected = [e for e in detected_entities(kept.text) if not any(_overlap(e, other) for other in opaque)]
    everything = sorted([*kept.entities, *detected], key=lambda e: (e["offset"], -e["length"]))
    return FormattedText(kept.text, tuple(everything[:MAX_ENTITIES]))


def trimmed(message: FormattedText) -> FormattedText:
    """Blanks go at the end, and at the start up to the first entity."""
    text = message.text.rstrip()
    first = min((entity["offset"] for entity in message.entities), default=len(text))
    shift = min(len(text) - len(text.lstrip(" \n")), first)
    end = utf16_length(text)
    moved = (
        entity | {"offset": entity["offset"] - shift, "length": min(entity["length"], end - entity["offset"])}
        for entity in message.entities
    )
    return FormattedText(text[shift:], tuple(entity for entity in moved if entity["length"] > 0))


def detected_entities(text: str) -> tuple[Json, ...]:
    """Commands, links, mentions, addresses in plain text."""
    return _shown(_execute({"@type": "getTextEntities", "text": text})["entities"])


def link_target(url: str) -> str | None:
    """The address Telegram makes of a link, or None where it makes no link of it."""
    found = parsed(f'<a href="{html.escape(url)}">x</a>', "html").get("entities", [])
    return found[0]["type"].get("url", url) if found else None


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def covered(text: str, entity: Json) -> str:
    """The characters an entity covers."""
    start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return text.encode("utf-16-le")[start:end].decode("utf-16-le")


def _shown(entities: list[Json]) -> tuple[Json, ...]:
    named = ((ENTITY_TYPES.get(e["type"]["@type"].removeprefix("textEntityType")), e) for e in entities)
    return tuple(
        {"type": name, "offset": entity["offset"], "length": entity["length"]}
        | {field: value for field, value in entity["type"].items() if field in SHOWN_FIELDS}
        for name, entity in named
        if name
    )


def _overlap(one: Json, other: Json) -> bool:
    starts_before = one["offset"] < other["offset"] + other["length"]
    return bool(starts_before and other["offset"] < one["offset"] + one["length"])


def _execute(request: Json) -> Json:
    answer: Json = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    return answer


_execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})

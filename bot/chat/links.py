"""Deep links: `t.me/BOT?start=a-TOPIC-DRUG` opens an answer."""

from __future__ import annotations

import re

from bot.domain.reply import Option
from bot.live import Answers

ANSWER = "a"
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram hands on."""


def payload_of(topic: str, drug: str | None) -> str:
    """The payload that opens this answer; empty, which opens the welcome, where Telegram would not hand it on."""
    payload = "-".join([ANSWER, topic, *([drug] if drug else [])])
    return payload if _PAYLOAD.fullmatch(payload) else ""


def option_of(payload: str, engine: Answers) -> Option | None:
    """What a link asks; None for one that names no topic and drug of this content."""
    first, _, keys = payload.partition("-")
    topic, _, drug = keys.partition("-")
    known = topic in engine.catalogue.topics and (not drug or drug in engine.catalogue.drugs)
    return Option("", topic, drug or None) if first == ANSWER and known else None

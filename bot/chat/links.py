"""Deep links: `t.me/BOT?start=a-TOPIC-DRUG` opens an answer."""

from __future__ import annotations

import re

from bot.chat.calls import Button
from bot.chat.keyboard import read, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, NotReported, Option, Reply
from bot.live import Answers

ANSWER = "a"
TAP = "l1"
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


def under(reply: Reply, catalogue: Catalogue) -> list[Button]:
    """The button that gives a link to an answer; none under a reply that is none."""
    if not isinstance(reply, Answered | NotReported):
        return []
    first = reply.stated[0]
    data = written(TAP, first.topic, first.drug)
    return [Button(catalogue.messages.link_label, data)] if payload_of(first.topic, first.drug) else []


def shared(engine: Answers, data: str, address: str) -> Page:
    """The link that a tapped button promised, at the bot's address; or that the button has expired."""
    messages = engine.catalogue.messages
    topic, drug = read(TAP, data, 2) or (None, None)
    payload = payload_of(topic, drug) if topic else ""
    if not option_of(payload, engine):
        return Page.saying(messages.expired)
    return Page.saying(messages.link.format(link=f"{address}?start={payload}"))

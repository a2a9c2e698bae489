"""Deep links: `t.me/BOT?start=a-TOPIC-DRUG-POPULATION` opens an answer."""

from __future__ import annotations

import re

from bot.chat.calls import Button
from bot.chat.entry import Entry, coded, decoded, entries_of
from bot.chat.keyboard import read, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, NotReported, Option, Reply
from bot.live import Answers

ANSWER = "a"
TAP = "l2"
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram hands on."""


def payload_of(topic: str | None, drug: str | None, population: str | None = None) -> str:
    """The payload that opens this answer, with nothing where something is left open.

    Empty, which opens the welcome, where Telegram would not hand it on.
    """
    payload = "-".join([ANSWER, topic or "", drug or "", population or ""]).rstrip("-")
    return payload if topic and _PAYLOAD.fullmatch(payload) else ""


def option_of(payload: str, engine: Answers) -> Option | None:
    """What a link asks; None for one that names what is not in this content, so that it never opens something wider."""
    first, *keys = payload.split("-")
    catalogue = engine.catalogue
    match (*keys, "", "", "")[: max(3, len(keys))]:
        case (topic, drug, population) if (
            first == ANSWER
            and topic in catalogue.topics
            and drug in {"", *catalogue.drugs}
            and population in {"", *catalogue.populations}
        ):
            return Option("", topic, drug or None, population or None)
    return None


def under(reply: Reply, catalogue: Catalogue) -> list[Button]:
    """The button that gives the links to what was answered; none under a reply that is no answer.

    Nor under one study, or under what the sources do not hold of a topic: a link to the topic opens another answer.
    """
    if not isinstance(reply, Answered | NotReported) or any(one.aspect or one.is_study for one in reply.stated):
        return []
    linked = [one for one in entries_of(reply) if _payload(one)]
    return [Button(catalogue.messages.link_label, written(TAP, coded(linked)))] if linked else []


def entries(data: str, catalogue: Catalogue) -> tuple[Entry, ...]:
    """The answers to which a button gives links; none for one of another version, or of other content."""
    (codes,) = read(TAP, data, 1) or (None,)
    return tuple(one for one in decoded(codes or "", catalogue) or () if _payload(one))


def shared(engine: Answers, data: str, address: str) -> Page:
    """What a tapped button promised: the link to the answer, or one to each; or that the button has expired."""
    messages = engine.catalogue.messages
    shown = entries(data, engine.catalogue)
    links = [f"{address}?start={_payload(one)}" for one in shown]
    if not links:
        return Page.saying(messages.expired)
    if len(links) == 1:
        return Page.saying(messages.link.format(link=links[0]))
    lines = [f"{one.title(engine.catalogue)}: {link}" for one, link in zip(shown, links, strict=True)]
    return Page.saying("\n".join([messages.links, *lines]))


def _payload(entry: Entry) -> str:
    return payload_of(entry.topic, entry.drug, entry.population)

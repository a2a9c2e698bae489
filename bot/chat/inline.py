"""Inline mode: what was typed behind the bot's name in any chat becomes answers to insert there."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import replace

from bot.answering.stating import PRESENT
from bot.chat.calls import AnswerInline, Offer
from bot.chat.links import payload_of
from bot.chat.outbox import Outbox
from bot.domain.reply import Answered, Clarification, NotReported, Option, Reply, Stated
from bot.live import Answers, LiveEngine
from bot.rendering import html
from bot.rendering.fitting import fitted
from bot.rendering.page import abridged, heading, sentence, words

MOST_OFFERS = 6
SHOWN_OF_A_SENTENCE = 120
"""Letters: a phone shows two lines below a title."""


class Inline:
    """Answers inline queries with the engine that is current. Remembers nothing of them."""

    def __init__(self, live: LiveEngine, outbox: Outbox) -> None:
        self._live = live
        self._outbox = outbox

    async def answer(self, update: int, query: str, words: str) -> None:
        """Offer what there is; a thread finds it, so that nobody waits for it."""
        engine = self._live.engine
        found = await asyncio.to_thread(offers, engine, words)
        await self._outbox.put(update, AnswerInline(query, found, engine.catalogue.messages.nothing_to_share))


def offers(engine: Answers, words: str) -> tuple[Offer, ...]:
    """The best few readings of the words: what they ask, or else each of what the bot would ask back.

    Without any words, the example questions.
    """
    replies = [engine.reply_to(words).reply] if words.strip() else list(_chosen(engine, engine.examples()))
    found = {offer.id: offer for reply in replies for offer in _of(engine, reply)}
    return tuple(found.values())[:MOST_OFFERS]


def _of(engine: Answers, reply: Reply) -> Iterator[Offer]:
    match reply:
        case Answered(stated=stated):
            for one in stated:
                yield from _offer(engine, replace(reply, stated=(one,)), one)
        case NotReported(stated=[first, *_]):
            yield from _offer(engine, reply, first)
        case Clarification(options=options):
            for settled in _chosen(engine, options):
                if isinstance(settled, Answered | NotReported):
                    yield from _of(engine, settled)


def _chosen(engine: Answers, options: tuple[Option, ...]) -> Iterator[Reply]:
    return (engine.reply_to_option(option).reply for option in options if option.topic)


def _offer(engine: Answers, reply: Answered | NotReported, stated: Stated) -> Iterator[Offer]:
    """The answer in one message; nothing where it cannot be, as part of an answer would be another answer."""
    catalogue = engine.catalogue
    short = fitted(reply, engine.library) if isinstance(reply, Answered) else reply
    text, *more = html.messages(short, engine.library)
    if more:
        return
    named = f"{catalogue.version} {stated.topic} {stated.drug} {stated.title} {stated.population}"
    yield Offer(
        id=hashlib.sha256(named.encode()).hexdigest()[:32],
        title=titled(stated, engine),
        description=_description(stated, engine),
        html=text,
        label=catalogue.messages.share_label,
        payload=payload_of(stated.topic, stated.drug, stated.population),
    )


def titled(stated: Stated, engine: Answers) -> str:
    """Behind the drug what an editor chose to stand there, which has a figure only with its whole; else the topic.

    No figure that is withheld, or that is for other patients than those who were asked about.
    """
    headline = stated.headline
    if headline is None or stated.notes or any(found.withheld for found in headline.findings):
        return f"{heading(stated)}{_gap(stated, engine)}"
    who = ", ".join(filter(None, [stated.drug_name, stated.population_name]))
    said = words(sentence(headline, engine.library))
    return f"{who[0].upper()}{who[1:]}: {said}" if who else f"{said[0].upper()}{said[1:]}"


def _gap(stated: Stated, engine: Answers) -> str:
    """Which kind of gap it is, if it is one."""
    return "" if stated.state in PRESENT else f" ({getattr(engine.catalogue.messages.states, stated.state)})"


def _description(stated: Stated, engine: Answers) -> str:
    """The answer's sentence, behind a warning where sources differ."""
    differ = f"{engine.catalogue.messages.sources_differ} " if stated.contrasts else ""
    return f"{differ}{abridged(stated, engine.library, SHOWN_OF_A_SENTENCE - len(differ))}"

"""Inline mode: what was typed behind the bot's name in any chat becomes answers to insert there."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import replace

from bot.chat.calls import AnswerInline, Offer
from bot.chat.links import payload_of
from bot.chat.outbox import Outbox
from bot.domain.finding import Statement
from bot.domain.reply import Answered, Clarification, NotReported, Option, Reply, Stated
from bot.live import Answers, LiveEngine
from bot.rendering import figures, html
from bot.rendering.page import first_screen

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
                yield _offer(engine, replace(reply, stated=(one,)), one)
        case NotReported(stated=[first, *_]):
            yield _offer(engine, reply, first)
        case Clarification(options=options):
            for settled in _chosen(engine, options):
                if isinstance(settled, Answered | NotReported):
                    yield from _of(engine, settled)


def _chosen(engine: Answers, options: tuple[Option, ...]) -> Iterator[Reply]:
    return (engine.reply_to_option(option).reply for option in options if option.topic)


def _offer(engine: Answers, reply: Answered | NotReported, stated: Stated) -> Offer:
    catalogue = engine.catalogue
    named = f"{catalogue.version} {stated.topic} {stated.drug} {stated.title} {stated.population}"
    return Offer(
        id=hashlib.sha256(named.encode()).hexdigest()[:32],
        title=_title(stated),
        description=_description(stated, engine),
        html=_text(engine, reply, stated),
        label=catalogue.messages.share_label,
        payload=payload_of(stated.topic, stated.drug, stated.population),
    )


def _text(engine: Answers, reply: Answered | NotReported, stated: Stated) -> str:
    """The answer in one message: where it is too long without its details, safety lines and sources never left out."""
    whole = html.messages(reply, engine.library)
    if len(whole) == 1:
        return whole[0]
    short = Answered(reply.understood, (replace(stated, details=(), contrasts=()),), notice=reply.notice)
    return html.messages(short, engine.library)[0]


def _title(stated: Stated) -> str:
    """The drug and the figure, and then what it is about: a phone may cut the end."""
    found = next((one for one in stated.lead.findings if not isinstance(one.finding, Statement)), None)
    first = ": ".join(filter(None, [stated.drug_name, figures.figure(found) if found else None]))
    title = " · ".join(filter(None, [first, stated.title, stated.population_name]))
    return title[0].upper() + title[1:]


def _description(stated: Stated, engine: Answers) -> str:
    """The answer's sentence, without its heading."""
    _, *lines = first_screen(stated, engine.library).splitlines()
    said = " ".join(lines)
    return said if len(said) <= SHOWN_OF_A_SENTENCE else f"{said[: SHOWN_OF_A_SENTENCE - 1].rstrip()}…"

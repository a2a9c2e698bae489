"""All answers as one Markdown booklet, to be read from end to end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.answering.stating import Cell, library_of
from bot.domain.catalogue import Catalogue
from bot.domain.reply import NotReported, Reply
from bot.rendering.page import Block, Line, Run, blocks
from bot.reviewing.walk import Walk

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_QUOTE = "> "


class Booklet:
    """Lays out what the bot says, word for word as a reader gets it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._walk = Walk(catalogue)
        self._library = library_of(catalogue)

    def markdown(self) -> str:
        """The answers, topic by topic, and the cards of the studies."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield "# Booklet of answers"
        yield f"\nContent {self._catalogue.version}. {self._library.disclaimer}."
        for topic in reading_order(self._catalogue):
            yield f"\n## {self._catalogue.topics[topic].title}"
            for drug in self._catalogue.drugs_of(topic) or (None,):
                yield from self._cell(topic, drug)
        yield "\n## Study cards"
        for key in self._catalogue.studies:
            yield from self._laid_out("###", self._walk.study(key))

    def _cell(self, topic: str, drug: str | None) -> Iterator[str]:
        """The answer for all, then those for a group or an aspect of their own, without what stands above already."""
        general = list(self._asked("###", Cell(topic, drug)))
        yield from general
        for part in self._walk.parts(topic, drug):
            yield from (line for line in self._asked("####", part) if line[0:2] != _QUOTE or line not in general)

    def _asked(self, level: str, cell: Cell) -> Iterator[str]:
        """The reply to a cell. Of what is offered beside a gap, what other topics hold stands under those."""
        reply = self._walk.reply(cell)
        if isinstance(reply, NotReported):
            near = tuple(one for one in reply.nearby if one.topic == cell.topic)
            reply = replace(reply, nearby=near, nearby_heading=reply.nearby_heading if near else "")
        return self._laid_out(level, reply)

    def _laid_out(self, level: str, reply: Reply) -> Iterator[str]:
        first, *others = blocks(reply, self._library)
        yield f"\n{level} {''.join(run.text for run in first.first[0])}\n"
        yield from _block(Block(first.first[1:], first.more))
        for block in others:
            yield from _block(block)


def reading_order(catalogue: Catalogue) -> tuple[str, ...]:
    """The topics as the buttons lead from one to the next, beginning with the one that most of them lead to."""
    order: dict[str, None] = {}
    leads = Counter(key for topic in catalogue.topics.values() for key in topic.next)
    waiting = sorted(catalogue.topics, key=lambda key: leads[key])
    while waiting:
        topic = waiting.pop()
        if topic not in order:
            order[topic] = None
            waiting += reversed(catalogue.topics[topic].next)
    return tuple(order)


def _block(block: Block) -> Iterator[str]:
    yield from (f"{_line(line)}  " for line in block.first)
    yield ""
    yield from (f"{_QUOTE}{_line(line)}  " for line in block.more)
    yield ""


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    text = _SPECIAL.sub(r"\\\1", run.text)
    if run.link:
        return f"[{text}]({run.link})"
    mark = "**" if run.bold else "*" if run.italic else ""
    bare = text.strip()
    return text.replace(bare, f"{mark}{bare}{mark}") if bare else text

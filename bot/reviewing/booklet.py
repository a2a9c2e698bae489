"""All answers as one Markdown booklet, to be read from end to end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.answering.stating import PRESENT, Cell, Statements, library_of
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, Library, NotReported, Stated, Understood
from bot.rendering.page import Block, Line, Run, blocks

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_QUOTE = "> "
_READ = Understood("exact")


class Booklet:
    """Lays out what the bot says, word for word as a reader gets it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._statements = Statements(catalogue)
        self._library: Library = library_of(catalogue)

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
            yield from self._reply("###", self._statements.of_study(key))

    def _cell(self, topic: str, drug: str | None) -> Iterator[str]:
        """The answer for all, then those for a group or an aspect of their own, without what stands above already."""
        general = list(self._reply("###", self._statements.of(Cell(topic, drug))))
        yield from general
        for part in self._parts(topic, drug):
            lines = self._reply("####", self._statements.of(part), self._statements.nearby(part), part.aspect)
            yield from (line for line in lines if not line.startswith(_QUOTE) or line not in general)

    def _parts(self, topic: str, drug: str | None) -> Iterator[Cell]:
        answer = self._catalogue.answers.get((drug, topic))
        if answer is None:
            return
        for key in dict.fromkeys((*answer.populations, *answer.gaps)):
            if key in self._catalogue.aspects:
                yield Cell(topic, drug, aspect=key)
            else:
                yield Cell(topic, drug, population=key)

    def _reply(
        self, level: str, stated: Stated, nearby: tuple[Stated, ...] = (), aspect: str | None = None
    ) -> Iterator[str]:
        reply: Answered | NotReported = NotReported(_READ, (stated,), nearby)
        if stated.state in PRESENT:
            reply = Answered(_READ, (stated,))
        first, *others = blocks(reply, self._library)
        about = f" · {self._catalogue.aspects[aspect].name}" if aspect else ""
        yield f"\n{level} {''.join(run.text for run in first.first[0])}{about}\n"
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

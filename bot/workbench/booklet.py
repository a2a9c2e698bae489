"""All answers to leaf through and to search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from bot.answering.stating import Cell, library_of
from bot.chat.keyboard import data_of
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Option, Reply
from bot.rendering import html, plain
from bot.reviewing.booklet import reading_order
from bot.reviewing.walk import Walk
from bot.workbench.bubbles import bubble

STUDIES = "Study cards"
"""The chapter behind those of the topics."""


@dataclass(frozen=True)
class Entry:
    """One answer as the chat shows it; `data` is the button that asks for it, where there is one."""

    chapter: str
    title: str
    said: str
    messages: tuple[Markup, ...]
    data: str = ""

    @cached_property
    def folded(self) -> str:
        """Everything that a search looks at."""
        return f"{self.chapter} {self.title} {self.said}".casefold()


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of one topic."""

    title: str
    entries: tuple[Entry, ...]


class Booklet:
    """The answers of one catalogue, in reading order."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._library = library_of(catalogue)
        self._walk = Walk(catalogue)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All of them: topic by topic, each drug with its groups, then the studies."""
        return (*self._answers(), *self._studies())

    def search(self, words: str) -> tuple[Chapter, ...]:
        """The entries that hold every one of the words, by chapter; all where there are no words."""
        wanted = words.casefold().split()
        chapters: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if all(word in entry.folded for word in wanted):
                chapters.setdefault(entry.chapter, []).append(entry)
        return tuple(Chapter(title, tuple(entries)) for title, entries in chapters.items())

    def _answers(self) -> Iterator[Entry]:
        for topic in reading_order(self._catalogue):
            for drug in self._catalogue.drugs_of(topic) or (None,):
                for cell in (Cell(topic, drug), *self._walk.parts(topic, drug)):
                    yield self._entry(self._catalogue.topics[topic].title, self._title(cell), cell)

    def _studies(self) -> Iterator[Entry]:
        for key, study in self._catalogue.studies.items():
            yield self._shown(STUDIES, study.name, self._walk.study(key))

    def _entry(self, chapter: str, title: str, cell: Cell) -> Entry:
        data = "" if cell.aspect else data_of(Option("", cell.topic, cell.drug, cell.population))
        return self._shown(chapter, title, self._walk.reply(cell), data)

    def _shown(self, chapter: str, title: str, reply: Reply, data: str = "") -> Entry:
        messages = tuple(map(bubble, html.messages(reply, self._library)))
        return Entry(chapter, title, plain.text(reply, self._library), messages, data)

    def _title(self, cell: Cell) -> str:
        drug = self._catalogue.drugs[cell.drug].name.capitalize() if cell.drug else "General"
        group = self._catalogue.populations.get(cell.population or "") or self._catalogue.aspects.get(cell.aspect or "")
        return f"{drug} · {group.name}" if group else drug

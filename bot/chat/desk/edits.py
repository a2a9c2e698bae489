"""Edits as they were asked for: each is applied to the texts of the content as they stand by then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.content.layout import path_of
from bot.writing import (
    Label,
    WritingError,
    in_house_style,
    with_entry,
    with_figure,
    with_phrase,
    with_question,
)
from bot.writing.scalars import scalar
from bot.writing.typed import Value

Texts = Mapping[str, str]
"""Every file by its path from the content's folder."""


@dataclass(frozen=True, slots=True)
class NewText:
    """A whole file."""

    path: str
    text: str = field(repr=False)

    def applied(self, _: Texts) -> dict[str, str]:
        """The new texts by path."""
        return {self.path: self.text}


@dataclass(frozen=True, slots=True)
class NewFigure:
    """Another value for the finding of this name in a file."""

    path: str
    finding: str
    value: Value

    def applied(self, texts: Texts) -> dict[str, str]:
        """The new texts by path. Raises WritingError where the finding is gone."""
        return {self.path: with_figure(_text(texts, self.path), self.finding, self.value)}


@dataclass(frozen=True, slots=True)
class Proof:
    """A test question with its label, written beside whatever is taught."""

    file: str
    text: str = field(repr=False)
    label: Label

    def added(self, texts: Texts) -> dict[str, str]:
        """The file of test questions with this one. Raises WritingError for one that is there already."""
        path, prefix = path_of("questions", self.file), f"asked-{self.file.replace('_', '-')}"
        text = with_question(texts.get(path, ""), self.text, self.label, prefix)
        return {path: text if path in texts else in_house_style(text, path)}


@dataclass(frozen=True, slots=True)
class NewPhrase:
    """Another way of asking a topic."""

    topic: str
    phrase: str = field(repr=False)
    test: Proof

    def applied(self, texts: Texts) -> dict[str, str]:
        """The new texts by path. Raises WritingError where the topic is gone or has the phrase already."""
        path = path_of("topic", self.topic)
        return {path: with_phrase(_text(texts, path), self.phrase), **self.test.added(texts)}


@dataclass(frozen=True, slots=True)
class NewTopic:
    """A topic with ways of asking, and no answer yet."""

    key: str
    title: str
    question: str = field(repr=False)
    phrases: tuple[str, ...] = field(repr=False)
    test: Proof

    def applied(self, texts: Texts) -> dict[str, str]:
        """The new texts by path. Raises WritingError where there is such a topic."""
        path = path_of("topic", self.key)
        if path in texts:
            raise WritingError(f"there is a topic called `{self.key}` already")
        lines = [f"title: {scalar(self.title)}", f"question: {scalar(self.question)}", "phrases:"]
        lines += [f"  - {scalar(phrase)}" for phrase in self.phrases]
        return {path: in_house_style("\n".join(lines), path), **self.test.added(texts)}


@dataclass(frozen=True, slots=True)
class NewForeign:
    """The name of a drug or a disease that is not covered."""

    list_name: str
    key: str
    name: str
    test: Proof

    def applied(self, texts: Texts) -> dict[str, str]:
        """The new texts by path. Raises WritingError where the list is gone or has the name already."""
        path = path_of("out_of_scope", self.list_name)
        entry = f"{{name: {scalar(self.name)}}}"
        return {path: with_entry(_text(texts, path), ("entries",), self.key, entry), **self.test.added(texts)}


Edit = NewText | NewFigure | NewPhrase | NewTopic | NewForeign


def _text(texts: Texts, path: str) -> str:
    if path not in texts:
        raise WritingError(f"there is no file {path} any more")
    return texts[path]

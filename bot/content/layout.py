"""Which file holds what: the one place that knows the shape of the two folders that editors work in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from pydantic import TypeAdapter

from bot.domain.answer import Answer, Rider
from bot.domain.case import Cases
from bot.domain.entity import Aspect, Drugs, ForeignList, Population
from bot.domain.messages import Messages
from bot.domain.reference import Reference, Study
from bot.domain.topic import Limits, SmallTalk, Topic

FOLDERS = ("knowledge", "intents")
ENDING = ".yaml"
GENERAL = "general"
"""The folder of the answers that are not about one drug."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: the name of its JSON Schema, where it stands, and the type of what it holds."""

    name: str
    pattern: str
    type: Any
    required: bool = False

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What makes a record of it. Made when a file is first read."""
        return TypeAdapter(self.type)

    @property
    def folder(self) -> PurePosixPath:
        """Where its files stand, from the content's folder."""
        return PurePosixPath(self.pattern).parent

    @cached_property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        return self.adapter.json_schema()


QUESTIONS = Kind("questions", "tests/questions/*.yaml", Cases)
"""Labelled questions stand beside the content: they try it, and are no part of it."""

KINDS = (
    Kind("drugs", "knowledge/drugs.yaml", Drugs, required=True),
    Kind("populations", "knowledge/populations.yaml", dict[str, Population], required=True),
    Kind("aspects", "knowledge/aspects.yaml", dict[str, Aspect]),
    Kind("riders", "knowledge/riders.yaml", dict[str, Rider]),
    Kind("unused_evidence", "knowledge/unused_evidence.yaml", dict[str, str]),
    Kind("reference", "knowledge/references/*.yaml", Reference),
    Kind("study", "knowledge/studies/*.yaml", Study),
    Kind("answer", "knowledge/*/*.yaml", Answer),
    Kind("messages", "intents/messages.yaml", Messages, required=True),
    Kind("limits", "intents/limits.yaml", Limits, required=True),
    Kind("abbreviations", "intents/abbreviations.yaml", dict[str, str]),
    Kind("plain_words", "intents/plain_words.yaml", tuple[str, ...]),
    Kind("out_of_scope", "intents/out_of_scope/*.yaml", ForeignList),
    Kind("small_talk", "intents/small_talk/*.yaml", SmallTalk),
    Kind("topic", "intents/*.yaml", Topic),
)
"""In the order in which a path is tried: the first pattern that fits says what a file is."""


def kind_of(path: str) -> Kind | None:
    """What the file at a path (relative to the content's folder) holds, or None where no file belongs."""
    parts = PurePosixPath(path)
    for kind in KINDS:
        pattern = PurePosixPath(kind.pattern)
        if len(parts.parts) == len(pattern.parts) and parts.match(kind.pattern):
            return kind
    return None


def path_of(name: str, *keys: str) -> str:
    """Where the file of a kind stands; the keys take the places of the stars in its pattern, in order."""
    pattern = next(kind.pattern for kind in (*KINDS, QUESTIONS) if kind.name == name)
    for key in keys:
        pattern = pattern.replace("*", key, 1)
    return pattern


def path_of_answer(drug: str | None, topic: str) -> str:
    """Where the answer of a drug and a topic stands: its path is the question."""
    return path_of("answer", drug or GENERAL, topic)


def cell_of(path: str) -> tuple[str | None, str]:
    """Drug and topic of the answer at a path."""
    _, folder, file = PurePosixPath(path).parts
    return (None if folder == GENERAL else folder), PurePosixPath(file).stem


def finding_id(path: str, name: str) -> str:
    """The id of a finding that has this name in the file at a path, of a study or an answer."""
    kind = kind_of(path)
    file = PurePosixPath(path)
    return f"{file.stem if kind and kind.name == 'study' else f'{file.parent.name}.{file.stem}'}.{name}"


def owner_and_name(id: str) -> tuple[str, str]:
    """The two parts of a finding's id: the study or the answer that it stands in, and its name there."""
    owner, _, name = id.rpartition(".")
    return owner, name

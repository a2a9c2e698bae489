"""Values and keys of the content as words in a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import singledispatch

from bot.domain.place import Steps
from bot.domain.record import Record
from bot.evaluating.questions import Conversation, Question


@singledispatch
def words(value: object) -> str:
    """A value of a record: a sentence in quotation marks, a list in brackets, what is not there as nothing."""
    return "nothing" if value is None else str(value)


def said(value: object) -> str | None:
    """The same, but None for what is not there."""
    return None if value is None else words(value)


@words.register
def _bool(value: bool) -> str:
    return "yes" if value else "no"


@words.register
def _choice(value: StrEnum) -> str:
    return key_words(value.value)


@words.register
def _text(value: str) -> str:
    return f'"{value}"'


@words.register
def _day(value: date) -> str:
    return value.isoformat()


@words.register
def _question(value: Question) -> str:
    return f'"{value.text}" ({_fields(value, but="text")})'


@words.register
def _conversation(value: Conversation) -> str:
    return f"{' · '.join(map(words, value.turns))} ({_fields(value, but='turns')})"


@words.register
def _record(value: Record) -> str:
    return f"{{{_fields(value)}}}"


@words.register(Mapping)
def _mapping(value: Mapping[str, object]) -> str:
    return f"{{{', '.join(f'{key}: {words(part)}' for key, part in value.items())}}}"


@words.register(tuple)
@words.register(list)
def _list(value: tuple[object, ...] | list[object]) -> str:
    return f"[{', '.join(map(words, value))}]" if value else "nothing"


def _fields(record: Record, but: str = "") -> str:
    """What was written, without what was left out."""
    parts = ((name, getattr(record, name)) for name in type(record).model_fields if name != but)
    return ", ".join(f"{key_words(name)}: {words(part)}" for name, part in parts if part not in (None, (), "", {}))


def key_words(key: object) -> str:
    """A key as words: "share of patients"."""
    return str(key).replace("_", " ")


def path_words(steps: Steps) -> str:
    """The keys that lead to a part, as words: "gaps children says"."""
    return " ".join(map(key_words, steps))

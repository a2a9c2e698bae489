"""Single changes of a content file that an editor asked for in some other way than by writing YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.place import Steps
from bot.domain.record import Record
from bot.writing.fields import Said, changed
from bot.writing.key import ADVICE, is_key
from bot.writing.text import Text, WritingError

PHRASES = ("phrases",)


def with_phrase(text: str, phrase: str) -> str:
    """A topic, or small talk, with one more way of asking, the last. Raises WritingError for one that is there."""
    topic = Text(text)
    phrases = topic.list_at(PHRASES)
    if _folded(phrase) in {_folded(node.value) for node in phrases.value}:
        raise WritingError("this phrase is there already")
    return topic.appended(phrases, phrase)


def _folded(phrase: str) -> str:
    """It says the same whatever its case and spacing."""
    return " ".join(phrase.casefold().split())


def with_figure(text: str, finding: str, value: Record) -> str:
    """A study or an answer with another value for a finding, changed field by field where it stands.

    A field that says its default stays. Raises WritingError where the finding has no value, or where a remark would
    be lost.
    """
    file = Text(text)
    steps: Steps = ("findings", finding, "value")
    mapping = file.mapping_at(steps)
    said = {key.value for key, _ in mapping.value}
    stated = value.model_dump(mode="json", exclude_defaults=True).keys()
    fields = {key: part for key, part in _fields(value.model_dump(mode="json")).items() if key in said | stated}
    return file.spliced(changed(file, mapping, fields))


def _fields(data: Mapping[str, Any]) -> dict[str, Said]:
    """Without those that say nothing."""
    return {
        key: _fields(part) if isinstance(part, dict) else str(part) for key, part in data.items() if part is not None
    }


def with_entry(text: str, steps: Steps, key: str, record: str) -> str:
    """A file with one more entry, the last, in the mapping that the steps lead to; `record` is its YAML on one line.

    Raises WritingError for a key that is there already, or is none.
    """
    file = Text(text)
    mapping = file.mapping_at(steps)
    if not is_key(key):
        raise WritingError(f"`{key}` is no key: {ADVICE}")
    if any(one.value == key for one, _ in mapping.value):
        raise WritingError(f"`{key}` is there already")
    return file.spliced([file.entries(mapping, mapping.value[-1][1], f"{key}: {record}")])

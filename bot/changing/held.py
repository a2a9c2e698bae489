"""What a file of the content holds, in whatever state it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.changing.proposal import is_question_file
from bot.content.document import Document, parse
from bot.content.files import Files
from bot.content.reading import read
from bot.evaluating.questions import QuestionsError, questions_in


@dataclass(frozen=True, slots=True)
class Held:
    """What one file holds: records, or, where it holds none, plain data. None where there is no file."""

    data: Any = None
    document: Document | None = None


def held(path: str, before: str | None, after: str | None) -> tuple[Held, Held]:
    """Both sides of a file by their texts: as records, or, where one of them is none, both as plain data."""
    records = [_record(path, text) for text in (before, after)]
    plainly = any(text is not None and record is None for text, record in zip((before, after), records, strict=True))
    old, new = (
        Held() if text is None else _otherwise(path, text) if plainly else record or Held()
        for text, record in zip((before, after), records, strict=True)
    )
    return old, new


def _record(path: str, text: str | None) -> Held | None:
    entry = None if text is None else read(Files({path: text})).entries.get(path)
    return Held(entry.record, entry.document) if entry else None


def _otherwise(path: str, text: str) -> Held:
    """What stands in a file that holds no record: test questions by their ids, plain data, or just text."""
    document = parse(path, text)
    if not isinstance(document, Document):
        return Held(text)
    if is_question_file(path):
        try:
            cases = questions_in(path, text)
        except QuestionsError:
            return Held(document.data, document)
        by_id = {case.id: case for case in cases}
        return Held(by_id if len(by_id) == len(cases) else cases)
    return Held(document.data, document)


def parts_of(path: str, data: Any) -> dict[str, Any]:
    """What is told one by one of a file that is new or gone: findings, and test questions."""
    if is_question_file(path):
        return data if isinstance(data, dict) else {}
    return {"findings": findings_of(data)}


def findings_of(data: Any) -> Mapping[str, Any]:
    """The findings of an answer or a study, by name; none of anything else."""
    found = data.get("findings", {}) if isinstance(data, dict) else getattr(data, "findings", {})
    return found if isinstance(found, Mapping) else {}

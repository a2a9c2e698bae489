"""What readers see of a record: fields are marked with what may stand in them, so that no rule forgets one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_type_hints

from bot.domain.place import Steps
from bot.domain.record import Record


@dataclass(frozen=True, slots=True)
class Said:
    """Marks a field as said to readers. Braces may name what the bot fills in, or findings, or nothing at all."""

    fills: tuple[str, ...] = ()
    findings: bool = False
    is_name: bool = False
    """Names of things may hold digits and be short; they are no sentences."""


Plain = Annotated[str, Said()]
"""A sentence as it stands."""
Template = Annotated[str, Said(findings=True)]
"""A sentence with {slots} for findings."""
Name = Annotated[str, Said(is_name=True)]
"""What the bot calls something."""


def sentences_of(record: object, steps: Steps = ()) -> Iterator[tuple[Steps, str, Said]]:
    """Every text of a record, or of records in mappings, that readers see: where it stands, and what it may hold."""
    return _walk(record, None, steps)


def _walk(value: object, said: Said | None, steps: Steps) -> Iterator[tuple[Steps, str, Said]]:
    for step, part, mark in _parts(value, said):
        if not isinstance(part, str):
            yield from _walk(part, mark, (*steps, step))
        elif mark:
            yield (*steps, step), part, mark


def _parts(value: object, said: Said | None) -> Iterator[tuple[str | int, object, Said | None]]:
    """What a value is made of, with the step that leads there and the mark of the field that it stands in."""
    if isinstance(value, Record):
        yield from ((name, getattr(value, name), mark) for name, mark in _marks(type(value)).items())
    elif isinstance(value, Mapping):
        yield from ((key, part, said) for key, part in value.items())
    elif isinstance(value, tuple):
        yield from ((number, part, said) for number, part in enumerate(value))


@cache
def _marks(record: type[Record]) -> dict[str, Said | None]:
    """The mark of each field of a kind of record."""
    hints = get_type_hints(record, include_extras=True)
    return {name: next(_marks_in(hints[name]), None) for name in record.model_fields}


def _marks_in(hint: Any) -> Iterator[Said]:
    """The marks in a type, however deep: str in a tuple, or str or None."""
    yield from (mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Said))
    for part in get_args(hint):
        if not isinstance(part, Said):
            yield from _marks_in(part)

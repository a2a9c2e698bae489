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


def _walk(value: object, hint: Any, steps: Steps) -> Iterator[tuple[Steps, str, Said]]:
    if isinstance(value, str):
        if said := next(_marks(hint), None):
            yield steps, value, said
        return
    for step, part, inner in _parts(value, hint):
        yield from _walk(part, inner, (*steps, step))


def _parts(value: object, hint: Any) -> Iterator[tuple[str | int, object, Any]]:
    """What a value is made of, with the step that leads there and the type that it was declared with."""
    if isinstance(value, Record):
        hints = _hints(type(value))
        yield from ((name, getattr(value, name), hints[name]) for name in type(value).model_fields)
    elif isinstance(value, Mapping):
        yield from ((key, part, hint) for key, part in value.items())
    elif isinstance(value, tuple):
        yield from ((number, part, hint) for number, part in enumerate(value))


@cache
def _hints(record: type[Record]) -> dict[str, Any]:
    return get_type_hints(record, include_extras=True)


def _marks(hint: Any) -> Iterator[Said]:
    """The marks in a type, however deep: str in a tuple, or str or None."""
    yield from (mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Said))
    for part in get_args(hint):
        if not isinstance(part, Said):
            yield from _marks(part)

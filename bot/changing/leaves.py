"""Two values compared part by part: what differs, and the keys that lead there.

Nothing that differs is left out, the order of keys included, so that whoever describes what comes out of here can
overlook nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.place import Steps
from bot.domain.record import Record

ORDER = "(order of keys)"
"""The last step to the order of keys."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that differs. None stands for a part that is not there."""

    steps: Steps
    before: object
    after: object


def leaves(before: object, after: object, steps: Steps = (), whole: tuple[type, ...] = ()) -> Iterator[Leaf]:
    """Every part in which two values differ: fields of records and keys of mappings.

    Lists are compared whole, and so are values of the types in `whole`.
    """
    if isinstance(before, whole) or isinstance(after, whole):
        yield from _whole(before, after, steps)
    elif isinstance(before, Record) and isinstance(after, Record):
        fields = dict.fromkeys((*type(before).model_fields, *type(after).model_fields))
        for name in fields:
            yield from leaves(getattr(before, name, None), getattr(after, name, None), (*steps, name), whole)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in {**before, **after}:
            yield from leaves(before.get(key), after.get(key), (*steps, key), whole)
        yield from _order(before, after, steps)
    else:
        yield from _whole(before, after, steps)


def _whole(before: object, after: object, steps: Steps) -> Iterator[Leaf]:
    if before != after or type(before) is not type(after):
        yield Leaf(steps, before, after)


def _order(before: Mapping[str, object], after: Mapping[str, object], steps: Steps) -> Iterator[Leaf]:
    """Of the keys that are in both."""
    old, new = (tuple(key for key in one if key in other) for one, other in ((before, after), (after, before)))
    if old != new:
        yield Leaf((*steps, ORDER), old, new)

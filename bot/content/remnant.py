"""What is sound of a file in which something is wrong, so that the rest is looked at too.

What does not fit is taken out until the rest is a record. A finding whose figure does not fit is looked at as an
observation: its words, group and source can still be wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.document import Document
from bot.content.layout import Kind
from bot.domain.place import Steps

_VALUE, _KIND, _WITHOUT_FIGURE = "value", "kind", "observation"


@dataclass(frozen=True, slots=True)
class Remnant:
    """A record of what is sound, or None, and the names that went with the rest: nobody knows what they stood for."""

    record: Any
    lost: frozenset[str] = frozenset()
    is_all: bool = False
    """Whether nothing but single values and figures was taken out, so that no other mistake can hide there."""


def remnant_of(document: Document, kind: Kind, unfit: Collection[Steps] = ()) -> Remnant:
    """What is left of a file without what stands at the places `unfit`, and without what is no record then."""
    data, lost, is_all = deepcopy(document.data), set[str](), True
    places = tuple(unfit)
    while () not in places:
        for steps in reversed(places):
            taken = _take_out(data, steps)
            lost |= {str(steps[-1]), *_names(taken)}
            is_all = is_all and (isinstance(taken, str | None) or steps[-1] in {_VALUE, _KIND})
        try:
            return Remnant(kind.adapter.validate_python(data), frozenset(lost), is_all)
        except ValidationError as error:
            places = tuple(dict.fromkeys(_place(one, data) for one in error.errors(include_url=False)))
    return Remnant(None)


def _place(found: ErrorDetails, data: Any) -> Steps:
    """What has to go for a fault: what stands there, the group around what is missing, the list around an item."""
    steps: Steps = ()
    for step in found["loc"]:
        if _has(data, step):  # else it is what is missing, or the kind of a finding, which pydantic puts between
            steps, data = (*steps, step), data[step]
    if "discriminator" in found.get("ctx", {}):
        return (*steps, _KIND)
    while steps and isinstance(steps[-1], int):
        steps = steps[:-1]
    return steps


def _has(data: Any, step: str | int) -> bool:
    return step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)


def _take_out(data: Any, steps: Steps) -> Any:
    """Remove what the steps lead to, and return it; None where it went with something else."""
    around = data
    for step in steps[:-1]:
        if not _has(around, step):
            return None
        around = around[step]
    if len(steps) == 3 and steps[0] == "findings" and steps[-1] in {_VALUE, _KIND}:
        return _without_figure(around, data["findings"], steps)
    return around.pop(steps[-1]) if _has(around, steps[-1]) else None


def _without_figure(finding: dict[str, Any], findings: Any, steps: Steps) -> Any:
    if finding.get(_KIND) == _WITHOUT_FIGURE:
        return findings.pop(steps[1])
    finding[_KIND] = _WITHOUT_FIGURE
    return finding.pop(_VALUE, None)


def _names(taken: Any) -> Iterator[str]:
    if isinstance(taken, dict):
        for key, part in taken.items():
            yield key
            yield from _names(part)

"""Slips of tired hands, known by what stands in the place of a value or of a field's name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, get_args

from bot.content.meanings import FIELDS, MEANINGS, NUMBER, WHOLE
from bot.content.syntax import QUOTE_IT
from bot.domain.figure import Unit
from bot.domain.finding import RangeFinding

_NUMBER = r"\d+(?:\.\d+)?"
_RANGE = re.compile(rf"({_NUMBER})\s*%?\s*(?:-|–|to)\s*({_NUMBER})\s*(%|\D*)")
_KINDS = ", ".join(f"`{kind}`" for kind in get_args(RangeFinding.model_fields["kind"].annotation))
_UNDER_ITS_KINDS = f"under a `kind` of finding that is a range: one of {_KINDS}"
_ENDS = ("low", "high")


def slips(kind: str, given: Any, field: Any = None) -> Iterator[str]:
    """What tired hands do to a value. `field` is the name of the field that it stands in."""
    meaning = MEANINGS[kind]
    if kind == "string_type" and isinstance(given, dict):
        yield f"If it is a text with a colon in it: {QUOTE_IT[0].lower()}{QUOTE_IT[1:]}"
    if kind == "tuple_type" and isinstance(given, str) and given.startswith("-"):
        yield "Write a space after each dash."
    if meaning in {WHOLE, NUMBER, FIELDS} and isinstance(given, str) and (found := _RANGE.fullmatch(given)):
        yield _range(found, field)
    if meaning in {WHOLE, NUMBER} and isinstance(given, str):
        yield from _slips_in_a_number(given, "" if meaning == WHOLE else ", with a point for decimals")


def slip_in_a_name(name: str, before: Any, fields: Collection[str]) -> str | None:
    """The slip behind a number, or an end of a range, in the place of a field's name.

    `before` is the value above it, and `fields` may stand there. Within brackets a comma ends a value, so that the
    decimals of 50,5 look like a field.
    """
    if name.isdecimal():
        whole = before if isinstance(before, str) and before.isdecimal() else ""
        return f"Decimals have a point: write {whole}.{name}." if whole else "Decimals have a point, as in 8.5."
    if found := _RANGE.fullmatch(name):
        if _ENDS[0] in fields:
            return f"A range is {{low: {found[1]}, high: {found[2]}}}."
        return _range(found, None)
    if name in _ENDS and Unit.PERCENT in fields:
        return f"A range of percentages has `unit: percent` in its value, and stands {_UNDER_ITS_KINDS}."
    return None


def _range(found: re.Match[str], field: Any) -> str:
    if field == "ci":
        return f"An interval is {{low: {found[1]}, high: {found[2]}}}."
    unit = Unit.PERCENT if Unit.PERCENT in {field, found[3].replace("%", Unit.PERCENT)} else found[3].strip() or "..."
    return f"A range is {{low: {found[1]}, high: {found[2]}, unit: {unit}}}, and stands {_UNDER_ITS_KINDS}."


def _slips_in_a_number(given: str, decimals: str) -> Iterator[str]:
    if re.fullmatch(r"\d+,\d+", given) and decimals:
        yield f"Write the decimals after a point: {given.replace(',', '.')}."
    if (found := re.fullmatch(rf"[<>≤≥~]\s*({_NUMBER})", given)) and decimals:
        yield f"Write {found[1]} alone, and what limits it beside it: `bound: more than`, `less than` or `about`."
    if (found := re.fullmatch(rf"({_NUMBER})\s*\D+", given)) and decimals:
        yield f"Write {found[1]} alone; the unit has a field of its own."
    yield f"Write it in digits{decimals}."

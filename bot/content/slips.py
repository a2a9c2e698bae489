"""Slips of tired hands, known by what stands in the place of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.content.meanings import MEANINGS, NUMBER, WHOLE
from bot.content.syntax import QUOTE_IT


def slips(kind: str, given: Any) -> Iterator[str]:
    """What tired hands do."""
    meaning = MEANINGS[kind]
    if kind == "string_type" and isinstance(given, dict):
        yield f"If it is a text with a colon in it: {QUOTE_IT[0].lower()}{QUOTE_IT[1:]}"
    if kind == "tuple_type" and isinstance(given, str) and given.startswith("-"):
        yield "Write a space after each dash."
    if meaning in {WHOLE, NUMBER} and isinstance(given, str):
        yield from _slips_in_a_number(given, "" if meaning == WHOLE else ", with a point for decimals")


def _slips_in_a_number(given: str, decimals: str) -> Iterator[str]:
    number = r"\d+(?:\.\d+)?"
    if re.fullmatch(r"\d+,\d+", given) and decimals:
        yield f"Write the decimals after a point: {given.replace(',', '.')}."
    if found := re.fullmatch(rf"({number})\s*(?:-|–|to)\s*({number})", given):
        yield f"A range has two fields: {{low: {found[1]}, high: {found[2]}}}, under a kind that is a range."
    if (found := re.fullmatch(rf"[<>≤≥~]\s*({number})", given)) and decimals:
        yield f"Write {found[1]} alone, and what limits it beside it: `bound: more than`, `less than` or `about`."
    if (found := re.fullmatch(rf"({number})\s*\D+", given)) and decimals:
        yield f"Write {found[1]} alone; the unit has a field of its own."
    yield f"Write it in digits{decimals}."

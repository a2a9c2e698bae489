"""A figure as an editor types it, `25-70%` or `17/48, 35%, CI 22 to 51`, made into the typed value that it replaces.

Strict: whatever is not understood to the last sign is refused with the reason. What `typed` writes of a value, `figure`
reads as that value again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from bot.domain.figure import DAYS, Bound, Effect, Point, Range, Schedule, Share, Tally, Unit
from bot.writing.typed import COUNTED, Value

Made = TypeVar("Made", bound=Value)


class FigureError(ValueError):
    """What was typed is no value of this kind. Says why in a sentence for editors."""


N = r"(\d+(?:\.\d+)?)"
_TO = r"\s*(?:-|to)\s*"
_SIGNS = str.maketrans({"–": "-", "—": "-", "−": "-", "(": ",", ")": ",", ";": ",", "×": "x"})
_BOUNDS = {">": Bound.MORE_THAN, "<": Bound.LESS_THAN, "~": Bound.ABOUT, "≥": Bound.AT_LEAST, "≤": Bound.UP_TO}
_BOUNDS |= {str(bound): bound for bound in Bound}
_BOUND = re.compile("|".join(map(re.escape, sorted(_BOUNDS, key=len, reverse=True))))
_DOSES = frozenset(unit for unit in Unit if unit.startswith(("mg", "g")))
_OTHER_NAMES = dict(
    [("%", Unit.PERCENT), ("percent", Unit.PERCENT), ("studies", Unit.STUDY), ("gram", Unit.GRAM), ("grams", Unit.GRAM)]
    + [("h", Unit.HOUR), ("d", Unit.DAY), ("wk", Unit.WEEK), ("wks", Unit.WEEK), ("mo", Unit.MONTH), ("yr", Unit.YEAR)]
    + [(f"mg{rate}", Unit.MG_DAILY) for rate in ("/day", "/d", " a day", " per day")]
)
_UNITS = {str(unit): unit for unit in Unit} | {f"{unit}s": unit for unit in COUNTED} | _OTHER_NAMES


def figure(words: str, like: Made) -> Made:
    """The value of the same kind that was typed; a unit that is left out is that of the value it replaces.

    Raises FigureError.
    """
    figures, against = _compared(words) if isinstance(like, Effect) else (words, {})
    parts = [part.strip() for part in _comparable(figures).split(",") if part.strip()]
    if not parts:
        raise FigureError("There is no figure in that.")
    fields = _READ[type(like)](parts, like) | against
    try:
        return cast("Made", type(like).model_validate(fields))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise FigureError(f"That is no such figure: {fault['msg'].removeprefix('Value error, ')}.") from None


def _compared(words: str) -> tuple[str, dict[str, Any]]:
    """What a ratio is compared with stands behind it, in words of their own."""
    figures, against, other = words.partition("against ")
    return figures, {"against": other.strip()} if against else {}


def _comparable(words: str) -> str:
    if re.search(r"\d,\d", words):
        raise FigureError("A comma between digits can be read in two ways: use a point for decimals and no other sign.")
    return " ".join(words.translate(_SIGNS).casefold().split())


def _share(parts: list[str], _: Share) -> dict[str, Any]:
    bound, first = _bounded(parts[0])
    fields: dict[str, Any] = {"bound": bound}
    for part in (first, *parts[1:]):
        if found := re.fullmatch(r"(?:n\s*=?\s*)?(\d+)\s*(?:/|of|out of)\s*(\d+)", part):
            _put(fields, count=found[1], of=found[2])
        elif found := re.fullmatch(r"n\s*=?\s*(\d+)", part):
            _put(fields, count=found[1])
        elif found := re.fullmatch(rf"{N}\s*(?:%|percent)(?: of (\d+))?", part):
            _put(fields, percent=found[1], of=found[2])
        elif found := re.fullmatch(rf"misprinted {N}\s*%", part):
            _put(fields, misprinted=found[1])
        else:
            _put(fields, ci=_interval(part, "a share of a whole: write 35%, 17/48, or both with a comma between"))
    return fields


def _range(parts: list[str], like: Range) -> dict[str, Any]:
    (part,) = _only(parts, 1)
    if found := re.fullmatch(rf"{N}\s*(\D*?){_TO}{N}\s*(.*)", part):
        unit = _unit(found[4], like.unit)
        low_unit = _unit(found[2], unit) if found[2].strip() else None
        return {"low": found[1], "high": found[3], "unit": unit, "low_unit": None if low_unit == unit else low_unit}
    if found := re.fullmatch(rf"(?:up to|within|≤) ?{N}\s*(.*)", part):
        return {"high": found[1], "unit": _unit(found[2], like.unit)}
    if found := re.fullmatch(rf"(?:at least|from|≥) ?{N}\s*(.*)", part):
        return {"low": found[1], "unit": _unit(found[2], like.unit)}
    raise FigureError(f"“{part}” is no range: write 25 to 70 with its unit, “up to 70”, or “at least 25”.")


def _point(parts: list[str], like: Point) -> dict[str, Any]:
    bound, first = _bounded(parts[0])
    fields: dict[str, Any] = {"bound": bound, **_amount(first, "amount", like.unit)}
    for part in parts[1:]:
        if found := re.fullmatch(rf"sd {N}", part):
            _put(fields, sd=found[1])
        elif found := re.fullmatch(rf"(?:range )?{N}{_TO}{N}", part):
            _put(fields, low=found[1], high=found[2])
        elif found := re.fullmatch(rf"lowest {N}", part):
            _put(fields, low=found[1])
        elif found := re.fullmatch(rf"highest {N}", part):
            _put(fields, high=found[1])
        else:
            raise FigureError(f"“{part}” is no part of a single number: write SD 2.1, or its range as 2 to 12.")
    return fields


def _tally(parts: list[str], like: Tally) -> dict[str, Any]:
    bound, part = _bounded(*_only(parts, 1))
    return {"bound": bound, **_amount(part, "number", like.unit)}


def _effect(parts: list[str], _: Effect) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for part in parts:
        if found := re.fullmatch(N, part):
            _put(fields, amount=found[1])
        else:
            _put(fields, ci=_interval(part, "a ratio: write 2.3, CI 1.1 to 4.5"))
    return fields


def _schedule(parts: list[str], like: Schedule) -> dict[str, Any]:
    (part,) = _only(parts, 1)
    found = re.fullmatch(rf"every {N}(?:{_TO}{N})?\s*(\D*?)(?: for {N}\s*(\D+))?", part)
    if not found:
        raise FigureError(f"“{part}” is no interval: write every 4 weeks, or every 3 to 6 months for 2 years.")
    fields = {"every": found[1], "every_high": found[2], "unit": _unit(found[3], like.unit)}
    return fields | ({"during": found[4], "during_unit": _unit(found[5], like.unit)} if found[4] else {})


def _amount(part: str, field: str, unit: Unit) -> dict[str, Any]:
    found = re.fullmatch(rf"{N}\s*(.*)", part)
    if not found:
        raise FigureError(f"“{part}” is no single number with its unit.")
    return {field: found[1], "unit": _unit(found[2], unit)}


def _interval(part: str, wanted: str) -> dict[str, str]:
    found = re.fullmatch(rf"(?:95\s*%\s*)?ci:? {N}\s*%?{_TO}{N}\s*%?", part)
    if not found:
        raise FigureError(f"“{part}” is no part of {wanted}.")
    return {"low": found[1], "high": found[2]}


def _put(fields: dict[str, Any], **found: object) -> None:
    for name, value in found.items():
        if value is None:
            continue
        if name in fields:
            raise FigureError("That says the same thing twice.")
        fields[name] = value


def _only(parts: list[str], most: int) -> list[str]:
    if len(parts) > most:
        raise FigureError(f"“{parts[most]}” is one part too many for a figure of this kind.")
    return parts


def _bounded(part: str) -> tuple[Bound, str]:
    found = _BOUND.match(part)
    return (_BOUNDS[found[0]], part[found.end() :].strip()) if found else (Bound.EXACTLY, part)


def _unit(words: str, like: Unit) -> Unit:
    """The unit that was typed, if it counts the same as this one."""
    if not words.strip():
        return like
    unit = _UNITS.get(words.strip())
    if unit is None:
        raise FigureError(f"“{words.strip()}” is no unit that is used here: this figure is in {like}.")
    if unit != like and not any({unit, like} <= family for family in (DAYS.keys(), _DOSES)):
        raise FigureError(f"This figure is in {like}, and {unit} counts something else.")
    return unit


_READ: dict[type, Callable[[list[str], Any], dict[str, Any]]] = dict(
    zip(
        (Share, Range, Point, Tally, Effect, Schedule),
        (_share, _range, _point, _tally, _effect, _schedule),
        strict=True,
    )
)

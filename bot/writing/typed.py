"""A typed value as an editor would type it: `17/48, 35%, CI 22 to 51`. `bot.writing.figures` reads it again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from bot.domain.figure import DAYS, Bound, Effect, Interval95, Point, Range, Schedule, Share, Tally, Unit

Value = Share | Range | Point | Tally | Effect | Schedule
COUNTED = frozenset({*DAYS, Unit.POINT, Unit.PATIENT, Unit.METHOD, Unit.TEST, Unit.EVENT})
"""Units that take an s."""


def typed(value: Value) -> str:
    """How an editor would type this value."""
    return ", ".join(_parts(value))


def _parts(value: Value) -> Iterator[str]:
    match value:
        case Share():
            return _share(value)
        case Range():
            return _range(value)
        case Point():
            return _point(value)
        case Tally():
            return iter([_bound(value.bound) + _in(value.number, value.unit)])
        case Effect():
            return _effect(value)
        case Schedule():
            return _schedule(value)
    assert_never(value)


def _in(amount: Decimal | int | None, unit: Unit) -> str:
    if unit is Unit.PERCENT:
        return f"{amount}%"
    word = "studies" if unit is Unit.STUDY else f"{unit}s" if unit in COUNTED else str(unit)
    return f"{amount} {unit if amount == 1 else word}"


def _bound(bound: Bound) -> str:
    return "" if bound is Bound.EXACTLY else f"{bound} "


def _ci(ci: Interval95 | None) -> Iterator[str]:
    if ci:
        yield f"CI {ci.low} to {ci.high}"


def _share(value: Share) -> Iterator[str]:
    counted = f"{value.count}/{value.of}" if value.of else f"n {value.count}"
    whole = f" of {value.of}" if value.of and value.count is None else ""
    parts = [counted] if value.count is not None else []
    parts += [f"{value.percent}%{whole}"] if value.percent is not None else []
    yield _bound(value.bound) + parts[0]
    yield from parts[1:]
    yield from _ci(value.ci)
    if value.misprinted is not None:
        yield f"misprinted {value.misprinted}%"


def _range(value: Range) -> Iterator[str]:
    if value.low is None or value.high is None:
        yield f"up to {_in(value.high, value.unit)}" if value.low is None else f"at least {_in(value.low, value.unit)}"
    else:
        low = _in(value.low, value.low_unit) if value.low_unit else str(value.low)
        yield f"{low} to {_in(value.high, value.unit)}"


def _point(value: Point) -> Iterator[str]:
    yield _bound(value.bound) + _in(value.amount, value.unit)
    if value.sd is not None:
        yield f"SD {value.sd}"
    if value.low is not None and value.high is not None:
        yield f"{value.low} to {value.high}"
    elif value.low is not None or value.high is not None:
        yield f"lowest {value.low}" if value.high is None else f"highest {value.high}"


def _effect(value: Effect) -> Iterator[str]:
    yield str(value.amount)
    yield from _ci(value.ci)
    if value.against:
        yield f"against {value.against}"


def _schedule(value: Schedule) -> Iterator[str]:
    high = "" if value.every_high is None else f" to {value.every_high}"
    length = f" for {_in(value.during, value.during_unit)}" if value.during and value.during_unit else ""
    yield f"every {value.every}{high} {value.unit}s{length}"

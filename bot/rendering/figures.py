"""A typed figure as words, in the safe style for doses: no trailing zero, a leading zero, names in full."""

from __future__ import annotations

from decimal import Decimal
from functools import singledispatch

from bot.domain.catalogue import Located
from bot.domain.figure import Bound, Effect, Interval95, Point, Range, Schedule, Share, Tally, Unit
from bot.domain.finding import DerivedFinding, ShareFinding, Statement

_PLURALS = {
    Unit.HOUR: "hours",
    Unit.DAY: "days",
    Unit.WEEK: "weeks",
    Unit.MONTH: "months",
    Unit.YEAR: "years",
    Unit.PATIENT: "patients",
    Unit.STUDY: "studies",
    Unit.POINT: "points",
    Unit.METHOD: "methods",
    Unit.TEST: "tests",
    Unit.EVENT: "events",
}
_KINDS = {
    "share_of_patients": "share of patients",
    "share_of_studies": "share of studies",
    "usual_range": "usual range",
    "full_range": "full range",
    "range_of_studies": "range over studies",
    "doses_used": "doses used",
    "usual": "usual value",
    "single": "single value",
    "odds_ratio": "odds ratio",
    "risk_ratio": "risk ratio",
    "hazard_ratio": "hazard ratio",
    "position": "authors' position",
    "advice": "authors' advice",
    "none_reported": "none reported",
    "absence": "not stated in the source",
    "span": "range over single studies, our reading",
    "commonest": "commonest value in single studies, our reading",
}


WITHHELD = "[withheld]"
"""Stands in for a figure past its last day. Its source stays named, and a line says why."""


def number(amount: Decimal | int) -> str:
    """A number as printed: 0.5, 100, 1,200."""
    return f"{Decimal(amount).normalize():,f}"


def quantity(amount: Decimal | int, unit: Unit) -> str:
    """A number with its unit: 8 weeks, 1 month, 0.5 mg daily, 71%."""
    if unit is Unit.PERCENT:
        return f"{number(amount)}%"
    word = str(unit) if amount == 1 else _PLURALS.get(unit, str(unit))
    return f"{number(amount)} {word}"


def figure(located: Located, part: str = "") -> str:
    """The whole of a finding's figure, or one part of it (see `PARTS`)."""
    if part == "n":
        return basis(located)
    if located.withheld:
        return WITHHELD
    finding = located.finding
    if isinstance(finding, Statement):
        return finding.says
    if isinstance(finding, DerivedFinding):
        return _words(located.span, part) if finding.kind == "span" else _commonest(located, part)
    return _words(finding.value, part)


def kind(located: Located) -> str:
    """What kind of number it is, in words."""
    return _KINDS.get(located.finding.kind, located.finding.kind)


def basis(located: Located) -> str:
    """How many patients or studies stand behind it; empty where nothing says so."""
    finding = located.finding
    if isinstance(finding, DerivedFinding):
        return quantity(len({part.study for part in located.parts}), Unit.STUDY)
    stated = finding.basis
    counts = [
        quantity(amount, unit)
        for amount, unit in (
            (stated.patients if stated else None, Unit.PATIENT),
            (stated.studies if stated else None, Unit.STUDY),
        )
        if amount is not None
    ]
    if not counts and isinstance(finding, ShareFinding) and finding.value.of is not None:
        unit = Unit.PATIENT if finding.kind == "share_of_patients" else Unit.STUDY
        counts = [quantity(finding.value.of, unit)]
    if not counts and located.patients is not None:
        counts = [quantity(located.patients, Unit.PATIENT)]
    return " in ".join(counts)


def _bounded(text: str, bound: Bound) -> str:
    return text if bound is Bound.EXACTLY else f"{bound} {text}"


def _interval(ci: Interval95, sign: str = "") -> str:
    return f"95% CI {number(ci.low)} to {number(ci.high)}{sign}"


@singledispatch
def _words(value: object, _part: str) -> str:
    raise TypeError(f"no words for {type(value).__name__}")


@_words.register
def _share(value: Share, part: str) -> str:
    percent = "" if value.percent is None else _bounded(f"{number(value.percent)}%", value.bound)
    counts = "" if value.count is None else number(value.count)
    of_all = f"{counts} of {number(value.of)}" if counts and value.of is not None else counts
    match part:
        case "percent":
            return percent
        case "count":
            return counts
        case "of":
            return "" if value.of is None else number(value.of)
        case "counts":
            return of_all
        case "ci":
            return _interval(value.ci) if value.ci else ""
    aside = [percent if of_all else "", f"printed as {number(value.misprinted)}%" if value.misprinted else ""]
    aside.append(_interval(value.ci) if value.ci else "")
    return _with_aside(of_all or percent, aside)


def _with_aside(text: str, aside: list[str]) -> str:
    said = "; ".join(filter(None, aside))
    return f"{text} ({said})" if said else text


@_words.register
def _range(value: Range, part: str) -> str:
    low = None if value.low is None else quantity(value.low, value.low_unit or value.unit)
    high = None if value.high is None else quantity(value.high, value.unit)
    if part == "low":
        return low or ""
    if part == "high":
        return high or ""
    if value.low is None or value.high is None:
        return f"up to {high}" if high else f"from {low}"
    if value.low_unit and value.low_unit is not value.unit:
        return f"{low} to {high}"
    return f"{number(value.low)} to {high}"


@_words.register
def _point(value: Point, part: str) -> str:
    amount = _bounded(quantity(value.amount, value.unit), value.bound)
    if part == "amount":
        return amount
    if part in {"low", "high"}:
        end = value.low if part == "low" else value.high
        return "" if end is None else quantity(end, value.unit)
    spread = ""
    if value.low is not None and value.high is not None:
        spread = f"range {number(value.low)} to {number(value.high)}"
    return _with_aside(amount, [f"SD {number(value.sd)}" if value.sd is not None else "", spread])


@_words.register
def _tally(value: Tally, part: str) -> str:
    if part == "number":
        return _bounded(number(value.number), value.bound)
    return _bounded(quantity(value.number, value.unit), value.bound)


@_words.register
def _effect(value: Effect, part: str) -> str:
    ratio = number(value.amount)
    if part == "amount":
        return ratio
    return _with_aside(
        ratio, [_interval(value.ci) if value.ci else "", f"against {value.against}" if value.against else ""]
    )


@_words.register
def _schedule(value: Schedule, _part: str) -> str:
    if value.every_high is not None:
        often = f"every {number(value.every)} to {quantity(value.every_high, value.unit)}"
    elif value.every == 1 and value.unit in _ADVERBS:
        often = _ADVERBS[value.unit]
    else:
        often = f"every {quantity(value.every, value.unit)}"
    if value.during is None:
        return often
    return f"{often} for {quantity(value.during, value.during_unit or value.unit)}"


_ADVERBS = {Unit.DAY: "daily", Unit.WEEK: "weekly", Unit.MONTH: "monthly", Unit.YEAR: "yearly"}


def _commonest(located: Located, part: str) -> str:
    amount, unit, times = located.commonest
    if part == "amount":
        return quantity(amount, unit)
    return f"{quantity(amount, unit)} (in {times} of {len(located.parts)})"


PARTS = ("", "n", "amount", "low", "high", "percent", "count", "counts", "of", "ci", "number")
"""What may stand behind the colon of a slot."""

"""Rules on figures: that they fit together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from bot.content.layout import path_of_answer
from bot.domain.catalogue import Catalogue, Located
from bot.domain.figure import DAYS, Point, Range, Share, wilson
from bot.domain.finding import DerivedFinding, PointFinding, RangeFinding, ShareFinding
from bot.domain.place import Problem
from bot.domain.reply import Passage

_USUAL = frozenset({"usual", "usual_range", "mean", "median"})
_WIDEST = frozenset({"full_range", "range_of_studies"})

Span = tuple[Decimal, Decimal]


def percent_contradicts_counts(catalogue: Catalogue) -> Iterator[Problem]:
    """A percentage that its own counts do not give, by more than one step of its last printed place."""
    for located in catalogue.findings.values():
        value = getattr(located.finding, "value", None)
        if isinstance(value, Share) and value.percent is not None and value.count is not None and value.of:
            given = Decimal(100 * value.count) / value.of
            exponent = value.percent.as_tuple().exponent
            step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
            if abs(given - value.percent) > step:
                yield Problem(
                    located.place,
                    "percent-contradicts-counts",
                    f"{value.count} of {value.of} is {given:.1f}%, not {value.percent}%",
                    "Keep the counts; if the source prints that percentage, move it to `misprinted`.",
                )


def usual_outside_range(catalogue: Catalogue) -> Iterator[Problem]:
    """A usual value outside the full range that the same place of the same source gives."""
    for (drug, topic), answer in catalogue.answers.items():
        scope = catalogue.scope(drug, topic)
        found = [scope[name] for name in answer.findings]
        for usual, widest in permutations(found, 2):
            if usual.finding.kind in _USUAL and widest.finding.kind in _WIDEST and _same_place(usual, widest):
                inner, outer = _days(usual), _days(widest)
                if inner and outer and not (outer[0] <= inner[0] and inner[1] <= outer[1]):
                    yield Problem(
                        usual.place,
                        "usual-outside-range",
                        f"{usual.id} lies outside the range {widest.id} of the same source",
                        "Compare both with the source: one of the two, or a unit, is wrong.",
                    )


def _same_place(one: Located, other: Located) -> bool:
    (first, *_), (second, *_) = one.citations, other.citations
    return (first.reference, first.locator) == (second.reference, second.locator)


def _days(located: Located) -> Span | None:
    """A time or a range of times in days; None for what is no time. An open lower end is zero."""
    match located.finding:
        case RangeFinding(value=Range() as value) if value.unit in DAYS:
            high = DAYS[value.unit] * (value.high if value.high is not None else Decimal("Infinity"))
            low = DAYS[value.low_unit or value.unit] * (value.low or 0)
            return (high if value.low is None else low), high
        case PointFinding(value=Point() as value) if value.unit in DAYS:
            return DAYS[value.unit] * value.amount, DAYS[value.unit] * value.amount
    return None


def disagreement_not_shown(catalogue: Catalogue) -> Iterator[Problem]:
    """Shares of the same thing, in one answer, whose 95% intervals do not meet, with no disagreement block."""
    for (drug, topic), answer in catalogue.answers.items():
        if answer.disagreements:
            continue
        scope = catalogue.scope(drug, topic)
        shown = [f for text in (answer.answer, *answer.details) for f in Passage(text, scope).findings]
        for name, shares in _by_name(shown).items():
            low = max(shares, key=lambda located: _interval(located)[0])
            high = min(shares, key=lambda located: _interval(located)[1])
            if _interval(low)[0] > _interval(high)[1]:
                yield Problem(
                    catalogue.place(path_of_answer(drug, topic), "details"),
                    "disagreement-not-shown",
                    f"the sources do not agree on `{name}`: {high.id} and {low.id} cannot both be near the truth",
                    "Put the two side by side under `disagreements`, and say what may explain it.",
                )


def _by_name(shown: list[Located]) -> dict[str, list[Located]]:
    named: dict[str, list[Located]] = defaultdict(list)
    for located in shown:
        if isinstance(located.finding, ShareFinding) and located.finding.kind == "share_of_patients" and located.study:
            named[located.id.rsplit(".", 1)[1]].append(located)
    return named


def _interval(located: Located) -> tuple[float, float]:
    """The 95% interval of a share in percent: as printed, by Wilson from the counts, else everything."""
    finding = located.finding
    if not isinstance(finding, ShareFinding):
        return 0.0, 100.0
    value = finding.value
    if value.ci:
        return float(value.ci.low), float(value.ci.high)
    if value.count is None or not value.of:
        return 0.0, 100.0
    return wilson(value.count, value.of)


def derived_without_value(catalogue: Catalogue) -> Iterator[Problem]:
    """Our own reading over findings that it cannot be read off."""
    for located in catalogue.findings.values():
        if isinstance(located.finding, DerivedFinding):
            is_span = located.finding.kind == "span"
            try:
                _ = located.span if is_span else located.commonest
            except ValueError as error:
                rule, remedy = _SPAN if is_span else _COMMONEST
                yield Problem(located.place, rule, str(error), remedy)


_SPAN = ("no-common-unit", "Let it run over amounts or ranges of one unit.")
_COMMONEST = ("commonest-of-ranges", "Take out of `of` what is a range or was computed: nobody was given just that.")

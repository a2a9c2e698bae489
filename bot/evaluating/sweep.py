"""The same questions under other limits: what each limit costs and gains, and which values fit best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answering.engine import Engine
from bot.domain.topic import Limits
from bot.evaluating.evaluation import Evaluation, evaluate
from bot.evaluating.questions import Case
from bot.evaluating.verdict import DANGEROUS, Verdict

CURVE = tuple(step / 20 for step in range(21))
"""Where a curve is measured, from 0 to 1."""
GRIDS: Mapping[str, Sequence[float]] = {
    "threshold": (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5),
    "bare_threshold": (0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "taught_threshold": (0.05, 0.1, 0.15, 0.2, 0.25),
    "margin": (0.1, 0.2, 0.3, 0.4, 0.5),
    "second_question": (0.3, 0.4, 0.5, 0.6, 0.7),
    "rare_word": (0.2, 0.3, 0.4, 0.5, 0.6, 0.8),
}
"""The values that are tried for each limit when fitting."""
ROUNDS = 2
"""How often all limits are gone through: one may gain only after another has moved."""


@dataclass(frozen=True, slots=True)
class Point:
    """What came of one value of a limit: shares from 0 to 1, and the number of dangerous replies."""

    value: float
    right: float
    within_a_tap: float
    wrong: float
    dangerous: int

    @classmethod
    def of(cls, value: float, evaluation: Evaluation) -> Point:
        """The figures of an evaluation. `wrong` counts every reply that states what was not asked for."""
        wrong = evaluation.share(Verdict.WRONG, *DANGEROUS)
        return cls(value, evaluation.right, evaluation.within_a_tap, wrong, evaluation.dangerous)

    @property
    def worth(self) -> tuple[int, float, float]:
        """What is sought: nothing dangerous before all else, then right in one tap, less twice what is wrong."""
        return (-self.dangerous, round(self.right + self.within_a_tap - 2 * self.wrong, 9), -self.wrong)


@dataclass(frozen=True, slots=True)
class Curve:
    """One limit from end to end, the others as they are."""

    limit: str
    in_force: float
    points: tuple[Point, ...]

    @property
    def best(self) -> Point:
        """The point that is worth most; the nearest to the one in force where several are."""
        return max(self.points, key=lambda point: (*point.worth, -abs(point.value - self.in_force)))


def limited(engine: Engine, limits: Limits) -> Engine:
    """The same engine under other limits. Nothing is learnt anew."""
    return replace(engine, catalogue=replace(engine.catalogue, limits=limits))


def curve(engine: Engine, cases: Sequence[Case], limit: str, values: Sequence[float] = CURVE) -> Curve:
    """Measure one limit at the values given, and at the one in force."""
    in_force: float = getattr(engine.catalogue.limits, limit)
    points = (_point(engine, cases, limit, value) for value in sorted({*values, in_force}))
    return Curve(limit, in_force, tuple(points))


def _point(engine: Engine, cases: Sequence[Case], limit: str, value: float) -> Point:
    limits = engine.catalogue.limits.model_copy(update={limit: value})
    return Point.of(value, evaluate(limited(engine, limits), cases))


@dataclass(frozen=True, slots=True)
class Step:
    """One limit gone through while fitting, with the value chosen for it."""

    curve: Curve
    chosen: Point


def fit(engine: Engine, cases: Sequence[Case]) -> Iterator[Step]:
    """Go through the limits one after another, keeping the best value of each."""
    for _ in range(ROUNDS):
        for limit, values in GRIDS.items():
            tried = curve(engine, cases, limit, values)
            chosen = tried.best
            limits = engine.catalogue.limits.model_copy(update={limit: chosen.value})
            engine = limited(engine, limits)
            yield Step(tried, chosen)

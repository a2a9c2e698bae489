"""An evaluation as sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from bot.evaluating.evaluation import Evaluation, Judged
from bot.evaluating.questions import Expected
from bot.evaluating.sheet import Plot, Sheet
from bot.evaluating.sweep import Curve, Step
from bot.evaluating.verdict import DANGEROUS, Verdict

BINS = 10
"""How many bars the histogram of confidence has."""
_DUE = frozenset({Expected.ANSWER, Expected.NOT_REPORTED, Expected.PATIENT_SPECIFIC})
_FATES = ("right", "asked or missed", "wrong or dangerous")


def sheets_of(evaluation: Evaluation) -> tuple[Sheet, ...]:
    """Verdicts by label and by topic, what was answered for what, how sure it was, and what went wrong."""
    return (
        _verdicts("By label", "expected", evaluation, lambda one: one.question.expect),
        _verdicts("By topic", "first topic", evaluation, lambda one: one.asked),
        _confusion(evaluation),
        _histogram(evaluation),
        _misses(evaluation),
    )


def summary(evaluation: Evaluation) -> str:
    """The figures that matter, in a line."""
    kinds = ", ".join(f"{verdict} {evaluation.total[verdict]}" for verdict in Verdict if verdict in DANGEROUS)
    count = len(evaluation.judged)
    return (
        f"{count} questions: right at once {evaluation.total[Verdict.RIGHT]} ({evaluation.right:.1%}), at once or in "
        f"one tap {evaluation.within_a_tap:.1%}, dangerous {evaluation.dangerous} ({kinds})"
    )


def _verdicts(title: str, first: str, evaluation: Evaluation, what: Callable[[Judged], str]) -> Sheet:
    counts = {**evaluation.by(what), "all": evaluation.total}
    rows = (
        (name, *_counted(row), str(row.total()), f"{row[Verdict.RIGHT] / row.total():.0%}")
        for name, row in counts.items()
        if row
    )
    return Sheet(title, (first, *Verdict, "of", "right"), tuple(rows))


def _counted(row: Counter[Verdict]) -> tuple[str, ...]:
    return tuple(str(row[verdict] or "·") for verdict in Verdict)


def _confusion(evaluation: Evaluation) -> Sheet:
    """Rows are what was asked, columns what was answered; a column's number is that of the row of this name."""
    pairs = Counter((one.asked, one.answered) for one in evaluation.judged if one.question.expect in _DUE)
    topics = sorted({asked for asked, _ in pairs} | {said for _, said in pairs if not said.startswith("(")})
    others = sorted({said for _, said in pairs} - set(topics))
    numbers = {topic: f"{number}" for number, topic in enumerate(topics, start=1)}
    rows = (
        (f"{numbers[asked]} {asked}", *(str(pairs[asked, said] or "·") for said in (*topics, *others)))
        for asked in topics
    )
    head = ("asked \\ answered", *numbers.values(), *(said.strip("()") for said in others))
    return Sheet("What was answered for what", head, tuple(rows), "Questions to which an answer or a gap was due.")


def _histogram(evaluation: Evaluation) -> Sheet:
    """How sure the reading was, for right replies and for others."""
    counts = Counter((_bin(one), _fate(one.verdict)) for one in evaluation.judged)
    rows = (
        (f"{step / BINS:.1f} to {(step + 1) / BINS:.1f}", *(str(counts[step, fate] or "·") for fate in _FATES))
        for step in range(BINS)
    )
    series = {fate: tuple(float(counts[step, fate]) for step in range(BINS)) for fate in _FATES}
    plot = Plot("bars", "confidence of the reading", tuple(step / BINS for step in range(BINS)), series)
    return Sheet("Confidence", ("confidence", *_FATES), tuple(rows), plot=plot)


def _bin(one: Judged) -> int:
    return min(int(one.reply.understood.confidence * BINS), BINS - 1)


def _fate(verdict: Verdict) -> str:
    if verdict is Verdict.RIGHT:
        return _FATES[0]
    return _FATES[1] if verdict in {Verdict.ONE_TAP, Verdict.MISSED} else _FATES[2]


def _misses(evaluation: Evaluation) -> Sheet:
    """Everything that was not right, the worst first."""
    worst = sorted(
        (one for one in evaluation.judged if one.verdict is not Verdict.RIGHT),
        key=lambda one: -list(Verdict).index(one.verdict),
    )
    rows = ((one.verdict, one.name, one.question.text, _wanted(one), one.said) for one in worst)
    return Sheet("Not right at once", ("verdict", "question", "asked", "wanted", "reply"), tuple(rows))


def _wanted(one: Judged) -> str:
    topics, drugs = "|".join(one.question.topics), "|".join(one.question.drugs)
    return f"{one.question.expect} {topics} {drugs}".rstrip()


def sheet_of_curve(curve: Curve) -> Sheet:
    """The shares at each value of a limit; the one in force is marked."""
    rows = (
        (
            f"{point.value:.2f}{' *' if point.value == curve.in_force else ''}",
            f"{point.right:.1%}",
            f"{point.within_a_tap:.1%}",
            f"{point.wrong:.1%}",
            str(point.dangerous or "·"),
        )
        for point in curve.points
    )
    series = {
        "right at once": tuple(point.right for point in curve.points),
        "at once or in one tap": tuple(point.within_a_tap for point in curve.points),
        "wrong or dangerous": tuple(point.wrong for point in curve.points),
    }
    plot = Plot("lines", curve.limit, tuple(point.value for point in curve.points), series, curve.in_force)
    head = (curve.limit, "right at once", "in one tap too", "wrong or dangerous", "dangerous")
    return Sheet(f"If `{curve.limit}` were another", head, tuple(rows), "* is in force.", plot)


def sheets_of_fit(steps: tuple[Step, ...]) -> Iterator[Sheet]:
    """The curve of every limit as it was last gone through, and the values that were chosen."""
    last = {step.curve.limit: step for step in steps}
    yield from (sheet_of_curve(step.curve) for step in last.values())
    first = {step.curve.limit: step.curve.in_force for step in reversed(steps)}
    rows = ((limit, f"{first[limit]:.2f}", f"{step.chosen.value:.2f}") for limit, step in last.items())
    best = steps[-1].chosen
    note = (
        f"With all of them: right at once {best.right:.1%}, at once or in one tap {best.within_a_tap:.1%}, wrong or "
        f"dangerous {best.wrong:.1%}, dangerous {best.dangerous}. Nothing was written."
    )
    yield Sheet("Proposal", ("limit", "in force", "proposed"), tuple(rows), note)

"""The content's own test questions, put to the content before and after a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answering.engine import Engine
from bot.evaluating.evaluation import Judged, evaluate
from bot.evaluating.questions import Case
from bot.evaluating.verdict import DANGEROUS, Verdict

_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A test question whose outcome changes: verdict and what is stated, as in "right · Answered: dose/amilol".

    `before` is None for a question that is new. It is worse where its verdict is, where a new one is dangerous, or
    where it is new and not answered as its label says in one tap.
    """

    name: str
    text: str
    before: str | None
    after: str
    is_worse: bool
    is_better: bool


def changed_questions(
    old: Engine | None, asked_before: Iterable[Case], new: Engine, asked_now: Iterable[Case]
) -> tuple[ChangedQuestion, ...]:
    """The questions that fare otherwise, the worse ones first. Without an engine before, all that are not right."""
    before = {one.name: one for one in evaluate(old, asked_before).judged} if old else {}
    changed = (_changed(before.get(one.name), one, is_first=old is None) for one in evaluate(new, asked_now).judged)
    return tuple(sorted(filter(None, changed), key=lambda one: (not one.is_worse, one.is_better)))


def _changed(before: Judged | None, after: Judged, *, is_first: bool) -> ChangedQuestion | None:
    if before is not None and before.question.text != after.question.text:
        before = None
    if before is not None and _outcome(before) == _outcome(after):
        return None
    if before is None and is_first and after.verdict is Verdict.RIGHT:
        return None
    step = _RANKS[after.verdict] - _RANKS[before.verdict] if before else 0
    fails = before is None and _fails(after.verdict, is_first=is_first)
    said = _outcome(before) if before else None
    return ChangedQuestion(after.name, after.question.text, said, _outcome(after), step > 0 or fails, step < 0)


def _fails(verdict: Verdict, *, is_first: bool) -> bool:
    return verdict in DANGEROUS or (not is_first and verdict not in {Verdict.RIGHT, Verdict.ONE_TAP})


def _outcome(one: Judged) -> str:
    return f"{one.verdict.replace('_', ' ')} · {one.said}"

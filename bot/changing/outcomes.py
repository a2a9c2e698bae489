"""The content's own test questions, put to the content before and after a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.answering.engine import Engine
from bot.evaluating.evaluation import Judged, evaluate
from bot.evaluating.questions import Case
from bot.evaluating.verdict import DANGEROUS, Verdict

_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}
_PASSES = frozenset({Verdict.RIGHT, Verdict.ONE_TAP})


class Fate(StrEnum):
    """What became of a test question, the worst first."""

    WORSE = "worse"
    """It fails: neither at once nor in one tap is it answered as its label says; or it failed, and now worse."""
    TAP = "one tap more"
    """Right at once before, now in one tap. The learning of any phrase moves a few questions so."""
    NEW = "new"
    """A new question, answered as its label says."""
    OTHER = "other"
    """Another reply that is worth as much."""
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A test question whose outcome changes: verdict and what is stated, as in "right · Answered: dose/amilol".

    `before` is None for a question that was not asked before.
    """

    name: str
    text: str
    before: str | None
    after: str
    fate: Fate

    @property
    def is_worse(self) -> bool:
        """Whether this keeps the change from going live."""
        return self.fate is Fate.WORSE


def changed_questions(
    old: Engine | None, asked_before: Iterable[Case], new: Engine, asked_now: Iterable[Case]
) -> tuple[ChangedQuestion, ...]:
    """The questions that fare otherwise, the worst first.

    Without an engine before, nothing can be worse than it was: then only what is dangerous is told.
    """
    before = {one.name: one for one in evaluate(old, asked_before).judged} if old else {}
    judged = evaluate(new, asked_now).judged
    found = (_changed(before.get(one.name), one) for one in judged if old or one.verdict in DANGEROUS)
    return tuple(sorted(filter(None, found), key=lambda one: list(Fate).index(one.fate)))


def _changed(before: Judged | None, after: Judged) -> ChangedQuestion | None:
    if before is not None and before.question != after.question:
        before = None
    if before is not None and _outcome(before) == _outcome(after):
        return None
    said = _outcome(before) if before else None
    return ChangedQuestion(after.name, after.question.text, said, _outcome(after), _fate(before, after))


def _fate(before: Judged | None, after: Judged) -> Fate:
    if before is None:
        return Fate.NEW if after.verdict in _PASSES else Fate.WORSE
    step = _RANKS[after.verdict] - _RANKS[before.verdict]
    if step > 0:
        return Fate.TAP if after.verdict in _PASSES else Fate.WORSE
    return Fate.BETTER if step < 0 else Fate.OTHER


def _outcome(one: Judged) -> str:
    return f"{one.verdict.replace('_', ' ')} · {one.said}"

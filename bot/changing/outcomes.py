"""The content's own test questions, put to the content before and after a change.

A question is known by its words; what it is called, and in which file it stands, may change. Of one that is in both
states its label as it is now counts: whoever relabels it has looked at that very question, the review says what would
come of it by the old label, and the new content must answer as the new label says. One that is gone, or is worded
otherwise, is put to the new content all the same, and must fare there as its label said: nobody disarms a question in
the change that it would bar. To be rid of one, remove it in a change of its own, before that which it would bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import starmap

from bot.evaluating.evaluation import Judged, Replies, evaluate
from bot.evaluating.questions import Case, Question
from bot.evaluating.verdict import DANGEROUS, Verdict, verdict_on

_RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}
_PASSES = frozenset({Verdict.RIGHT, Verdict.ONE_TAP})
Turn = tuple[tuple[str, ...], int]
"""The words of a whole conversation, and which of its messages."""


class Fate(StrEnum):
    """What became of a test question, the worst first."""

    DISARMED = "removed, and would fail"
    """It is gone, or worded otherwise, and what it tried has become worse."""
    WORSE = "worse"
    """It fails: neither at once nor in one tap is it answered as its label says; or it failed, and now worse."""
    RELABELLED = "relabelled"
    """Its label is another one, and it is answered as that says."""
    REMOVED = "removed"
    """It is gone, and would fare as before."""
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
        return self.fate in {Fate.WORSE, Fate.DISARMED}


@dataclass(frozen=True, slots=True)
class Asked:
    """Test questions, and what came of each message when they were put to one state of the content."""

    cases: tuple[Case, ...] = ()
    judged: tuple[Judged, ...] = ()

    @classmethod
    def of(cls, engine: Replies, cases: Iterable[Case]) -> Asked:
        """Put them to an engine."""
        asked = tuple(cases)
        return cls(asked, evaluate(engine, asked).judged)

    @property
    def by_turn(self) -> Iterator[tuple[Turn, Judged]]:
        """Every message by its words, in order."""
        turns = ((_words(case), number) for case in self.cases for number in range(len(case.turns)))
        return zip(turns, self.judged, strict=True)


def changed_questions(before: Asked | None, new: Replies, after: Asked) -> tuple[ChangedQuestion, ...]:
    """The questions that fare otherwise, the worst first; `after` is what came of them before the new engine.

    Without an engine before, nothing can be worse than it was: then only what is dangerous is told.
    """
    if before is None:
        dangerous = (one for one in after.judged if one.verdict in DANGEROUS)
        return tuple(filter(None, (_changed(None, one) for one in dangerous)))
    were, as_labelled = dict(before.by_turn), {(turn, _label(one.question)): one for turn, one in before.by_turn}
    pairs = ((as_labelled.get((turn, _label(one.question)), were.get(turn)), one) for turn, one in after.by_turn)
    found = [*starmap(_changed, pairs), *_gone(before, were, new, after)]
    return tuple(sorted(filter(None, found), key=lambda one: list(Fate).index(one.fate)))


def _gone(before: Asked, were: Mapping[Turn, Judged], new: Replies, after: Asked) -> Iterator[ChangedQuestion]:
    """The questions that are asked no more, put to the new engine all the same."""
    kept = {_words(case) for case in after.cases}
    removed = Asked.of(new, (case for case in before.cases if _words(case) not in kept))
    for turn, one in removed.by_turn:
        fate = Fate.DISARMED if _is_worse(were[turn], one) else Fate.REMOVED
        said = f"{fate}: {_outcome(one)}"
        yield ChangedQuestion(one.name, one.question.text, _outcome(were[turn]), said, fate)


def _changed(before: Judged | None, after: Judged) -> ChangedQuestion | None:
    if before is not None and _label(before.question) != _label(after.question):
        return _relabelled(before, after)
    if before is not None and _outcome(before) == _outcome(after):
        return None
    said = _outcome(before) if before else None
    return ChangedQuestion(after.name, after.question.text, said, _outcome(after), _fate(before, after))


def _relabelled(before: Judged, after: Judged) -> ChangedQuestion:
    """By its new label alone; what would have come of it by the old one is told."""
    fate = Fate.RELABELLED if after.verdict in _PASSES else Fate.WORSE
    by_old = _said(verdict_on(after.reply, before.question))
    said = f"{Fate.RELABELLED}: {_outcome(after)} (by its old label: {by_old})"
    return ChangedQuestion(after.name, after.question.text, _outcome(before), said, fate)


def _fate(before: Judged | None, after: Judged) -> Fate:
    if before is None:
        return Fate.NEW if after.verdict in _PASSES else Fate.WORSE
    if _is_worse(before, after):
        return Fate.WORSE
    step = _RANKS[after.verdict] - _RANKS[before.verdict]
    return Fate.TAP if step > 0 else Fate.BETTER if step < 0 else Fate.OTHER


def _is_worse(before: Judged, after: Judged) -> bool:
    return after.verdict not in _PASSES and _RANKS[after.verdict] > _RANKS[before.verdict]


def _words(case: Case) -> tuple[str, ...]:
    return tuple(question.text for question in case.turns)


def _label(question: Question) -> tuple[object, ...]:
    return question.expect, question.topics, question.drugs, question.avoid, question.population


def _outcome(one: Judged) -> str:
    return f"{_said(one.verdict)} · {one.said}"


def _said(verdict: Verdict) -> str:
    return verdict.replace("_", " ")

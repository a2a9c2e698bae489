"""Every question of a set put to an engine, judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.answering.engine import BLANK
from bot.domain.context import Context, Turn
from bot.domain.reply import Answered, NotReported, Reply
from bot.evaluating.questions import Case, Question
from bot.evaluating.verdict import DANGEROUS, Verdict, verdict_on

NO_TOPIC = "(none)"


class Replies(Protocol):
    """What questions can be put to."""

    def reply_to(self, question: str, context: Context = ...) -> Turn: ...


@dataclass(frozen=True, slots=True)
class Judged:
    """One question and what came of it. `name` is the case's id with the number of the turn, from 0."""

    name: str
    question: Question
    reply: Reply
    verdict: Verdict

    @property
    def asked(self) -> str:
        """The first topic that was asked for."""
        return next(iter(self.question.topics), NO_TOPIC)

    @property
    def answered(self) -> str:
        """The topic asked for where it is among what is stated, else the first; in brackets, what stands instead."""
        stated = self.reply.stated if isinstance(self.reply, Answered | NotReported) else ()
        topics = [one.topic for one in stated]
        if not topics:
            return f"({type(self.reply).__name__})"
        return self.asked if self.asked in topics else topics[0]

    @property
    def said(self) -> str:
        """What the reply states, in a line."""
        stated = self.reply.stated if isinstance(self.reply, Answered | NotReported) else ()
        cells = ", ".join("/".join(filter(None, (one.topic, one.drug, one.population))) for one in stated)
        return f"{type(self.reply).__name__}: {cells}" if cells else type(self.reply).__name__


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was judged, in order."""

    judged: tuple[Judged, ...]

    @property
    def total(self) -> Counter[Verdict]:
        """How often each verdict was reached."""
        return Counter(one.verdict for one in self.judged)

    def by(self, what: Callable[[Judged], str]) -> dict[str, Counter[Verdict]]:
        """The same for each of what is named, in the order of the alphabet."""
        counts: dict[str, Counter[Verdict]] = {}
        for one in sorted(self.judged, key=what):
            counts.setdefault(what(one), Counter())[one.verdict] += 1
        return counts

    def share(self, *verdicts: Verdict) -> float:
        """Which share of the questions reached one of the verdicts, from 0 to 1."""
        return sum(one.verdict in verdicts for one in self.judged) / len(self.judged) if self.judged else 0.0

    @property
    def right(self) -> float:
        """The share that is right at once."""
        return self.share(Verdict.RIGHT)

    @property
    def within_a_tap(self) -> float:
        """The share that is right at once or in one tap."""
        return self.share(Verdict.RIGHT, Verdict.ONE_TAP)

    @property
    def dangerous(self) -> int:
        """How many are dangerous."""
        return sum(one.verdict in DANGEROUS for one in self.judged)


def evaluate(engine: Replies, cases: Iterable[Case]) -> Evaluation:
    """Put every conversation to the engine, each from a blank context."""
    return Evaluation(tuple(judged for case in cases for judged in _converse(engine, case)))


def _converse(engine: Replies, case: Case) -> Iterable[Judged]:
    context = BLANK
    for number, question in enumerate(case.turns):
        turn = engine.reply_to(question.text, context)
        context = turn.context
        yield Judged(f"{case.id}.{number}", question, turn.reply, verdict_on(turn.reply, question))

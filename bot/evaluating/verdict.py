"""What a reply is worth, held against the label of its question."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.answer import State
from bot.domain.reply import Answered, Clarification, NotReported, Option, Reply, SmallTalk, Stated
from bot.evaluating.questions import Expected, Question


class Verdict(StrEnum):
    """From best to worst. The last three are dangerous."""

    RIGHT = "right"
    """What a careful clinician would accept, at once."""
    ONE_TAP = "one_tap"
    """A question back, with the right answer among its options."""
    MISSED = "missed"
    """No clinical answer where one was due."""
    WRONG = "wrong"
    """Another answer than the one asked for."""
    WRONG_DRUG = "wrong_drug"
    """Figures for a drug that the question was not about, and none for the one it was."""
    ANSWERED = "answered"
    """A clinical answer to a question that is out of the domain."""
    INVENTED = "invented"
    """A figure reported where the sources give none."""


DANGEROUS = frozenset({Verdict.WRONG_DRUG, Verdict.ANSWERED, Verdict.INVENTED})
COMPARISON, PANNICULITIS = "comparison", "panniculitis"
"""Topics that may be covered under another name: the same topic for two drugs, and the group within a topic."""


def verdict_on(reply: Reply, question: Question) -> Verdict:
    """Judge one reply. Figures for the other drug alone are the worst mistake, whatever was expected."""
    judge = _Judge(question, reply)
    match question.expect:
        case Expected.OUT_OF_DOMAIN:
            return Verdict.ANSWERED if judge.reports else Verdict.RIGHT
        case Expected.SMALL_TALK if isinstance(reply, SmallTalk):
            return Verdict.RIGHT
        case Expected.SMALL_TALK:
            return Verdict.WRONG if judge.reports else Verdict.MISSED
        case _ if judge.is_about_wrong_drug:
            return Verdict.WRONG_DRUG
        case Expected.CLARIFY_OR_BOTH:
            return judge.open_question()
        case Expected.NOT_REPORTED:
            return judge.gap()
        case Expected.PATIENT_SPECIFIC:
            return judge.one_patient()
        case _:
            return judge.answer()


@dataclass(frozen=True, slots=True)
class _Judge:
    question: Question
    reply: Reply

    @property
    def stated(self) -> tuple[Stated, ...]:
        return self.reply.stated if isinstance(self.reply, Answered | NotReported) else ()

    @property
    def reports(self) -> bool:
        """Whether a figure or statement stands as the answer."""
        return any(one.state is State.REPORTED for one in self.stated)

    @property
    def is_about_wrong_drug(self) -> bool:
        avoid, said = set(self.question.avoid), {one.drug for one in self.stated if one.drug}
        return bool(said) and said <= avoid and bool(set(self.question.drugs) - avoid)

    @property
    def covered(self) -> frozenset[str | None]:
        """The drugs for which an acceptable topic is stated; None for a topic that is about no drug."""
        return frozenset(one.drug for one in self.stated if self._fits(one))

    def _fits(self, one: Stated | Option) -> bool:
        wanted = self.question
        return (not wanted.topics or one.topic in wanted.topics) and (
            not wanted.drugs or one.drug is None or one.drug in wanted.drugs
        )

    @property
    def _otherwise(self) -> Verdict:
        return Verdict.WRONG if self.stated else Verdict.MISSED

    def open_question(self) -> Verdict:
        """Ask back, or answer for every drug."""
        if isinstance(self.reply, Clarification):
            return Verdict.RIGHT
        return Verdict.RIGHT if self.covered and self.covered >= set(self.question.drugs) else self._otherwise

    def gap(self) -> Verdict:
        """Say that nothing is reported. What stands nearby is no answer."""
        if isinstance(self.reply, NotReported):
            return Verdict.RIGHT
        if isinstance(self.reply, Answered):
            return Verdict.INVENTED if self.reports else Verdict.RIGHT
        return Verdict.MISSED

    def one_patient(self) -> Verdict:
        """The evidence, with the notice."""
        if not getattr(self.reply, "notice", None):
            return self._otherwise
        return Verdict.RIGHT if not self.question.topics or self.covered else Verdict.MISSED

    def answer(self) -> Verdict:
        """The first topic for every drug that was meant, or a tap away from it."""
        drugs = not self.question.drugs or None in self.covered or self.covered >= set(self.question.drugs)
        if self.stated and drugs and covers_first(self.question.topics, self.stated):
            return Verdict.RIGHT
        if any(self._fits(option) for option in self.reply.options if option.topic):
            return Verdict.ONE_TAP
        return self._otherwise


def covers_first(topics: Collection[str], stated: Collection[Stated]) -> bool:
    """Whether the first topic asked for is stated, under its own name or as what it amounts to."""
    first, said = next(iter(topics), None), {one.topic for one in stated}
    if first is None or first in said:
        return True
    if first == COMPARISON:
        return any(len({one.drug for one in stated if one.topic == topic}) > 1 for topic in said)
    return first == PANNICULITIS and any(one.population == PANNICULITIS and one.topic in topics for one in stated)

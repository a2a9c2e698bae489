"""Which topics a question asks, and whether that is sure enough to answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Scored, Sort
from bot.domain.reply import Option
from bot.domain.topic import Limits
from bot.matching.patient import asks_what_to_do
from bot.matching.reading import Reading
from bot.matching.thread import Thread

MOST_OPTIONS = 4
MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Choice:
    """The topics that fit a question in its conversation, weighed against the limits."""

    catalogue: Catalogue
    reading: Reading
    thread: Thread

    @property
    def _limits(self) -> Limits:
        return self.catalogue.limits

    @cached_property
    def ranked(self) -> tuple[Scored, ...]:
        """The topics that can be asked of the drugs in question, best first."""
        return self.thread.ranked()

    @property
    def score(self) -> float:
        """How well the best of them fits."""
        return self.ranked[0].score if self.ranked else 0.0

    @property
    def is_sure(self) -> bool:
        """Whether the best topic may be answered. Without a drug, only a question back can come of it."""
        if not self.ranked:
            return False
        if self.thread.named_drugs and self.reading.all_taught and self.score >= self._limits.taught_threshold:
            alone = len(self.ranked) == 1 or self.ranked[1].score <= self.score * self._limits.alone
            return alone or self.score >= self._limits.threshold
        if self.thread.drugs or len(self.catalogue.drugs_of(self.ranked[0].label)) <= 1:
            return self.score >= self._limits.threshold
        return self.score >= self._limits.bare_threshold

    @property
    def blocking_word(self) -> str:
        """A word that must be explained before an answer is given; empty where there is none.

        Where a group of patients is named that no figure may stand for, no figure is given anyway.
        """
        if self.thread.is_special:
            return ""
        blocking = (one.word for one in self.reading.unexplained if one.grave or self.score < self._limits.rare_word)
        return next(blocking, "")

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that are asked, in order; none where two that are far apart in sense lie too close in score."""
        possible = {one.label for one in self.ranked}
        parts = [one.label for one in self.reading.questions[1:] if one.score >= self._limits.second_question]
        asked = tuple(dict.fromkeys(label for label in parts if label in possible))
        whole = self._whole
        if not asked or not whole:
            return whole
        return (asked if whole[0] in asked else (*whole[:1], *asked))[:MOST_QUESTIONS]

    @property
    def own_drugs(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The drugs of single topics, where the parts of a message ask of different drugs."""
        if len(self.thread.named_drugs) < 2:
            return ()
        parts = [
            (max(part.scores, key=lambda label: part.scores[label], default=""), part) for part in self.reading.parts
        ]
        return tuple((label, part.drugs) for label, part in parts if part.drugs and label in self.topics)

    @property
    def _whole(self) -> tuple[str, ...]:
        """What the message as a whole asks."""
        best, *others = self.ranked
        close = [one.label for one in others[:2] if one.score > best.score * (1 - self._limits.margin)]
        if set(close) - self._near(best.label):
            return ()
        return (best.label, *close)

    def _near(self, topic: str) -> set[str]:
        """Topics that a question may mean as well: next of kin, or what people ask next, in either direction."""
        topics = self.catalogue.topics
        pointing_here = {key for key, other in topics.items() if topic in (*other.kin, *other.next)}
        return pointing_here | {*topics[topic].kin, *topics[topic].next}

    @property
    def for_one_patient(self) -> tuple[str, ...]:
        """What bears on one patient: the topics that fit best, then those that weigh decisions.

        Where nothing is to be decided ("she has a headache"), the topics that surely fit are enough.
        """
        parts = (one for one in self.reading.questions[1:] if one.label in self.catalogue.topics)
        about_drugs = [one for one in (*self.ranked[:2], *parts) if self.catalogue.drugs_of(one.label)]
        scored = [one for one in about_drugs if self.thread.is_possible(one.label)]
        groups = [self.catalogue.populations[key] for key in self.reading.keys(Sort.POPULATION)]
        sure = [one.label for one in scored if one.score >= self._limits.threshold]
        named = [group.see[0] for group in groups if group.tells_topic and group.see]
        weak = [one.label for one in scored if one.score >= self._limits.weak]
        if sure and not asks_what_to_do(self.reading.text):
            return tuple(dict.fromkeys((*sure, *named)))[:MOST_QUESTIONS]
        fitting = list(dict.fromkeys((*sure, *named, *weak)))[: MOST_QUESTIONS - 1]
        return tuple(dict.fromkeys((*fitting, *self._deciding)))[:MOST_QUESTIONS]

    @property
    def _deciding(self) -> list[str]:
        drugs = set(self.thread.drugs)
        topics = self.catalogue.topics
        return [key for key, topic in topics.items() if topic.decision and drugs & set(self.catalogue.drugs_of(key))]

    @property
    def usual(self) -> str | None:
        """What a question on a special group usually means, where it names one of our drugs and no topic."""
        for key in self.reading.keys(Sort.POPULATION) if self.thread.drugs else ():
            group = self.catalogue.populations[key]
            if group.see and (group.tells_topic or not group.general_figure):
                return group.see[0]
        return None

    def sure(self, within: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The topic that fits best, if it is sure (and one of these); else that of the turn before, or the first."""
        sure = [one.label for one in self.ranked[:1] if one.score >= self._limits.threshold]
        if within:
            return tuple(label for label in sure if label in within) or within[:1]
        return tuple(sure) or self.thread.context.topics[:1]

    @property
    def offered(self) -> tuple[str, ...]:
        """The topics worth offering when the bot asks back."""
        return tuple(one.label for one in self.ranked if one.score >= self._limits.option)[:MOST_OPTIONS]

    @property
    def options(self) -> tuple[Option, ...]:
        """The same, for each drug that they can be asked of."""
        drugs = self.thread.drugs or tuple(self.catalogue.drugs)
        options = (
            Option("", topic, drug, self.thread.population)
            for topic in self.offered
            for drug in (self.thread.drugs_for(topic) or self.catalogue.drugs_of(topic) or (None,))
            if drug in (None, *drugs)
        )
        return tuple(options)[:MOST_OPTIONS]

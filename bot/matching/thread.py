"""What a question takes from the turn before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.domain.catalogue import Catalogue
from bot.domain.context import Context
from bot.domain.interpretation import Mention, Scored, Sort
from bot.domain.reply import How
from bot.matching.companions import Companions
from bot.matching.masking import PLACEHOLDER
from bot.matching.reading import Reading

OVERVIEW_WEIGHT = 0.4
"""With several drugs named: a topic of its own compares them better than the overview."""
ABOUT_WEIGHT = 1.5
"""With several drugs named: a topic that is about one of them after the other is just such a question."""
NOT_ABOUT_WEIGHT = 0.4
"""With one drug named: a topic that is about the other one after it is hardly meant."""
DRUGLESS_WEIGHT = 0.5
"""With a drug named: a topic that is about no drug is hardly meant."""
SHORT = 4
"""A follow-up has at most so many words of its own."""
_POINTERS = frozenset({"it", "this", "that", "them", "they", "same", "one", "with", "together"})
_OTHER = frozenset({"other", "another"})
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        """and what about how for the in with or sorry no i meant mean ment please ok okay then so well is it same of
        to on a an actually rather instead not back now just one me give tell only also too oh right yes fine thanks
        ditto other another drug both either each two these""",
    )
)
"""Words that add nothing to a name: "and what about"."""


_EXCLUDING = (
    *("not", "except", "excluding", "without", "unlike", "besides", "but not", "never mind", "other than"),
    *(
        "apart from",
        "anything but",
        "everything but",
        "all but",
        "rather than",
        "instead of",
        "alternative to",
        "alternatives to",
    ),
)
"""Words before a drug that leave it out."""


def _ends_with_exclusion(words: list[str]) -> bool:
    """Whether these words, before a name, leave it out."""
    before = f" {' '.join(words[-3:])} "
    return any(before.endswith((f" {phrase} ", f" {phrase} the ")) for phrase in _EXCLUDING)


@dataclass(frozen=True)
class Thread:
    """A question in its conversation."""

    catalogue: Catalogue
    reading: Reading
    context: Context

    @cached_property
    def named_drugs(self) -> tuple[str, ...]:
        """Our drugs that the question names, by name, by class, or as "the other one"."""
        named = [drug for drug in self.reading.keys(Sort.DRUG) if drug not in self.excluded]
        for group in self.reading.keys(Sort.DRUG_CLASS):
            named += self.catalogue.classes[group].drugs
        return tuple(dict.fromkeys(named or self._pointed_to))

    @cached_property
    def excluded(self) -> frozenset[str]:
        """Our drugs that the question names to leave them out ("not thalidomide", "everything except len")."""
        words = self.reading.text.split()
        drugs = [mention for mention in self.reading.mentions if mention.sort is Sort.DRUG and mention.how != "unclear"]
        left_out = {one.key for one in drugs if _ends_with_exclusion(words[: one.start])}
        return frozenset(left_out - {one.key for one in drugs if not _ends_with_exclusion(words[: one.start])})

    @property
    def _pointed_to(self) -> list[str]:
        """Our drugs that the question points to without a name, where a conversation is under way."""
        if not self.context.topics:
            return []
        if len(self.context.drugs) == 1 and _OTHER & set(self.reading.text.split()):
            return [drug for drug in self.catalogue.drugs if drug not in self.context.drugs]
        drugs = [key for key, drug in self.catalogue.drugs.items() if self._says(drug.anaphors)]
        classes = [
            key for group in self.catalogue.classes.values() if self._says(group.anaphors) for key in group.drugs
        ]
        return drugs or classes

    def _says(self, phrases: tuple[str, ...]) -> bool:
        return any(f" {phrase} " in f" {self.reading.text} " for phrase in phrases)

    @property
    def drugs(self) -> tuple[str, ...]:
        """The drugs that the question is about: named, else those of the turn before."""
        return self.named_drugs or tuple(drug for drug in self.context.drugs if drug not in self.excluded)

    def drugs_for(self, topic: str) -> tuple[str, ...]:
        """The same, where the topic can be asked of them."""
        possible = self.catalogue.drugs_of(topic)
        about = self.catalogue.topics[topic].about
        if about and about in self.drugs and len(self.drugs) > 1:
            return (about,)
        return tuple(drug for drug in self.drugs if drug in possible)

    @property
    def population(self) -> str | None:
        """The group that the question names, the narrowest first; else, in a follow-up, that of the turn before."""
        named = self.reading.keys(Sort.POPULATION)
        if named:
            special = [key for key in named if not self.catalogue.populations[key].general_figure]
            return special[0] if special else max(named, key=lambda key: len(self.catalogue.lineage(key)))
        return self.context.population if self.is_elliptic and self.context.topics else None

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of groups that the question names and that the answer does not take up."""
        chosen = self.population
        if chosen is None:
            return ()
        taken = {chosen, *self.catalogue.lineage(chosen)}
        others = (key for key in self.reading.keys(Sort.POPULATION) if key not in taken)
        return tuple(self.catalogue.populations[key].name for key in others if not self._is_topic_word(key))

    def _is_topic_word(self, population: str) -> bool:
        return self.catalogue.populations[population].tells_topic

    @property
    def is_special(self) -> bool:
        """Whether the question is on a group that no general figure may stand for."""
        return self.population is not None and not self.catalogue.populations[self.population].general_figure

    @property
    def is_silent(self) -> bool:
        """Whether the group is one that the sources are silent on, whatever else the question names of it."""
        return self.is_special and not self._is_topic_word(self.population or "")

    def is_background(self, mention: Mention, *, companion: bool) -> bool:
        """Whether a drug that is not ours is named beside or before ours, and the question is on ours."""
        named, carried = bool(self.named_drugs), bool(self.context.drugs)
        roles = Companions(self.catalogue, self.reading, named, carried, self.points_back)
        return roles.is_background(mention, companion=companion)

    @property
    def points_back(self) -> bool:
        """Whether the question holds a word that stands for something said before."""
        return bool(_POINTERS & set(self.reading.text.split()))

    @property
    def is_elliptic(self) -> bool:
        """Whether the question is too short to stand alone."""
        return self.reading.words_left <= SHORT

    @property
    def continues(self) -> bool:
        """Whether the question only changes the drug or the group of the question before ("and len?")."""
        changed = self.named_drugs or self.reading.keys(Sort.POPULATION)
        return bool(changed and self.context.topics and not self.own_words)

    @property
    def may_continue(self) -> bool:
        """The same for a short question with words that nobody understood ("ditto for thal")."""
        changed = self.named_drugs or self.reading.keys(Sort.POPULATION)
        return bool(changed and self.context.topics and self.is_elliptic)

    @property
    def own_words(self) -> set[str]:
        """The words that ask something, beside names and fillers."""
        left = PLACEHOLDER.sub(" ", self.reading.masked).split()
        return {word for word in left if word not in _FILLERS and not word.isdecimal()}

    def ranked(self) -> tuple[Scored, ...]:
        """The topics that can be asked of the drugs named, best first; those near the turn before gain a little."""
        if self.continues:
            return ()
        possible = [one for one in self.reading.topics if self.is_possible(one.label)]
        if self.is_elliptic and self.context.topics:
            possible = [self._in_thread(one) for one in possible]
        return tuple(sorted(map(self._weighed, possible), key=lambda one: -one.score))

    def _in_thread(self, one: Scored) -> Scored:
        """The score of a short follow-up: by itself, and read on from the topic before it ("how often?")."""
        read_on = self.reading.in_thread.get(one.label, 0.0)
        return Scored(one.label, min(1.0, (one.score + read_on) / 2 + self._bonus(one.label)))

    def _weighed(self, one: Scored) -> Scored:
        """A topic's score in the light of the drugs named."""
        topic, weight = self.catalogue.topics[one.label], 1.0
        if len(self.named_drugs) > 1:
            one_after_the_other = topic.about and not self.reading.compares
            weight = OVERVIEW_WEIGHT if topic.overview else ABOUT_WEIGHT if one_after_the_other else 1.0
        elif topic.about and self.drugs and topic.about not in self.drugs:
            weight = NOT_ABOUT_WEIGHT
        elif self.named_drugs and not self.catalogue.drugs_of(one.label):
            weight = DRUGLESS_WEIGHT
        return Scored(one.label, min(1.0, one.score * weight))

    def is_possible(self, topic: str) -> bool:
        """Whether a topic can be asked of the drugs that the question is about."""
        drugs = self.catalogue.drugs_of(topic)
        return not drugs or not self.drugs or bool(set(drugs) & set(self.drugs))

    def _bonus(self, topic: str) -> float:
        before = [self.catalogue.topics[key] for key in self.context.topics if key in self.catalogue.topics]
        near = any(topic in (*one.kin, *one.next) for one in before)
        return self.catalogue.limits.thread_bonus if near else 0.0

    @property
    def how(self) -> How:
        """How the drug was read."""
        mentions = [mention for mention in self.reading.mentions if mention.sort in {Sort.DRUG, Sort.DRUG_CLASS}]
        if any(mention.how == "corrected" for mention in mentions):
            return "corrected"
        if any(mention.how == "alias" for mention in mentions):
            return "alias"
        return "exact" if mentions or not self.context.drugs else "context"

    @property
    def corrected(self) -> tuple[tuple[str, str], ...]:
        """Misspelt names with how they were read."""
        return tuple(
            (mention.text, self.catalogue.drugs[mention.key].name)
            for mention in self.reading.mentions
            if mention.sort is Sort.DRUG and mention.how == "corrected"
        )

    @property
    def carried(self) -> tuple[str, ...]:
        """Names of what was taken from the turn before."""
        taken: list[str] = []
        if not self.named_drugs:
            taken += [self.catalogue.drugs[drug].name for drug in self.context.drugs]
        if self.continues:
            taken += [self.catalogue.topics[topic].title for topic in self.context.topics]
        if self.population and not self.reading.keys(Sort.POPULATION):
            taken.append(self.catalogue.populations[self.population].name)
        return tuple(taken)

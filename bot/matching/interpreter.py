"""From a question and what went before it to what is asked, or why that is not sure."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.context import Context
from bot.domain.interpretation import (
    Asked,
    Declined,
    Doubt,
    Interpretation,
    Nothing,
    Sort,
    Talk,
    Trace,
    Unclear,
    Unsure,
)
from bot.domain.reply import Option
from bot.matching.choice import Choice
from bot.matching.identifiers import identifier_in
from bot.matching.index import TALK, Index
from bot.matching.normal import fold
from bot.matching.patient import is_patient_specific
from bot.matching.reading import Reading, read
from bot.matching.thread import Thread

LONGEST = 1_000
"""Letters in a question. Longer messages are not questions."""
MOST_NAMES = 14
"""Different names in a question. More is a list, not a question."""
DRUGS = "drugs"
"""The list of out_of_scope that holds drugs; the others hold diseases and the like."""


class Interpreter:
    """Understands questions about one catalogue. Pure: the same question and context give the same reading."""

    def __init__(self, catalogue: Catalogue, index: Index) -> None:
        self._catalogue = catalogue
        self._index = index
        self._limits = catalogue.limits

    def interpret(self, question: str, context: Context) -> Interpretation:
        """What the question asks. The order of the steps is the order of safety: declining comes before answering."""
        if not question.strip():
            return Nothing(Unclear.EMPTY)
        if len(question) > LONGEST or len(fold(question)) > LONGEST:
            return Nothing(Unclear.TOO_LONG)
        if seen := identifier_in(question, self._index):
            return Nothing(Unclear.IDENTIFIER, seen=seen)
        before = self._catalogue.topics[context.topics[0]].title if context.topics else ""
        reading = read(question, self._catalogue, self._index, before)
        choice = Choice(self._catalogue, reading, Thread(self._catalogue, reading, context))
        return (
            self._unreadable(reading)
            or self._declined(choice)
            or self._unclear_name(choice)
            or self._talk(reading)
            or self._gap(choice)
            or self._about_studies(choice)
            or self._asked(choice)
        )

    def chosen(
        self, topic: str | None, drugs: tuple[str, ...], population: str | None, context: Context
    ) -> Interpretation:
        """What a tap asks; "none of these" names nothing. What it leaves open the turn before says, or is asked."""
        if topic is None and not drugs:
            return Nothing(Unclear.NOT_UNDERSTOOD)
        topics = (topic,) if topic else context.topics
        if not topics:
            return Unsure(Doubt.TOPIC, (), 1.0, drugs=drugs, population=population)
        possible = self._catalogue.drugs_of(topics[0])
        about = drugs or tuple(drug for drug in context.drugs if drug in possible)
        if possible and not about:
            options = tuple(Option("", topics[0], drug, population) for drug in possible)
            return Unsure(Doubt.DRUG, options, 1.0, topics=topics, population=population)
        return Asked(topics, about, "chosen", 1.0, population=population)

    def _unreadable(self, reading: Reading) -> Interpretation | None:
        normalised = reading.normalised
        if not normalised.tokens:
            return Nothing(Unclear.EMPTY, reading.trace("no words"))
        if len({mention.keys for mention in reading.mentions}) > MOST_NAMES:
            return Nothing(Unclear.TOO_MANY, reading.trace("too many names"))
        if normalised.latin < normalised.letters / 2:
            return Nothing(Unclear.OTHER_LANGUAGE, reading.trace("not in Latin letters"))
        return None

    def _declined(self, choice: Choice) -> Interpretation | None:
        """A drug or disease that is not covered is declined by name, whatever else the question holds."""
        reading, thread = choice.reading, choice.thread
        for mention in reading.mentions:
            if mention.sort is not Sort.FOREIGN or mention.how == "unclear":
                continue
            list_name, key = mention.key.split(".", 1)
            foreign = self._catalogue.foreign[list_name].entries[key]
            if not (list_name == DRUGS and thread.is_background(mention, companion=foreign.companion)):
                topics = tuple(one.label for one in reading.topics[:1] if one.score >= self._limits.threshold)
                return Declined(list_name, key, reading.trace(f"{foreign.name} is not covered"), topics, thread.drugs)
        return None

    def _unclear_name(self, choice: Choice) -> Interpretation | None:
        for mention in choice.reading.mentions:
            if mention.how == "unclear":
                drugs = [key for key in mention.keys if key in self._catalogue.drugs]
                topic = next(iter(choice.sure()), None)
                options = tuple(Option("", topic, drug, choice.thread.population) for drug in drugs)
                trace = choice.reading.trace("a name lies between several")
                return Unsure(Doubt.NAME, options, 0.0, trace, word=mention.text)
        return None

    def _talk(self, reading: Reading) -> Interpretation | None:
        """Small talk, where no part of the message asks anything about a drug."""
        if reading.mentions or reading.unexplained:
            return None
        sure = [one for one in reading.questions if one.score >= self._limits.talk]
        talk = [one for one in sure if one.label.startswith(TALK)]
        asked = [one for one in reading.topics if self._catalogue.drugs_of(one.label)]
        if talk and (not asked or asked[0].score <= talk[0].score * self._limits.alone):
            return Talk(talk[0].label.removeprefix(TALK), talk[0].score, reading.trace("small talk"))
        return None

    def _gap(self, choice: Choice) -> Interpretation | None:
        """Something within the subject of which the sources say nothing. A group without figures comes before it."""
        aspects = choice.reading.keys(Sort.ASPECT)
        if not aspects or choice.thread.is_silent or not (choice.thread.drugs or choice.reading.keys(Sort.POPULATION)):
            return None
        topic = choice.sure(within=self._catalogue.aspects[aspects[0]].see)[:1]
        drugs = choice.thread.drugs or tuple(self._catalogue.drugs)
        return self._of(choice, topic, drugs, "an aspect that the sources do not hold", aspect=aspects[0])

    def _about_studies(self, choice: Choice) -> Interpretation | None:
        """A named study of the drug in question; where the name fits studies of both drugs, that of the one named.

        Not on a group that the study was not of: then the question is on that group.
        """
        topic, drugs = self._catalogue.study_topic, choice.thread.drugs
        named = choice.reading.keys(Sort.STUDY)
        studies = tuple(key for key in named if not drugs or self._catalogue.studies[key].drug in drugs)
        if topic is None or not studies or not all(self._is_of_group(choice, key) for key in studies):
            return None
        about = tuple(dict.fromkeys(self._catalogue.studies[key].drug for key in studies))
        return replace(self._of(choice, (topic,), about, "a named study"), studies=studies)

    def _is_of_group(self, choice: Choice, study: str) -> bool:
        record = self._catalogue.studies[study]
        return not choice.thread.is_special or choice.thread.population in {record.population, *record.mix}

    def _asked(self, choice: Choice) -> Interpretation:
        """A question on one topic or more, if that is sure; else what to ask back."""
        if choice.thread.drugs and is_patient_specific(choice.reading.text):
            if choice.blocking_word:
                return self._unsure(Doubt.WORD, choice)
            return self._for_drugs(choice, choice.for_one_patient)
        if not choice.thread.own_words or not choice.is_sure:
            return self._too_weak(choice)
        if choice.blocking_word:
            return self._unsure(Doubt.WORD, choice)
        if not choice.topics:
            return self._unsure(Doubt.MEANING, choice)
        return self._for_drugs(choice, choice.topics)

    def _too_weak(self, choice: Choice) -> Interpretation:
        """No topic is sure: the turn before may say it, the drug alone asks back, else nothing was understood."""
        thread = choice.thread
        if thread.continues or thread.may_continue:
            return self._for_drugs(choice, thread.context.topics)
        if choice.usual:
            return self._for_drugs(choice, (choice.usual,))
        if thread.named_drugs and not choice.reading.unexplained:
            return self._unsure(Doubt.TOPIC, choice)
        if thread.drugs and choice.offered and not choice.reading.is_strange:
            return self._unsure(Doubt.WORDS, choice)
        if choice.reading.words_left <= 2 and thread.points_back:
            return Nothing(Unclear.LOST_THREAD, choice.reading.trace("a follow-up without anything before it"))
        return Nothing(Unclear.NOT_UNDERSTOOD, choice.reading.trace("no topic fits"))

    def _for_drugs(self, choice: Choice, topics: tuple[str, ...]) -> Interpretation:
        """The topics for the drugs in question; asks which drug where none is known."""
        drugs = choice.thread.drugs_for(topics[0])
        if drugs or not any(self._catalogue.drugs_of(topic) for topic in topics):
            return self._of(choice, topics, drugs, "")
        return Unsure(
            Doubt.DRUG,
            tuple(Option("", topics[0], drug, choice.thread.population) for drug in self._askable(choice, topics[0])),
            choice.score,
            self._trace(choice, "asks back: which drug"),
            topics=topics,
            population=choice.thread.population,
            patient_specific=is_patient_specific(choice.reading.text),
        )

    def _askable(self, choice: Choice, topic: str) -> list[str]:
        """The drugs that a topic may be offered for."""
        return [drug for drug in self._catalogue.drugs_of(topic) if drug not in choice.thread.excluded]

    def _of(
        self, choice: Choice, topics: tuple[str, ...], drugs: tuple[str, ...], reason: str, aspect: str | None = None
    ) -> Asked:
        return Asked(
            topics=topics,
            drugs=drugs,
            how=choice.thread.how,
            confidence=choice.score,
            trace=self._trace(choice, reason),
            population=choice.thread.population,
            aspect=aspect,
            carried=choice.thread.carried,
            left_out=choice.thread.left_out,
            own_drugs=choice.own_drugs if len(topics) > 1 else (),
            corrected=choice.thread.corrected,
            patient_specific=is_patient_specific(choice.reading.text),
        )

    def _unsure(self, doubt: Doubt, choice: Choice) -> Unsure:
        return Unsure(
            doubt,
            choice.options if choice.thread.own_words else (),
            choice.score,
            self._trace(choice, f"asks back: {doubt}"),
            word=choice.blocking_word,
            topics=choice.offered,
            drugs=choice.thread.drugs,
            population=choice.thread.population,
            patient_specific=is_patient_specific(choice.reading.text),
        )

    def _trace(self, choice: Choice, reason: str) -> Trace:
        return choice.reading.trace(reason, self._limits.threshold, self._limits.margin)

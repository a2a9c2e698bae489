"""From a question and what went before it to what is asked, or why that is not sure."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.context import Context
from bot.domain.interpretation import (
    Asked,
    Declined,
    Doubt,
    Interpretation,
    Nothing,
    Scored,
    Sort,
    Talk,
    Unclear,
    Unsure,
)
from bot.domain.reply import How, Option
from bot.matching.index import TALK, Index
from bot.matching.patient import is_patient_specific
from bot.matching.reading import Reading, read
from bot.matching.thread import Thread

LONGEST = 1_000
"""Letters in a question. Longer messages are not questions."""
MOST_NAMES = 14
"""Different names in a question. More is a list, not a question."""
DRUGS = "drugs"
"""The list of out_of_scope that holds drugs; the others hold diseases and the like."""
MOST_OPTIONS = 4
MOST_QUESTIONS = 3


class Interpreter:
    """Understands questions about one catalogue. Pure: the same question and context give the same reading."""

    def __init__(self, catalogue: Catalogue, index: Index) -> None:
        self._catalogue = catalogue
        self._index = index
        self._limits = catalogue.limits

    def interpret(self, question: str, context: Context) -> Interpretation:
        """What the question asks. The order of the steps is the order of safety: declining comes before answering."""
        if unread := _unread(question):
            return Nothing(unread)
        reading = read(question, self._catalogue, self._index)
        thread = Thread(self._catalogue, reading, context)
        return (
            self._unreadable(reading)
            or self._declined(reading, thread)
            or self._unclear_name(reading, thread)
            or self._talk(reading)
            or self._gap(reading, thread)
            or self._asked(reading, thread)
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

    def _declined(self, reading: Reading, thread: Thread) -> Interpretation | None:
        """A drug or disease that is not covered is declined by name, whatever else the question holds."""
        for mention in reading.mentions:
            if mention.sort is not Sort.FOREIGN or mention.how == "unclear":
                continue
            list_name, entry = mention.key.split(".", 1)
            foreign = self._catalogue.foreign[list_name].entries[entry]
            beside = foreign.companion and thread.is_beside(mention)
            if not (beside or (list_name == DRUGS and thread.is_history(mention))):
                topics = tuple(one.label for one in reading.topics[:1] if one.score >= self._limits.threshold)
                return Declined(list_name, entry, reading.trace(f"{foreign.name} is not covered"), topics, thread.drugs)
        return None

    def _unclear_name(self, reading: Reading, thread: Thread) -> Interpretation | None:
        for mention in reading.mentions:
            if mention.how == "unclear":
                drugs = [key for key in mention.keys if key in self._catalogue.drugs]
                topics = self._sure_topics(thread) or (None,)
                options = tuple(Option("", topic, drug, thread.population) for drug in drugs for topic in topics[:1])
                trace = reading.trace("a name lies between several")
                return Unsure(Doubt.NAME, options, 0.0, trace, word=mention.text)
        return None

    def _talk(self, reading: Reading) -> Interpretation | None:
        """Small talk, where no part of the message asks anything about a drug."""
        if reading.mentions or reading.unexplained:
            return None
        sure = [one for one in reading.questions if one.score >= self._limits.talk]
        talk = [one for one in sure if one.label.startswith(TALK)]
        asked = [one for one in sure if one not in talk and self._catalogue.drugs_of(one.label)]
        if talk and not asked:
            key = talk[0].label.removeprefix(TALK)
            return Talk(key, talk[0].score, reading.trace("small talk"))
        return None

    def _gap(self, reading: Reading, thread: Thread) -> Interpretation | None:
        """Something within the subject of which the sources say nothing."""
        aspects = reading.keys(Sort.ASPECT)
        drugs = thread.drugs or tuple(self._catalogue.drugs)
        if not aspects or not (thread.drugs or reading.keys(Sort.POPULATION)):
            return None
        topics = self._sure_topics(thread, within=self._catalogue.aspects[aspects[0]].see)
        return Asked(
            topics=topics[:1],
            drugs=drugs,
            how=thread.how,
            confidence=1.0,
            trace=reading.trace("an aspect that the sources do not hold"),
            population=thread.population,
            aspect=aspects[0],
            carried=thread.carried,
            corrected=thread.corrected,
            patient_specific=is_patient_specific(reading.text),
        )

    def _asked(self, reading: Reading, thread: Thread) -> Interpretation:
        if studies := reading.keys(Sort.STUDY):
            return self._about_studies(reading, thread, studies)
        ranked = thread.ranked()
        best = ranked[0] if ranked else Scored("", 0.0)
        if thread.drugs and is_patient_specific(reading.text):
            return self._for_drugs(reading, thread, self._for_one_patient(reading, thread, ranked), best.score)
        if not thread.own_words or not self._is_sure(reading, thread, ranked):
            return self._too_weak(reading, thread, ranked)
        if not thread.is_special and (word := self._blocking_word(reading, best.score)):
            return self._unsure(Doubt.WORD, reading, thread, ranked, word=word)
        topics = self._topics(reading, ranked)
        if not topics:
            return self._unsure(Doubt.MEANING, reading, thread, ranked)
        return self._for_drugs(reading, thread, topics, best.score)

    def _is_sure(self, reading: Reading, thread: Thread, ranked: tuple[Scored, ...]) -> bool:
        """Whether the best topic may be answered. Without a drug, only a question back can come of it."""
        if not ranked:
            return False
        best, limits = ranked[0].score, self._limits
        if thread.named_drugs and reading.all_taught and best >= limits.taught_threshold:
            return best >= limits.threshold or len(ranked) == 1 or ranked[1].score <= best * limits.alone
        if thread.drugs or len(self._catalogue.drugs_of(ranked[0].label)) <= 1:
            return best >= limits.threshold
        return best >= limits.bare_threshold

    def _blocking_word(self, reading: Reading, score: float) -> str:
        """The first word that must be explained before an answer is given; empty where there is none."""
        blocking = [one.word for one in reading.unexplained if one.grave or score < self._limits.rare_word]
        return blocking[0] if blocking else ""

    def _for_one_patient(self, reading: Reading, thread: Thread, ranked: tuple[Scored, ...]) -> tuple[str, ...]:
        """What bears on a decision for one patient: the topics that fit, else those that weigh decisions."""
        known = [one for one in reading.questions[1:] if one.label in self._catalogue.topics]
        parts = [one for one in known if thread.is_possible(one.label)]
        fitting = [one.label for one in (*ranked[:2], *parts) if one.score >= self._limits.threshold]
        for population in reading.keys(Sort.POPULATION):
            group = self._catalogue.populations[population]
            fitting += group.see[:1] if group.tells_topic else ()
        deciding = [
            key
            for key, topic in self._catalogue.topics.items()
            if topic.decision and set(self._catalogue.drugs_of(key)) & set(thread.drugs)
        ]
        weak = [one.label for one in (*ranked[:2], *parts) if one.score >= self._limits.weak]
        return tuple(dict.fromkeys(fitting or (*deciding, *weak)))[:MOST_QUESTIONS]

    def _topics(self, reading: Reading, ranked: tuple[Scored, ...]) -> tuple[str, ...]:
        """The topics that are asked, in order; none where two that are far apart in sense lie too close in score."""
        whole = self._whole(ranked)
        possible = {one.label for one in ranked}
        parts = [one.label for one in reading.questions[1:] if one.score >= self._limits.second_question]
        asked = tuple(dict.fromkeys(label for label in parts if label in possible))
        if not asked or not whole:
            return whole
        return (asked if whole[0] in asked else (*whole[:1], *asked))[:MOST_QUESTIONS]

    def _whole(self, ranked: tuple[Scored, ...]) -> tuple[str, ...]:
        """What the message as a whole asks."""
        best, *others = ranked
        close = [one.label for one in others[:2] if one.score > best.score * (1 - self._limits.margin)]
        if set(close) - self._near(best.label):
            return ()
        return (best.label, *close)

    def _near(self, topic: str) -> set[str]:
        """Topics that a question may mean as well: next of kin, or what people ask next, in either direction."""
        topics = self._catalogue.topics
        pointing_here = {key for key, other in topics.items() if topic in (*other.kin, *other.next)}
        return pointing_here | {*topics[topic].kin, *topics[topic].next}

    def _for_drugs(
        self, reading: Reading, thread: Thread, topics: tuple[str, ...], confidence: float
    ) -> Interpretation:
        needs_drug = any(self._catalogue.drugs_of(topic) for topic in topics)
        drugs = thread.drugs_for(topics[0])
        patient_specific = is_patient_specific(reading.text)
        trace = reading.trace("", self._limits.threshold, self._limits.margin)
        if needs_drug and not drugs:
            options = tuple(Option("", topics[0], drug, thread.population) for drug in self._catalogue.drugs)
            return Unsure(
                Doubt.DRUG,
                options,
                confidence,
                trace,
                topics=topics,
                population=thread.population,
                patient_specific=patient_specific,
            )
        how: How = thread.how
        return Asked(
            topics=topics,
            drugs=drugs,
            how=how,
            confidence=confidence,
            trace=trace,
            population=thread.population,
            carried=thread.carried,
            corrected=thread.corrected,
            patient_specific=patient_specific,
        )

    def _about_studies(self, reading: Reading, thread: Thread, studies: tuple[str, ...]) -> Interpretation:
        """A named study; where one name fits studies of both drugs, that of the drug named."""
        fitting = tuple(key for key in studies if self._catalogue.studies[key].drug in (thread.drugs or ()))
        chosen = fitting or studies
        drugs = tuple(dict.fromkeys(self._catalogue.studies[key].drug for key in chosen))
        return Asked(("studies",), drugs, thread.how, 1.0, reading.trace("a named study"), studies=chosen)

    def _too_weak(self, reading: Reading, thread: Thread, ranked: tuple[Scored, ...]) -> Interpretation:
        """No topic is sure: the turn before may say it, the drug alone asks back, else nothing was understood."""
        if thread.continues or thread.may_continue:
            return self._for_drugs(reading, thread, thread.context.topics, 1.0)
        if usual := self._usual_topic(reading, thread):
            return self._for_drugs(reading, thread, (usual,), 1.0)
        if reading.unexplained and not (thread.named_drugs and ranked and ranked[0].score >= self._limits.option):
            return Nothing(Unclear.NOT_UNDERSTOOD, reading.trace("no topic fits"))
        if thread.named_drugs or (thread.drugs and ranked and ranked[0].score >= self._limits.option):
            return self._unsure(Doubt.TOPIC, reading, thread, ranked)
        if reading.words_left <= 2 and thread.points_back:
            return Nothing(Unclear.LOST_THREAD, reading.trace("a follow-up without anything before it"))
        return Nothing(Unclear.NOT_UNDERSTOOD, reading.trace("no topic fits"))

    def _usual_topic(self, reading: Reading, thread: Thread) -> str | None:
        """What a question on a special group usually means, where it names one of our drugs and no topic."""
        for key in reading.keys(Sort.POPULATION) if thread.drugs else ():
            group = self._catalogue.populations[key]
            if group.see and (group.tells_topic or not group.general_figure):
                return group.see[0]
        return None

    def _unsure(
        self, doubt: Doubt, reading: Reading, thread: Thread, ranked: tuple[Scored, ...], word: str = ""
    ) -> Unsure:
        topics = [one.label for one in ranked if one.score >= self._limits.option][:MOST_OPTIONS]
        drugs = thread.drugs or tuple(self._catalogue.drugs)
        options = tuple(
            Option("", topic, drug, thread.population)
            for topic in topics
            for drug in (thread.drugs_for(topic) or self._catalogue.drugs_of(topic) or (None,))
            if drug in (None, *drugs)
        )
        return Unsure(
            doubt,
            options[:MOST_OPTIONS],
            ranked[0].score if ranked else 0.0,
            reading.trace(f"asks back: {doubt}", self._limits.threshold, self._limits.margin),
            word=word,
            topics=tuple(topics),
            drugs=thread.drugs,
            population=thread.population,
            patient_specific=is_patient_specific(reading.text),
        )

    def _sure_topics(self, thread: Thread, within: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The topic that fits best, if it is sure (and one of these); else that of the turn before, or the first."""
        sure = [one.label for one in thread.ranked()[:1] if one.score >= self._limits.threshold]
        if within:
            return tuple(label for label in sure if label in within) or within[:1]
        return tuple(sure) or thread.context.topics[:1]


def _unread(question: str) -> Unclear | None:
    if not question.strip():
        return Unclear.EMPTY
    return Unclear.TOO_LONG if len(question) > LONGEST else None

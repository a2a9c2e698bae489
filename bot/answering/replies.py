"""From what was asked to a reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from bot.answering.options import MOST_FOLLOW_UPS, Options
from bot.answering.stating import PRESENT, Cell, Statements
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context
from bot.domain.interpretation import (
    Asked,
    Declined,
    Interpretation,
    Nothing,
    Talk,
    Unclear,
    Unsure,
)
from bot.domain.reply import (
    Answered,
    Clarification,
    NotReported,
    NotUnderstood,
    Option,
    OutOfScope,
    Refused,
    Reply,
    SmallTalk,
    Stated,
    Understood,
)

ENOUGH_FAILURES = 1
"""After so many questions in a row that were not understood, the list of topics is shown instead of another guess."""


class Replies:
    """Makes replies out of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._messages = catalogue.messages
        self._options = Options(catalogue)
        self._statements = Statements(catalogue)

    def to(self, interpretation: Interpretation, context: Context) -> Reply:
        """The reply to what was asked."""
        match interpretation:
            case Asked():
                return self._to_asked(interpretation)
            case Unsure():
                return self._to_unsure(interpretation)
            case Declined():
                return self._to_declined(interpretation)
            case Talk(key=key, confidence=confidence):
                return self._to_talk(key, confidence)
            case Nothing():
                return self._to_nothing(interpretation, context)
            case _:
                assert_never(interpretation)

    def expired(self) -> Refused:
        """A tap on what is no longer there."""
        return Refused(Understood("chosen"), self._messages.expired)

    def _to_asked(self, asked: Asked) -> Answered | NotReported:
        cells = tuple(dict.fromkeys(self._cells(asked)))
        stated = tuple(self._statements.of_study(key) for key in asked.studies) or tuple(
            map(self._statements.of, cells)
        )
        understood = self._understood(asked)
        notice = self._messages.patient_notice if asked.patient_specific else None
        options = self._options.after(stated)
        if any(one.state in PRESENT for one in stated):
            return Answered(understood, _present_first(stated), options, notice)
        nearby = tuple(near for cell in cells for near in self._nearby(cell, stated))
        options = tuple(dict.fromkeys((*self._see(asked), *options)))[:MOST_FOLLOW_UPS]
        return NotReported(understood, stated, nearby, self._heading(asked), options, notice)

    def _heading(self, asked: Asked) -> str:
        """Introduces what is offered beside a gap: never as if it held for the group that was asked about."""
        if asked.population and not asked.aspect:
            name = self._catalogue.populations[asked.population].name
            return self._messages.nearby_for_others.format(population=name)
        return self._messages.nearby

    def _nearby(self, cell: Cell, stated: tuple[Stated, ...]) -> tuple[Stated, ...]:
        """What stands beside a gap of one group or aspect: this topic for other patients."""
        return self._statements.nearby(cell, stated) if cell.population or cell.aspect else ()

    def _see(self, asked: Asked) -> tuple[Option, ...]:
        """What a group or aspect points to instead."""
        population = self._catalogue.populations.get(asked.population or "")
        aspect = self._catalogue.aspects.get(asked.aspect or "")
        see = (*(aspect.see if aspect else ()), *(population.see if population else ()))
        return self._options.for_topics(
            (topic for topic in dict.fromkeys(see) if topic not in asked.topics), asked.drugs
        )

    def _cells(self, asked: Asked) -> Iterator[Cell]:
        for topic, drug in _pairs(asked):
            possible = self._catalogue.drugs_of(topic)
            if not possible:
                drug = None  # noqa: PLW2901  (the topic is about no drug)
            elif drug not in possible:
                continue
            yield Cell(topic, drug, asked.population, asked.aspect)
            silent = self._catalogue.state_of(drug, topic) not in PRESENT
            if silent and not (asked.aspect or self._is_special(asked.population) or asked.how == "chosen"):
                yield from self._kin(topic, drug, asked.population)

    def _is_special(self, population: str | None) -> bool:
        return population is not None and not self._catalogue.populations[population].general_figure

    def _kin(self, topic: str, drug: str | None, population: str | None) -> Iterator[Cell]:
        """The topics next of kin that do hold an answer, where the one that was asked does not."""
        for other in self._catalogue.topics[topic].kin:
            if self._catalogue.state_of(drug, other) in PRESENT:
                yield Cell(other, drug, population)

    def _understood(self, asked: Asked) -> Understood:
        notes = [self._messages.corrected.format(word=word, name=name) for word, name in asked.corrected]
        if asked.carried:
            notes.append(self._messages.carried.format(what=", ".join(asked.carried)))
        if asked.left_out:
            notes.append(self._messages.left_out.format(what=", ".join(asked.left_out)))
        return Understood(asked.how, asked.topics, asked.drugs, asked.population, asked.confidence, tuple(notes))

    def _to_unsure(self, unsure: Unsure) -> Clarification:
        understood = Understood("exact", unsure.topics, unsure.drugs, unsure.population, unsure.confidence)
        drugs = " / ".join(self._catalogue.drugs[drug].name for drug in unsure.drugs)
        topic = self._catalogue.topics[unsure.topics[0]].title if unsure.topics else ""
        asks = getattr(self._messages, unsure.doubt).format(word=unsure.word, drug=drugs, topic=topic)
        options = tuple(self._labelled(option) for option in unsure.options) or self._overview(unsure.drugs)
        notice = self._messages.patient_notice if unsure.patient_specific else None
        none = Option(self._messages.none_of_these, None, None)
        return Clarification(understood, asks, (*options, none), notice)

    def _labelled(self, option: Option) -> Option:
        if option.topic is None:
            name = self._catalogue.drugs[option.drug].name if option.drug else ""
            return replace(option, label=name.capitalize())
        return self._options.one(option.topic, option.drug, option.population)

    def _overview(self, drugs: Sequence[str]) -> tuple[Option, ...]:
        """What is asked most of the drugs, where nothing better is known."""
        topics = dict.fromkeys(example.topic for example in self._messages.examples)
        return self._options.for_topics(topics, drugs)[:4] if drugs else self._options.examples()

    def _to_declined(self, declined: Declined) -> OutOfScope:
        foreign = self._catalogue.foreign[declined.list_name]
        entry = foreign.entries[declined.key]
        text = (entry.says or foreign.says).format(name=entry.name)
        options = self._options.for_topics(declined.topics, declined.drugs) if declined.drugs else ()
        return OutOfScope(Understood("exact", declined.topics, declined.drugs), text, options)

    def _to_talk(self, key: str, confidence: float) -> SmallTalk:
        talk = self._catalogue.small_talk[key]
        covers = ", ".join(drug.name for drug in self._catalogue.drugs.values())
        options = self._overview(()) if talk.examples else ()
        return SmallTalk(Understood("exact", confidence=confidence), talk.reply.format(covers=covers), options)

    def _to_nothing(self, nothing: Nothing, context: Context) -> Refused | NotUnderstood:
        understood = Understood("exact")
        match nothing.why:
            case Unclear.EMPTY | Unclear.TOO_LONG | Unclear.TOO_MANY:
                return Refused(understood, getattr(self._messages, nothing.why))
            case Unclear.IDENTIFIER:
                what = getattr(self._messages, nothing.seen)
                return Refused(understood, self._messages.identifier.format(what=what))
            case Unclear.NOT_UNDERSTOOD if context.failures >= ENOUGH_FAILURES:
                listed = (topic for _, topics in self._catalogue.topic_groups for topic in topics)
                topics = "\n".join(f"• {self._catalogue.topics[topic].title}" for topic in listed)
                return NotUnderstood(understood, f"{self._messages.not_understood_twice}\n{topics}", self._overview(()))
            case _:
                return NotUnderstood(understood, getattr(self._messages, nothing.why), self._overview(()))


def _pairs(asked: Asked) -> Iterator[tuple[str, str | None]]:
    """Each topic with each of its drugs: its own where the parts of a message ask of different drugs."""
    own = dict(asked.own_drugs)
    for topic in asked.topics:
        for drug in own.get(topic, asked.drugs) or (None,):
            yield topic, drug


def _present_first(stated: tuple[Stated, ...]) -> tuple[Stated, ...]:
    return tuple(sorted(stated, key=lambda one: one.state not in PRESENT))

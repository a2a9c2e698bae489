"""What a reply to a near miss is worth: three things are never tolerated, the rest is counted."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from bot.adversary.world import Probe
from bot.answering.engine import BLANK, Engine
from bot.answering.stating import PRESENT
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, Clarification, NotReported, Reply, Stated


class Verdict(StrEnum):
    """From best to worst; from `WRONG_DRUG` on, never tolerated."""

    RIGHT = "right topic"
    ONE_TAP = "in one tap"
    ASKED = "asked back"
    DECLINED = "declined"
    DRIFTED = "other topic"
    WRONG_DRUG = "WRONG DRUG"
    NOT_COVERED = "NOT COVERED"
    INVENTED = "INVENTED"
    FLIPPED = "FLIPPED"


INTOLERABLE = (Verdict.WRONG_DRUG, Verdict.NOT_COVERED, Verdict.INVENTED, Verdict.FLIPPED)


class Judge:
    """Puts probes to an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._topics_of = cache(lambda text: _topics(_figures(engine.reply_to(text).reply)))

    def reply_to(self, probe: Probe) -> Reply:
        """The reply to the last turn."""
        context = BLANK
        for text in probe.turns:
            turn = self._engine.reply_to(text, context)
            context = turn.context
        return turn.reply

    def verdict(self, probe: Probe, reply: Reply) -> Verdict:
        """How the reply fares."""
        figures = _figures(reply)
        if not isinstance(reply, Answered) or not figures:
            return _without_figures(probe, reply)
        if fault := self._fault(probe, figures):
            return fault
        return Verdict.RIGHT if probe.topic in _topics(reply.stated) else Verdict.DRIFTED

    def _fault(self, probe: Probe, figures: tuple[Stated, ...]) -> Verdict | None:
        if not probe.drugs:
            return Verdict.NOT_COVERED
        if any(one.drug not in probe.drugs for one in figures):
            return Verdict.WRONG_DRUG
        if probe.population and not all(_holds(self._engine.catalogue, one) for one in figures):
            return Verdict.INVENTED
        if probe.as_plain and not _topics(figures) & self._near(self._topics_of(probe.as_plain) | {probe.topic}):
            return Verdict.FLIPPED
        return None

    def _near(self, topics: frozenset[str]) -> frozenset[str]:
        """The topics, and those that border on them."""
        known = self._engine.catalogue.topics
        return topics | {near for topic in topics for near in (*known[topic].kin, *known[topic].next)}


def _figures(reply: Reply) -> tuple[Stated, ...]:
    """What is stated as the answer and is about a drug. What stands beside a gap is marked as not the answer."""
    stated = reply.stated if isinstance(reply, Answered) else ()
    return tuple(one for one in stated if one.state in PRESENT and one.drug)


def _topics(stated: tuple[Stated, ...]) -> frozenset[str]:
    return frozenset(one.topic for one in stated)


def _without_figures(probe: Probe, reply: Reply) -> Verdict:
    if isinstance(reply, NotReported):
        fits = probe.topic in _topics(reply.stated) or not probe.drugs
        return Verdict.RIGHT if fits else Verdict.DRIFTED
    if isinstance(reply, Clarification):
        offered = any(option.topic == probe.topic for option in reply.options)
        return Verdict.ONE_TAP if offered else Verdict.ASKED
    return Verdict.DECLINED


def _holds(catalogue: Catalogue, stated: Stated) -> bool:
    """Whether the answer is for a group that no general figure may stand for, and the content has it for that group."""
    answer, group = catalogue.answers.get((stated.drug, stated.topic)), stated.population
    if answer is None or group is None or catalogue.populations[group].general_figure:
        return False
    return group in answer.populations or any(finding.population == group for finding in answer.findings.values())

"""What can be asked, and how people ask it; talk beside the subject, and from when on a reading is sure enough."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.domain.record import Record
from bot.domain.sentence import Plain, Said

ChartName = Literal["response", "relapse", "times", "neuropathy", "comparison"]
"""The pictures that can be drawn."""


class Topic(Record):
    """One intent: intents/TOPIC.yaml."""

    title: Plain
    """What it is about, in a few words: heads the answer and names the button."""
    question: Annotated[str, Said(("drug",))]
    """A question of this kind, with {drug} where the drug stands: shown as an example."""
    drugs: tuple[str, ...] | None = None
    """Keys of the drugs that it can be asked of. Left out: all of them. Empty: it is not about a drug."""
    about: str | None = None
    """Where a question names several drugs: the one that it is about ("lenalidomide after thalidomide")."""
    names_studies: bool = False
    """The topic of a question that names a study: one topic at most."""
    decision: bool = False
    """Answers what to do for one patient, where the question asks nothing more particular."""
    overview: bool = False
    """Compares the drugs as a whole: where a question on both drugs also fits a topic of its own, that one answers."""
    kin: tuple[str, ...] = ()
    """Topics so near that a question which leaves open which of them it means is answered with both."""
    next: tuple[str, ...] = ()
    """Topics that people ask next: the buttons under the answer."""
    chart: ChartName | None = None
    """The picture that shows it: a button under the answer, where the studies give something to draw."""
    phrases: tuple[str, ...] = Field(min_length=3)
    """How people ask it. {drug} stands for any drug, {companion} for a drug given beside it."""


class SmallTalk(Record):
    """Talk beside the subject: intents/small_talk/KEY.yaml."""

    reply: Annotated[str, Said(("covers",))]
    """What the bot says. {covers} is the list of what it covers."""
    examples: bool = False
    """Whether example questions are offered as buttons."""
    judged: bool = False
    """Whether readers may say what they think of the reply: it says more than a greeting."""
    phrases: tuple[str, ...] = Field(min_length=3)
    """How people say it."""


class Limits(Record):
    """intents/limits.yaml: from when on a reading is sure enough. Scores run from 0 to 1."""

    threshold: float = Field(ge=0, le=1)
    """Score that the best topic must reach where the question, or the turn before it, names a drug."""
    bare_threshold: float = Field(ge=0, le=1)
    """The same where no drug is known: nothing else vouches that the question belongs here."""
    margin: float = Field(ge=0, le=1)
    """By which share of its score the best topic must lie above the second. Kin are answered together instead."""
    taught_threshold: float = Field(ge=0, le=1)
    """The same where the question names a drug, every word in it was taught, and no other topic comes near."""
    alone: float = Field(ge=0, le=1)
    """How near is near, for that: the share of the best score that the second may reach."""
    weak: float = Field(ge=0, le=1)
    """Score from which on a topic is answered beside others for one patient, or named where a group has a gap."""
    rare_word: float = Field(ge=0, le=1)
    """Score from which on a rare English word needs no explanation, unless it stands where a name would stand."""
    talk: float = Field(ge=0, le=1)
    """Score that small talk must reach."""
    second_question: float = Field(ge=0, le=1)
    """Score from which on a part of the message counts as a question of its own."""
    option: float = Field(ge=0, le=1)
    """Score from which on a topic is offered when the bot asks back."""
    thread_bonus: float = Field(ge=0, le=1)
    """What a short follow-up adds to the score of topics that are near the one before."""

"""What can be asked, how people ask it, and every other sentence that the bot says."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bot.domain.record import Record

ChartName = Literal["response", "relapse", "times", "neuropathy", "comparison"]
"""The pictures that can be drawn."""


class Topic(Record):
    """One intent: intents/TOPIC.yaml."""

    title: str
    """What it is about, in a few words: heads the answer and names the button."""
    question: str
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

    reply: str
    """What the bot says. {covers} is the list of what it covers."""
    examples: bool = False
    """Whether example questions are offered as buttons."""
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


class Example(Record):
    """A question shown as an example, with what it asks."""

    text: str
    """The question."""
    topic: str
    """Its topic."""
    drug: str
    """Key of its drug."""


class Messages(Record):
    """intents/messages.yaml: every other sentence that the bot says.

    The names in braces are filled in by the bot.
    """

    disclaimer: str
    """Footer of every answer, in four words: nobody has reviewed the content clinically."""
    patient_notice: str
    """Stands on every answer to a question about one patient."""
    which_drug: str
    """Asks which drug. {topic}"""
    which_topic: str
    """Asks what is wanted of a drug. {drug}"""
    which_meaning: str
    """Asks which of several readings is meant."""
    which_name: str
    """Asks which drug a misspelt name means. {word}"""
    none_of_these: str
    """Label of the last option of a question back."""
    unknown_word: str
    """Asks back because of a word nobody placed. {word}"""
    not_understood: str
    """Nothing was understood."""
    not_understood_twice: str
    """Nothing was understood, again: leads to the list of topics."""
    other_language: str
    """The message is not in English."""
    lost_thread: str
    """A follow-up without anything before it."""
    not_text: str
    """A photo, sticker or the like."""
    empty: str
    """There was nothing to read in the message."""
    too_long: str
    """The message is too long."""
    too_many: str
    """The message names more than can be answered at once."""
    expired: str
    """A button of an older version."""
    failed: str
    """Something went wrong on our side."""
    corrected: str
    """Says how a misspelt name was read. {word} {name}"""
    carried: str
    """Says what was taken from the turn before. {what}"""
    left_out: str
    """Says which groups of the question the answer does not take up. {what}"""
    wider_figure: str
    """The figure is for a wider group. {population} {wider}"""
    not_for_population: str
    """The sources give no figure for the population asked about. {topic} {drug} {population}"""
    no_such_figure: str
    """The sources say nothing on the aspect asked about. {aspect} {drug}"""
    not_reported: str
    """The sources give no such figure. {topic} {drug}"""
    not_curated: str
    """Not entered yet. {topic} {drug}"""
    nearby: str
    """Introduces what stands near a gap."""
    nearby_for_others: str
    """The same where the gap is for a group of patients: what follows is not for them. {population}"""
    start: str
    """/start: five lines."""
    topics: str
    """Introduces the list of topics."""
    about: str
    """/about: what the bot is and what it rests on. {version} is the content's."""
    privacy: str
    """/privacy: exactly what is kept, where and for how long. {minutes} is how long a thread lasts."""
    coverage: str
    """Introduces what is known of which drug. {version} is the content's, {cells} how many cells there are."""
    which_chart: str
    """Introduces the pictures that can be drawn."""
    chart_in_words: str
    """Heads the words that say what a picture shows."""
    which_studies: str
    """Asks of which drug the studies are wanted."""
    studies: str
    """Heads a list of studies. {what} is which, {number} how many."""
    no_studies: str
    """No study is of this kind. {what}"""
    feedback_thanks: str
    """Answers feedback, in at most 200 letters."""
    chart_label: str
    """Label of the button that shows the picture of an answer."""
    feedback_label: str
    """Label of the button that unfolds the five below."""
    useful_label: str
    """Feedback: the reply helped."""
    wrong_drug_label: str
    """Feedback: it was about another drug."""
    wrong_topic_label: str
    """Feedback: it was about something else."""
    wrong_figure_label: str
    """Feedback: the figure looks wrong; the editors are warned."""
    too_long_label: str
    """Feedback: too much to read."""
    share_label: str
    """Label of the button under an answer inserted in another chat: opens the same answer here."""
    nothing_to_share: str
    """What is offered where nothing that was typed in another chat has an answer: a way to the bot."""
    examples: tuple[Example, ...] = Field(min_length=3)
    """Example questions, shown as buttons at /start and where nothing better is known."""

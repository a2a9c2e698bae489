"""What can be asked, how people ask it, and every other sentence that the bot says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.domain.editing import EditorMessages
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


class Example(Record):
    """A question shown as an example, with what it asks."""

    text: Plain
    """The question."""
    topic: str
    """Its topic."""
    drug: str
    """Key of its drug."""


class TopicGroup(Record):
    """Topics that are read together, in order."""

    title: Plain
    """What they are about, in a word or two."""
    topics: tuple[str, ...] = Field(min_length=1)
    """Their names."""


class StateNames(Record):
    """What each kind of presence and absence is called, in a word or two."""

    reported: Plain
    """A figure or statement stands."""
    reported_none: Plain
    """The sources looked, and say that there was none."""
    not_measured: Plain
    """Nobody looked."""
    not_reported: Plain
    """The sources do not say."""
    not_curated: Plain
    """Nobody has entered it yet."""


class Messages(Record):
    """intents/messages.yaml: every other sentence that the bot says.

    The names in braces are filled in by the bot.
    """

    disclaimer: Plain
    """Footer of every answer, in four words: nobody has reviewed the content clinically."""
    withheld: Plain
    """Stands where a figure past its last day is not shown, and says why."""
    patient_notice: Plain
    """Stands on every answer to a question about one patient."""
    which_drug: Annotated[str, Said(("topic",))]
    """Asks which drug. {topic}"""
    which_topic: Annotated[str, Said(("drug",))]
    """Asks what is wanted of a drug. {drug}"""
    which_meaning: Plain
    """Asks which of several readings is meant."""
    which_name: Annotated[str, Said(("word",))]
    """Asks which drug a misspelt name means. {word}"""
    none_of_these: Plain
    """Label of the last option of a question back."""
    not_understood_of: Annotated[str, Said(("drug",))]
    """The words were not understood, and only the turn before says which drug is meant. Asks what is wanted. {drug}"""
    unknown_word: Annotated[str, Said(("word",))]
    """Asks back because of a word nobody placed. {word}"""
    not_understood: Plain
    """Nothing was understood."""
    not_understood_twice: Plain
    """Nothing was understood, again: leads to the list of topics."""
    other_language: Plain
    """The message is not in English."""
    lost_thread: Plain
    """A follow-up without anything before it."""
    not_text: Plain
    """A photo, sticker or the like."""
    empty: Plain
    """There was nothing to read in the message."""
    too_long: Plain
    """The message is too long."""
    too_many: Plain
    """The message names more than can be answered at once."""
    identifier: Annotated[str, Said(("what",))]
    """The message holds what could tell who a patient is. {what} is one of those below."""
    identifier_name: Plain
    """A person's name."""
    identifier_date: Plain
    """A date of birth or of a visit."""
    identifier_number: Plain
    """The number of a record or a person."""
    identifier_phone: Plain
    """A telephone number."""
    identifier_email: Plain
    """An e-mail address."""
    identifier_address: Plain
    """An address."""
    expired: Plain
    """A button of an older version."""
    failed: Plain
    """Something went wrong on our side."""
    corrected: Annotated[str, Said(("word", "name"))]
    """Says how a misspelt name was read. {word} {name}"""
    carried: Annotated[str, Said(("what",))]
    """Says what was taken from the turn before. {what}"""
    left_out: Annotated[str, Said(("what",))]
    """Says which groups of the question the answer does not take up. {what}"""
    wider_figure: Annotated[str, Said(("population", "wider"))]
    """The figure is for a wider group. {population} {wider}"""
    not_for_population: Annotated[str, Said(("topic", "drug", "population"))]
    """The sources give no figure for the population asked about. {topic} {drug} {population}"""
    no_such_figure: Annotated[str, Said(("aspect", "drug"))]
    """The sources say nothing on the aspect asked about. {aspect} {drug}"""
    not_reported: Annotated[str, Said(("topic", "drug"))]
    """The sources give no such figure. {topic} {drug}"""
    not_curated: Annotated[str, Said(("topic", "drug"))]
    """Not entered yet. {topic} {drug}"""
    nearby: Plain
    """Introduces what stands near a gap."""
    nearby_for_others: Annotated[str, Said(("population",))]
    """The same where the gap is for a group of patients: what follows is not for them. {population}"""
    gap_option: Annotated[str, Said(("label", "state"))]
    """Label of a button that leads to a gap. {label} is what it would be, {state} which kind of gap."""
    states: StateNames
    """What each kind of presence and absence is called."""
    start: Plain
    """/start: five lines."""
    help: Plain
    """/help: how to ask, and what the bot does not do."""
    topics: Plain
    """Introduces the list of topics."""
    topic_groups: tuple[TopicGroup, ...] = ()
    """The topics in the order in which they are listed."""
    other_topics: Plain
    """Heads the topics that stand in no group."""
    about: Annotated[str, Said(("version",))]
    """/about: what the bot is and what it rests on. {version} is the content's."""
    privacy: Annotated[str, Said(("minutes", "missed", "shown", "feedback", "contact"))]
    """/privacy: exactly what is kept, where and for how long. {minutes} is how long a thread lasts, {missed} what holds
    for questions that were not understood, {shown} for figures that were shown, {feedback} for how many days feedback
    is kept, {contact} whom to turn to."""
    missed_kept: Annotated[str, Said(("days",))]
    """In /privacy, where the words of questions that were not understood are kept. {days} is for how many days."""
    missed_not_kept: Plain
    """In /privacy, where they are not kept."""
    members_only: Annotated[str, Said(("number", "contact"))]
    """Refuses somebody who may not ask. {number} is their account's, {contact} whom to turn to."""
    inline_members_only: Plain
    """The same where the bot is called from another chat, as the label of a button: a few words."""
    inline_slow_down: Plain
    """Refuses for a moment, there, somebody who types very much: a few words, too."""
    slow_down: Plain
    """Refuses for a moment somebody who asks very much, in at most 200 letters."""
    invitation: Annotated[str, Said(("link", "days"))]
    """For editors: the link that lets one person in. {link} {days}"""
    invitation_used: Plain
    """Refuses an invitation that was used or has expired."""
    admitted: Plain
    """Greets somebody who came in with an invitation; the welcome follows."""
    came_in: Annotated[str, Said(("who", "number", "role"))]
    """For whoever made an invitation: it was used. {who} is how Telegram names the newcomer, {number} their account's,
    {role} as what they came in."""
    invitations_open: Annotated[str, Said(("number",))]
    """For editors: heads the invitations that may still be used. {number} is how many."""
    revoke_label: Annotated[str, Said(("name",))]
    """For editors: label of the button that makes an invitation void. {name}"""
    doubts: Annotated[str, Said(("number",))]
    """For editors: heads the figures that looked wrong to readers and that nobody has looked into. {number} is how
    many; the first few follow."""
    looked_into_label: Annotated[str, Said(("what",))]
    """For editors: label of the button that says that somebody has looked into one. {what}"""
    no_invitations: Plain
    """For editors: access is not by invitation."""
    owners_only: Plain
    """For editors: only an owner may do that."""
    members: Annotated[str, Said(("number",))]
    """For editors: heads the list of those who came with an invitation. {number} is how many."""
    dismissed: Annotated[str, Said(("number",))]
    """For owners: a member was dismissed. {number} is the account's."""
    no_member: Annotated[str, Said(("number",))]
    """For owners: nobody of this number came with an invitation. {number}"""
    status: Annotated[
        str,
        Said(("program", "running", "content", "loaded", "questions", "inbox", "outbox", "silent", "store")),
    ]
    """For editors, /status. {program} and {content} are versions, {running} and {silent} spans of time (the second one
    since Telegram was last heard of), {loaded} a moment, {questions} how many got a reply of each kind, {inbox} how
    many wait for an answer, {outbox} how many calls wait to be sent, {store} one of the two below."""
    store_writable: Plain
    """In /status: the database can be written."""
    store_failing: Plain
    """In /status: it cannot."""
    status_webhook_failing: Annotated[str, Said(("why", "number"))]
    """In /status, where Telegram posts updates and cannot: {why} in its own words, {number} how many wait there."""
    status_problems: Annotated[str, Said(("number",))]
    """In /status, where newer content is kept out: heads the first problems. {number} is how many there are."""
    coverage: Annotated[str, Said(("version", "cells"))]
    """Introduces what is known of which drug. {version} is the content's, {cells} how many cells there are."""
    which_chart: Plain
    """Introduces the pictures that can be drawn."""
    chart_in_words: Plain
    """Heads the words that say what a picture shows."""
    which_studies: Plain
    """Asks of which drug the studies are wanted."""
    studies: Annotated[str, Said(("what", "number"))]
    """Heads a list of studies. {what} is which, {number} how many."""
    studies_label: Plain
    """Label of the button under an answer that lists the studies."""
    no_studies: Annotated[str, Said(("what",))]
    """No study is of this kind. {what}"""
    feedback: Annotated[str, Said(("contact",))]
    """/feedback: how to give it. {contact} is whom else to turn to."""
    feedback_thanks: Plain
    """Answers feedback, in at most 200 letters."""
    chart_label: Plain
    """Label of the button that shows the picture of an answer."""
    feedback_label: Plain
    """Label of the button that unfolds those below."""
    useful_label: Plain
    """Feedback: the reply helped."""
    useless_label: Plain
    """Feedback: it did not."""
    should_answer_label: Plain
    """Feedback: what was asked has an answer, or may be answered."""
    wrong_drug_label: Plain
    """Feedback: it was about another drug."""
    wrong_topic_label: Plain
    """Feedback: it was about something else."""
    wrong_figure_label: Plain
    """Feedback: the figure looks wrong; the editors are warned."""
    too_long_label: Plain
    """Feedback: too much to read."""
    name_me_label: Plain
    """Label of the button with which a reader who doubts a figure lets the editors know who they are."""
    not_yours: Plain
    """Answers, in at most 200 letters, whoever else taps it."""
    named_thanks: Plain
    """Answers whoever did, in at most 200 letters: now the editors know."""
    figure_doubted: Plain
    """For editors: to a reader a figure looks wrong. The answer's name follows."""
    named_reader: Annotated[str, Said(("reader",))]
    """For editors: that reader may be asked. {reader} is how Telegram names them."""
    link_label: Plain
    """Label of the button under an answer that gives a link to it."""
    link: Annotated[str, Said(("link",))]
    """The link to an answer. {link}"""
    links: Plain
    """Heads the links to several answers, one a line."""
    share_label: Plain
    """Label of the button under an answer inserted in another chat: opens the same answer here."""
    nothing_to_share: Plain
    """What is offered where nothing that was typed in another chat has an answer: a way to the bot."""
    sources_differ: Plain
    """Stands before the sentence of an answer that is offered in another chat, where sources disagree."""
    shortened: Plain
    """Stands in an answer of which details were left out so that it fits one message: a button has all of it."""
    whole_label: Plain
    """Label of the button under such an answer that shows all of it."""
    continued: Annotated[str, Said(("title",))]
    """Heads a further message of a long answer. {title} is the heading of the first."""
    correction: Plain
    """Heads the message to a chat that was shown a figure which has been put right since."""
    correction_of_figure: Annotated[str, Said(("before", "after", "source"))]
    """A figure, or a sentence, that was wrong: both values, {before} and {after}, and where it stands, {source}."""
    correction_of_source: Annotated[str, Said(("before", "source"))]
    """A figure that stands, but was cited from another place. {before} {source}"""
    correction_withdrawn: Annotated[str, Said(("before", "source"))]
    """A figure that was wrong and is no longer shown. {before} is what it was, {source} where it was cited from."""
    correction_more: Plain
    """Stands below a long correction that does not name every figure."""
    corrections_stop_label: Plain
    """Label of the button under a correction that ends them for this chat."""
    corrections_start_label: Plain
    """Label of the button that begins them again."""
    corrections_on: Annotated[str, Said(("days",))]
    """/corrections: this chat gets them. {days} is for how long it is kept what was shown."""
    corrections_off: Plain
    """/corrections: this chat gets none."""
    corrections_none: Plain
    """/corrections, where the operator has none sent."""
    shown_kept: Annotated[str, Said(("days",))]
    """In /privacy, where it is kept for corrections which figures were shown where. {days} is for how long."""
    shown_not_kept: Plain
    """In /privacy, where that is not kept."""
    digest: Annotated[str, Said(("version",))]
    """For editors, once a week: heads what wants a look. {version} is the content's."""
    digest_withheld: Annotated[str, Said(("number",))]
    """In it: heads the sources past their last day. {number} is how many."""
    digest_overdue: Annotated[str, Said(("number",))]
    """In it: heads the sources that were to be looked at by now. {number}"""
    digest_due: Annotated[str, Said(("number", "days"))]
    """In it: heads the sources that fall due within {days} days. {number}"""
    digest_more: Annotated[str, Said(("number",))]
    """In it: how many more there are than are named. {number}"""
    digest_doubts: Annotated[str, Said(("number",))]
    """In it: how often readers found a figure wrong since the last one. {number}"""
    digest_missed: Annotated[str, Said(("number",))]
    """In it: how many questions were kept as missed since the last one. {number}"""
    editing: EditorMessages
    """What is said to editors who change the content in the chat."""
    examples: tuple[Example, ...] = Field(min_length=3)
    """Example questions, shown as buttons at /start and where nothing better is known."""

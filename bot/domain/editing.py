"""What the bot says to editors at work: a part of intents/messages.yaml."""

from __future__ import annotations

from typing import Annotated

from bot.domain.record import Record
from bot.domain.sentence import Plain, Said


class EditorMessages(Record):
    """Every sentence for editors who change the content in the chat. The names in braces are filled in by the bot."""

    only_editors: Plain
    """Answers a button that only editors may use, in at most 200 letters."""
    gone: Plain
    """The button, or what it belongs to, has expired, was used, or was never there; in at most 200 letters."""
    busy: Plain
    """The last change of this editor is still being tried out."""
    too_slow: Plain
    """What is tried out or published takes very long; it goes on, and what comes of it is told later."""
    dropped: Plain
    """What was in hand was discarded."""
    refused: Annotated[str, Said(("why",))]
    """Something could not be done, and nothing was changed. {why} is the reason in a sentence."""
    not_yaml: Plain
    """A document that was sent is no .yaml file."""
    too_large: Annotated[str, Said(("size",))]
    """A document that was sent is too large to be content. {size} is the most that is taken."""
    not_utf8: Plain
    """A document that was sent is no UTF-8 text."""
    not_fetched: Plain
    """A document that was sent could not be fetched from Telegram."""
    no_place: Annotated[str, Said(("name",))]
    """No file of the content is called so. {name} is the file's."""
    which_place: Annotated[str, Said(("name",))]
    """Asks where a file belongs; the places are buttons. {name} is the file's."""
    which_answer: Plain
    """How to name the answer that is to be edited, where the words behind /edit name none, or several."""
    edit_help: Annotated[str, Said(("path",))]
    """Goes with the file of an answer: how to send it back changed, and that a figure can be chosen. {path}"""
    no_figures: Plain
    """The answer has no figure that could be changed by itself."""
    which_figure: Annotated[str, Said(("answer",))]
    """Asks which figure of an answer is meant; the figures are buttons. {answer} is its title."""
    reply_to_an_answer: Plain
    """How to use /fix: in reply to one of the bot's answers."""
    new_value: Annotated[str, Said(("says", "value", "place"))]
    """Asks for the new value of a figure. {says} is what it is about, {value} how it is typed now, {place} its line."""
    no_difference: Plain
    """What was proposed changes nothing."""
    has_errors: Plain
    """Heads the errors that keep a change from being published."""
    proposed: Annotated[str, Said(("who",))]
    """Heads a change that was reviewed. {who} proposes it."""
    changed_meanwhile: Plain
    """Heads a change that was reviewed anew because the content had changed meanwhile."""
    differences: Annotated[str, Said(("number",))]
    """Heads the differences. {number}"""
    answers: Annotated[str, Said(("number",))]
    """Heads the answers that change. {number}"""
    was: Annotated[str, Said(("text",))]
    """How an answer read before. {text}"""
    now: Annotated[str, Said(("text",))]
    """How it reads with the change. {text}"""
    questions: Annotated[str, Said(("number", "worse"))]
    """Heads the test questions with another outcome. {number} is of all, {worse} of those that fare worse."""
    adversary: Annotated[str, Said(("verdict",))]
    """The verdict of the adversary. {verdict}"""
    objections: Plain
    """Heads what stands against a new way of asking."""
    may_not: Plain
    """A change that has no errors may not be published all the same: a test question or the adversary is against it."""
    all_of_it: Plain
    """Points at the document above a shortened review."""
    why: Plain
    """Asks for the reason of a change, in a sentence."""
    because: Annotated[str, Said(("why",))]
    """The reason that was given. {why}"""
    publish_label: Plain
    """Label of the button that publishes."""
    correct_label: Plain
    """Label of the button that publishes and says that what stood there was wrong."""
    drop_label: Plain
    """Label of the button that discards what is in hand."""
    handed_on: Annotated[str, Said(("number",))]
    """Another editor was asked to publish. {number} is how many were."""
    nobody_else: Plain
    """Another editor must publish, and there is none."""
    live: Annotated[str, Said(("version",))]
    """Published, and this version of the content answers now. {version}"""
    not_live_yet: Plain
    """Published, and not taken over by the running bot yet."""
    corrects: Annotated[str, Said(("number",))]
    """Below the first, of a correction: {number} chats were shown what it puts right, and are told."""
    published_by: Annotated[str, Said(("who",))]
    """Tells the one who proposed a change that another published it. {who}"""
    undone_by: Annotated[str, Said(("who",))]
    """Tells the other editors, where two must agree, that one of them has undone the newest edition. {who}"""
    dropped_by: Annotated[str, Said(("who",))]
    """The same where another discarded it. {who}"""
    undo_label: Plain
    """Label of the button that undoes the newest edition."""
    undo_now_label: Plain
    """Label of the button that undoes it once the difference has been seen."""
    undoing: Annotated[str, Said(("edition",))]
    """Heads what undoing the newest edition would change. {edition} says which it is."""
    nothing_to_undo: Plain
    """No edition was published, or the newest is another by now."""
    history: Plain
    """Heads the last editions."""
    edition: Annotated[str, Said(("at", "who", "why", "what"))]
    """One edition. {at} is when, {who} by whom, {why} the reason, {what} the files."""
    correction_mark: Plain
    """Stands behind the reason of an edition that was a correction."""
    no_history: Plain
    """No edition was published yet."""
    missed_off: Plain
    """Missed questions are not kept."""
    no_missed: Plain
    """There are none."""
    card: Annotated[str, Said(("number", "asked", "outcome", "left"))]
    """A card of missed questions. {number} asked so, {asked} is the commonest wording, {outcome} what the bot made of
    it, {left} how many cards there are."""
    card_wordings: Plain
    """Heads the other wordings of a card."""
    teach_label: Annotated[str, Said(("topic",))]
    """Label of the button that makes the questions of a card a way of asking a topic. {topic}"""
    more_label: Plain
    """Label of the button that shows the other topics."""
    found_label: Plain
    """Label of the button that makes a topic of their own of them."""
    decline_label: Plain
    """Label of the button that declines them by name."""
    forget_label: Plain
    """Label of the button that deletes them."""
    which_topic: Plain
    """Heads the list of all topics for a card."""
    forgotten: Annotated[str, Said(("number",))]
    """Missed questions were deleted. {number}"""
    other_wording: Annotated[str, Said(("phrase",))]
    """Asks for another wording, as a permanent test question: it must differ from what is taught. {phrase} is that."""
    same_wording: Plain
    """The other wording is the phrase itself, once names are taken out."""
    new_topic: Annotated[str, Said(("drug",))]
    """Asks for key and title of a new topic, an example question and other wordings, a line each. {drug} is the slot
    that stands for a drug."""
    new_topic_form: Plain
    """What was written has not that form."""
    which_word: Plain
    """Asks which word names what is not covered."""
    no_key: Annotated[str, Said(("word",))]
    """What is not covered was named without a Latin letter, so that its entry has no name. {word}"""
    which_list: Annotated[str, Said(("word",))]
    """Asks in which list the word belongs; the lists are buttons. {word}"""
    lesson_why: Annotated[str, Said(("number", "what"))]
    """The reason of an edition that was learnt from missed questions. {number} asked, {what} was made of it."""
    as_phrase: Annotated[str, Said(("topic",))]
    """In the reason: another way of asking. {topic}"""
    as_topic: Annotated[str, Said(("topic",))]
    """In the reason: a new topic. {topic}"""
    as_foreign: Annotated[str, Said(("name",))]
    """In the reason: declined by name. {name}"""

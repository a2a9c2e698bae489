"""The whole bot but for the chat: a question in, a reply out. Immutable, so that a reload is one assignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.answering.options import Options
from bot.answering.replies import Replies
from bot.answering.stating import library_of
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context, Turn
from bot.domain.interpretation import Asked, Doubt, Interpretation, Named, Unsure
from bot.domain.reply import (
    Answered,
    Clarification,
    Library,
    NotReported,
    NotUnderstood,
    Option,
    OutOfScope,
    Refused,
    Reply,
    SmallTalk,
)
from bot.matching.clusters import Cluster, Wording, clusters, wording
from bot.matching.index import Index
from bot.matching.interpreter import Interpreter
from bot.matching.reading import read

BLANK = Context()


@dataclass(frozen=True)
class Engine:
    """A catalogue with what was learnt from it."""

    catalogue: Catalogue = field(repr=False)
    index: Index = field(repr=False)

    def reply_to(self, question: str, context: Context = BLANK) -> Turn:
        """Answer a question in its conversation. A bare number chooses the option of that number."""
        context = self._known(context)
        if chosen := _numbered(question, context):
            return self.reply_to_option(chosen, context)
        return self._turn(self.interpret(question, context), context)

    def interpret(self, question: str, context: Context = BLANK) -> Interpretation:
        """What a question asks, with the trace of how that was found."""
        return Interpreter(self.catalogue, self.index).interpret(question, context)

    def reply_to_option(self, option: Option, context: Context = BLANK) -> Turn:
        """Answer a tap. An option of older content, naming what is no longer there, is said to have expired."""
        context = self._known(context)
        asked = self._asked(option, context)
        if asked is None:
            return Turn(self._replies.expired(), context)
        return self._turn(asked, context)

    def named(self, words: str) -> Named:
        """What a few words name that are no question."""
        return read(words, self.catalogue, self.index).named

    def wording(self, question: str) -> Wording:
        """A question as a way of asking, for whoever teaches the bot."""
        return wording(question, self.catalogue, self.index)

    def clusters(self, questions: Mapping[int, str]) -> tuple[Cluster, ...]:
        """Questions by number, put together where they ask the same."""
        return clusters(questions, self.catalogue, self.index)

    @cached_property
    def library(self) -> Library:
        """What rendering looks up."""
        return library_of(self.catalogue)

    @cached_property
    def _replies(self) -> Replies:
        return Replies(self.catalogue)

    def examples(self) -> tuple[Option, ...]:
        """The example questions as options, labelled with the question."""
        return Options(self.catalogue).examples()

    def topic_options(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """One option for each topic, under the title of its group: asks which drug where that is open."""
        options = Options(self.catalogue)
        return tuple(
            (title, tuple(options.one(topic, None) for topic in topics))
            for title, topics in self.catalogue.topic_groups
        )

    def _known(self, context: Context) -> Context:
        """The same without what newer content no longer holds."""
        return replace(
            context,
            topics=tuple(key for key in context.topics if key in self.catalogue.topics),
            drugs=tuple(key for key in context.drugs if key in self.catalogue.drugs),
            population=context.population if context.population in self.catalogue.populations else None,
        )

    def _asked(self, option: Option, context: Context) -> Interpretation | None:
        known = (option.topic is None or option.topic in self.catalogue.topics) and (
            option.drug is None or option.drug in self.catalogue.drugs
        )
        possible = self.catalogue.drugs_of(option.topic) if known and option.topic else ()
        if option.drug and possible and option.drug not in possible:
            return None
        if not known or (option.population is not None and option.population not in self.catalogue.populations):
            return None
        drugs = (option.drug,) if option.drug else ()
        return Interpreter(self.catalogue, self.index).chosen(option.topic, drugs, option.population, context)

    def _turn(self, interpretation: Interpretation, context: Context) -> Turn:
        reply = self._replies.to(interpretation, context)
        return Turn(reply, _after(reply, interpretation, context), interpretation)


def _asks_for_drug(interpretation: Interpretation) -> bool:
    """Whether the topic is known and only the drug is open: then the answer to it completes the question."""
    return isinstance(interpretation, Unsure) and interpretation.doubt in {Doubt.DRUG, Doubt.NAME}


def _numbered(question: str, context: Context) -> Option | None:
    number = question.strip().rstrip(".")
    if number.isdecimal() and len(number) <= 2 and 1 <= int(number) <= len(context.offered):
        return context.offered[int(number) - 1]
    return None


def _after(reply: Reply, interpretation: Interpretation, context: Context) -> Context:
    """What the next question may build on."""
    understood = reply.understood
    match reply:
        case Answered() | NotReported():
            population = interpretation.population if isinstance(interpretation, Asked) else None
            return Context(understood.topics, understood.drugs, population, reply.options)
        case Clarification():
            asked = understood.topics[:1] if _asks_for_drug(interpretation) else context.topics
            drugs = understood.drugs or context.drugs
            return Context(asked, drugs, understood.population, reply.options, context.failures)
        case NotUnderstood():
            return replace(context.after_failure(), offered=reply.options)
        case OutOfScope():
            return Context(understood.topics or context.topics, offered=reply.options)
        case SmallTalk() | Refused():
            return replace(context, offered=reply.options)

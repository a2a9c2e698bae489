"""Stand-ins: an engine that says what it was asked, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.answering.stating import library_of
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context, Turn
from bot.domain.editing import EditorMessages
from bot.domain.interpretation import Named
from bot.domain.reply import Library, Option, Reply, SmallTalk, Understood
from bot.domain.topic import Messages, StateNames
from bot.matching.clusters import Cluster, Wording

UNDERSTOOD = Understood("exact")
OTHER_DRUG = Option("Lenalidomide: relapse", "relapse_rate", "lenalidomide")
# Each sentence is its own name, so that a test reads which one was said.
SENTENCES = Messages.model_validate(
    {name: f"<{name}>" for name in Messages.model_fields}
    | {"editing": {name: f"<{name}>" for name in EditorMessages.model_fields}}
    | {"states": {name: name for name in StateNames.model_fields}, "topic_groups": ()}
    | {"examples": [{"text": text, "topic": "dose", "drug": "thalidomide"} for text in ("one?", "two?", "three?")]}
)


def catalogue(version: str = "1") -> Catalogue:
    """A catalogue with sentences and nothing else."""
    fields: dict[str, object] = {name: {} for name in Catalogue.__dataclass_fields__}
    return Catalogue(**(fields | {"version": version, "messages": SENTENCES}))  # type: ignore[arg-type]


@dataclass
class EchoEngine:
    """Answers "question | topics of the context", and offers the other drug."""

    catalogue: Catalogue = field(default_factory=catalogue)
    before: Callable[[str], None] = lambda _: None
    """Called with each question, in the thread that answers it."""

    @property
    def library(self) -> Library:
        return library_of(self.catalogue)

    def reply_to(self, question: str, context: Context = Context()) -> Turn:  # noqa: B008 - frozen
        self.before(question)
        said: Reply = SmallTalk(UNDERSTOOD, f"{question} | {', '.join(context.topics)}", (OTHER_DRUG,))
        return Turn(said, Context(topics=(question,)))

    def reply_to_option(self, option: Option, context: Context = Context()) -> Turn:  # noqa: B008 - frozen
        return self.reply_to(f"{option.topic} of {option.drug} in {option.population}", context)

    def named(self, words: str) -> Named:
        return Named(unknown=tuple(words.split()))

    def wording(self, question: str) -> Wording:
        return Wording(question, question)

    def clusters(self, questions: Mapping[int, str]) -> tuple[Cluster, ...]:
        return tuple(Cluster((number,), (self.wording(asked),)) for number, asked in questions.items())

    def examples(self) -> tuple[Option, ...]:
        return tuple(Option(one.text, one.topic, one.drug) for one in self.catalogue.messages.examples)

    def topic_options(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        return (
            ("Efficacy", (Option("Relapse", "relapse_rate", None),)),
            ("Dosing", (Option("Dose", "dose", None), Option("Length", "length_of_use", None))),
        )


@dataclass
class Clock:
    """Tells `now`; sleeping moves it on, and is remembered."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

"""Test questions that stand among the training phrases: a score on them would be worth nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.engine import Engine
from bot.domain.catalogue import Catalogue
from bot.evaluating.questions import Case
from bot.matching.masking import training_texts
from bot.matching.reading import read

FEWEST_WORDS = 2
"""Words of its own, beside names, that a question must have to be a copy."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A question that is a training phrase once both are normalised and masked."""

    name: str
    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.name} stands among the phrases of {self.label}: {self.text}"


def overlaps(engine: Engine, cases: Iterable[Case]) -> Iterator[Overlap]:
    """Every turn that is a training phrase. One of a single word ("help", "dose of len") is everybody's, not a copy."""
    taught = _taught(engine.catalogue)
    for case in cases:
        for number, question in enumerate(case.turns):
            reading = read(question.text, engine.catalogue, engine.index)
            if reading.words_left >= FEWEST_WORDS and reading.masked in taught:
                yield Overlap(f"{case.id}.{number}", taught[reading.masked], reading.masked)


def _taught(catalogue: Catalogue) -> dict[str, str]:
    """The label of every training phrase, by its normalised and masked texts."""
    labelled = [(key, topic.phrases) for key, topic in catalogue.topics.items()]
    labelled += [(key, talk.phrases) for key, talk in catalogue.small_talk.items()]
    return {text: key for key, phrases in labelled for phrase in phrases for text in training_texts(phrase, catalogue)}

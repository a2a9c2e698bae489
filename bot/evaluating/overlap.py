"""Test questions that stand among the training phrases: a score on them would be worth nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.engine import Engine
from bot.domain.catalogue import Catalogue
from bot.evaluating.questions import Case
from bot.matching.masking import PLACEHOLDER, training_texts
from bot.matching.reading import read


@dataclass(frozen=True, slots=True)
class Overlap:
    """A question that is a training phrase once both are normalised and masked."""

    name: str
    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.name} stands among the phrases of {self.label}: {self.text}"


def overlaps(engine: Engine, cases: Iterable[Case]) -> Iterator[Overlap]:
    """Every turn that is a training phrase. What holds no word but names ("and len?") says nothing and is passed over."""
    taught = _taught(engine.catalogue)
    for case in cases:
        for number, question in enumerate(case.turns):
            masked = read(question.text, engine.catalogue, engine.index).masked
            if PLACEHOLDER.sub("", masked).strip() and _bare(masked) in taught:
                yield Overlap(f"{case.id}.{number}", taught[_bare(masked)], masked)


def _taught(catalogue: Catalogue) -> dict[str, str]:
    """The label of every training phrase, by its words without placeholders."""
    labelled = [(key, topic.phrases) for key, topic in catalogue.topics.items()]
    labelled += [(key, talk.phrases) for key, talk in catalogue.small_talk.items()]
    return {
        _bare(text): key for key, phrases in labelled for phrase in phrases for text in training_texts(phrase, catalogue)
    }


def _bare(masked: str) -> str:
    return " ".join(PLACEHOLDER.sub(" ", masked).split())

"""Everything that the bot may say, sentence by sentence: one walk for every rule on words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.content.layout import path_of, path_of_answer
from bot.domain.catalogue import Catalogue, Located
from bot.domain.place import Place, Steps
from bot.domain.sentence import Said, sentences_of
from bot.domain.template import Slot, prose, slots


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an editor wrote, where it stands, what it may hold, and the findings that its slots may name."""

    template: str
    place: Place
    steps: Steps
    said: Said
    scope: Mapping[str, Located] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> str:
        """With the slots cut out: what was typed. Raises ValueError for an unpaired brace."""
        return prose(self.template) if self.said.findings or self.said.fills else self.template

    @property
    def is_closed(self) -> bool:
        """Whether every brace has its other half. Where one has none, that is reported as a broken slot."""
        try:
            _ = self.text
        except ValueError:
            return False
        return True

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots for findings; none where only the bot fills in words."""
        return slots(self.template) if self.said.findings else ()


@lru_cache(maxsize=1)
def sentences(catalogue: Catalogue) -> tuple[Sentence, ...]:
    """Every sentence that readers may see, and every name that one may hold. One walk serves every rule."""
    return tuple(_walked(catalogue))


def _walked(catalogue: Catalogue) -> Iterator[Sentence]:
    for (drug, topic), answer in catalogue.answers.items():
        yield from _in_file(catalogue, path_of_answer(drug, topic), answer, catalogue.scope(drug, topic))
    for key, study in catalogue.studies.items():
        yield from _in_file(catalogue, path_of("study", key), study, catalogue.scope_of_study(key))
    for path, record in _without_findings(catalogue):
        yield from _in_file(catalogue, path, record, {})


def _without_findings(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    """The files whose sentences name no finding."""
    yield path_of("drugs"), {"drugs": catalogue.drugs, "classes": catalogue.classes}
    yield path_of("populations"), catalogue.populations
    yield path_of("aspects"), catalogue.aspects
    yield path_of("riders"), catalogue.riders
    yield path_of("messages"), catalogue.messages
    for kind, records in (
        ("topic", catalogue.topics),
        ("small_talk", catalogue.small_talk),
        ("out_of_scope", catalogue.foreign),
    ):
        yield from ((path_of(kind, key), record) for key, record in records.items())


def _in_file(catalogue: Catalogue, path: str, record: object, scope: Mapping[str, Located]) -> Iterator[Sentence]:
    for steps, template, said in sentences_of(record):
        yield Sentence(template, catalogue.place(path, *steps), steps, said, scope)

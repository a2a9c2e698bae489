"""Rules on what editors write in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.content.links import GENERAL, sentences
from bot.domain.catalogue import Catalogue, Located
from bot.domain.place import Place, Problem, Steps
from bot.domain.template import REFERENCE_SLOT, Slot, pieces, prose
from bot.rendering.figures import figure

_DIGIT = re.compile(r"\d")
_BANNED = re.compile(
    r"\b(?:q\.?d\.?|q\.?o\.?d\.?|o\.?d\.?|b\.?d\.?|b\.?i\.?d\.?|t\.?d\.?s\.?|t\.?i\.?d\.?|h\.?s\.?|mcg|µg|μg|cc)(?=\W|$)|\bI\.?U\.?\b"
    r"|\b(?:MTX|HCQ|AZA|MMF|thal|len)\b"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence of an editor, where it stands, and the findings that its slots may name."""

    template: str
    place: Place
    scope: Mapping[str, Located] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> str:
        """With the slots cut out: what was typed."""
        return prose(self.template)

    @property
    def said(self) -> str:
        """With the figures filled in: what is read. Bibliographic records are not the editor's words."""
        return "".join(self._words(piece) for piece in pieces(self.template))

    def _words(self, piece: str | Slot) -> str:
        if isinstance(piece, str):
            return piece
        return "" if piece.name == REFERENCE_SLOT else figure(self.scope[piece.name], piece.part)


def written(catalogue: Catalogue) -> Iterator[Written]:
    """Every sentence that readers may see."""
    yield from _in_answers(catalogue)
    yield from _in_studies(catalogue)
    for key, rider in catalogue.riders.items():
        yield from _fields(catalogue, "knowledge/riders.yaml", (key,), rider, ("says",))
    for key, aspect in catalogue.aspects.items():
        yield from _fields(catalogue, "knowledge/aspects.yaml", (key,), aspect, ("says",))


def _in_answers(catalogue: Catalogue) -> Iterator[Written]:
    for (drug, topic), answer in catalogue.answers.items():
        path, scope = f"knowledge/{drug or GENERAL}/{topic}.yaml", catalogue.scope(drug, topic)
        for steps, sentence in sentences(answer):
            yield Written(sentence, catalogue.place(path, *steps), scope)
        for number, disagreement in enumerate(answer.disagreements):
            steps = ("disagreements", number)
            yield from _fields(catalogue, path, steps, disagreement, ("about", "note"))
        for name, finding in answer.findings.items():
            yield from _fields(catalogue, path, ("findings", name), finding, ("says", "caution"))


def _in_studies(catalogue: Catalogue) -> Iterator[Written]:
    for key, study in catalogue.studies.items():
        path = f"knowledge/studies/{key}.yaml"
        yield Written(study.summary or "", catalogue.place(path, "summary"), catalogue.scope_of_study(key))
        yield from _fields(catalogue, path, (), study, ("caution",))
        for name, finding in study.findings.items():
            yield from _fields(catalogue, path, ("findings", name), finding, ("says", "caution"))


def _fields(catalogue: Catalogue, path: str, steps: Steps, record: Any, names: tuple[str, ...]) -> Iterator[Written]:
    for name in names:
        if text := getattr(record, name):
            plain = text.replace("{", "{{").replace("}", "}}")
            yield Written(plain, catalogue.place(path, *steps, name))


def digits_in_prose(catalogue: Catalogue) -> Iterator[Problem]:
    """A number in prose has no source: every figure is a finding, and stands in the sentence as a slot."""
    for one in written(catalogue):
        if found := _DIGIT.search(one.text):
            around = one.text[max(0, found.start() - 20) : found.end() + 20].strip()
            yield Problem(
                one.place,
                "digit-in-prose",
                f'a digit stands in the text: "{around}"',
                "Write the figure as a finding, and put its {name} here.",
            )


def banned_notation(catalogue: Catalogue) -> Iterator[Problem]:
    """Abbreviations that have been misread as other doses or drugs."""
    for one in written(catalogue):
        if found := _BANNED.search(one.text):
            yield Problem(
                one.place,
                "banned-notation",
                f'"{found.group()}" can be misread',
                'Write it out: "daily", "twice daily", "at night", "microgram", the full name of the drug.',
            )

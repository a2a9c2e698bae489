"""Rules on what editors write in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.sentences import Sentence, sentences
from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem
from bot.domain.template import REFERENCE_SLOT, Slot, pieces
from bot.rendering.figures import figure

_NUMBER = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
)
"""In words. "One" is left out: it names things, as in "the one-year study"."""
_UNIT = (
    "mg|milligrams?|micrograms?|g|grams?|kg|kilograms?|ml|per ?cent|percentage points?|tablets?|capsules?"
    "|hours?|days?|weeks?|months?|years?|fold"
)
_FIGURE = re.compile(rf"\d|\b(?:{_NUMBER})[\s-]+(?:{_UNIT})\b", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
"""What people may type, shown to them as an example."""
_BANNED = re.compile(
    r"\b(?:q\.?d\.?|q\.?o\.?d\.?|o\.?d\.?|b\.?d\.?|b\.?i\.?d\.?|t\.?d\.?s\.?|t\.?i\.?d\.?|h\.?s\.?|mcg|µg|μg|cc)(?=\W|$)|\bI\.?U\.?\b"
    r"|\b(?:MTX|HCQ|AZA|MMF|thal|len)\b"
)
_AS_FINDING = "Write the figure as a finding, and put its {name} here."
_WITHOUT = "Say it without the figure: figures stand in answers alone, each with its source."


def prose_of(catalogue: Catalogue) -> Iterator[Sentence]:
    """Every sentence that readers may see, slots closed. Names of drugs, groups and studies are none."""
    return (one for one in sentences(catalogue) if not one.said.is_name and one.is_closed)


def read_aloud(sentence: Sentence) -> str:
    """With the figures filled in: what is read. Bibliographic records are not the editor's words."""
    if not sentence.said.findings:
        return sentence.text
    return "".join(_words(piece, sentence) for piece in pieces(sentence.template))


def _words(piece: str | Slot, sentence: Sentence) -> str:
    if isinstance(piece, str):
        return piece
    return "" if piece.name == REFERENCE_SLOT else figure(sentence.scope[piece.name], piece.part)


def digits_in_prose(catalogue: Catalogue) -> Iterator[Problem]:
    """A number in prose has no source: every figure is a finding, and stands in the sentence as a slot."""
    for sentence in prose_of(catalogue):
        if found := _FIGURE.search(sentence.text):
            around = sentence.text[max(0, found.start() - 20) : found.end() + 20].strip()
            what = "a digit" if found.group().isdecimal() else "a figure in words"
            yield Problem(
                sentence.place,
                "digit-in-prose",
                f'{what} stands in the text: "{around}"',
                _AS_FINDING if sentence.said.findings else _WITHOUT,
            )


def banned_notation(catalogue: Catalogue) -> Iterator[Problem]:
    """Abbreviations that have been misread as other doses or drugs."""
    for sentence in prose_of(catalogue):
        if found := _BANNED.search(_QUOTED.sub("", sentence.text)):
            yield Problem(
                sentence.place,
                "banned-notation",
                f'"{found.group()}" can be misread',
                'Write it out: "daily", "twice daily", "at night", "microgram", the full name of the drug.',
            )

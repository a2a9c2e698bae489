"""A question as typed, made comparable: one spelling of every sign, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "→": ">"})
_SYMBOL_WORDS = {"%": " percent ", "+": " and ", "&": " and ", ">": " > ", "<": " < ", "=": " = "}
_TOKEN = re.compile(r"[^\W\d_]+(?:\d+[^\W\d_]*)?(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)?")
_OUTER = "()[]{}.,;:!?\"'*_~#…"
_CLAUSE_END = re.compile(r"[.,:;!?]+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the normalised question; `clause` counts the parts between signs before it."""

    text: str
    clause: int = 0

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Normalised:
    """The words of a question. `letters` is how many letters were typed, `latin` how many of them are Latin."""

    tokens: tuple[Token, ...]
    letters: int
    latin: int

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(token.text for token in self.tokens)


def fold(text: str) -> str:
    """Lower case without accents, control, zero-width or direction marks; typographic signs made plain."""
    composed = unicodedata.normalize("NFKD", text.translate(_SIGNS)).casefold()
    kept = (" " if unicodedata.category(sign) == "Cc" else sign for sign in composed if not _is_silent(sign))
    return "".join(kept)


def _is_silent(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me", "Cf"}


def normalise(question: str, abbreviations: Mapping[str, str]) -> Normalised:
    """The words of a question. An abbreviation is looked up as typed ("s/e"), then without the signs around it."""
    folded = fold(question.replace("\n", " . "))
    letters = [sign for sign in folded if sign.isalpha()]
    tokens: list[Token] = []
    for clause, part in enumerate(filter(str.strip, _CLAUSE_END.split(folded))):
        for word in part.split():
            tokens += (Token(text, clause) for text in words(_expand(word, abbreviations)))
    return Normalised(tuple(tokens), len(letters), sum("a" <= sign <= "z" for sign in letters))


def _expand(word: str, abbreviations: Mapping[str, str]) -> str:
    expanded = abbreviations.get(word.strip(_OUTER))
    return expanded or " ".join(abbreviations.get(part, part) for part in words(word))


def words(text: str) -> list[str]:
    """The words of a folded text: letters (with digits behind them, as in b12) or a number."""
    for sign, spoken in _SYMBOL_WORDS.items():
        text = text.replace(sign, spoken)
    return _TOKEN.findall(text)

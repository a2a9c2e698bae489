"""A question as typed, made comparable: one spelling of every sign, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "→": ">"})
_CONTROLS = dict.fromkeys((*range(32), 127), " ")
_SYMBOLS = str.maketrans({"%": " percent ", "+": " and ", "&": " and ", ">": " > ", "<": " < ", "=": " = "})
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
    """The words of a question, and the folded text that they were found in."""

    tokens: tuple[Token, ...]
    folded: str

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(token.text for token in self.tokens)

    @property
    def letters(self) -> int:
        """How many letters were typed."""
        return sum(map(str.isalpha, self.folded))

    @property
    def latin(self) -> int:
        """How many of them are Latin."""
        return sum("a" <= sign <= "z" for sign in self.folded)


def fold(text: str) -> str:
    """Lower case without accents, control, zero-width or direction marks; typographic signs made plain."""
    plain = text.translate(_SIGNS)
    return plain.lower().translate(_CONTROLS) if plain.isascii() else "".join(map(_folded, plain))


@lru_cache(maxsize=4096)
def _folded(sign: str) -> str:
    """One sign; all the content's phrases are folded at a start, so it must cost little."""
    kept = (part for part in unicodedata.normalize("NFKD", sign).casefold() if not _is_silent(part))
    return "".join(" " if unicodedata.category(part) == "Cc" else part for part in kept)


def _is_silent(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me", "Cf"}


def normalise(question: str, abbreviations: Mapping[str, str]) -> Normalised:
    """The words of a question. An abbreviation is looked up as typed ("s/e"), then without the signs around it."""
    folded = fold(question.replace("\n", " . "))
    tokens: list[Token] = []
    for clause, part in enumerate(filter(str.strip, _CLAUSE_END.split(folded))):
        for word in part.split():
            tokens += (Token(text, clause) for text in words(_expand(word, abbreviations)))
    return Normalised(tuple(tokens), folded)


def _expand(word: str, abbreviations: Mapping[str, str]) -> str:
    expanded = abbreviations.get(word.strip(_OUTER))
    return expanded or " ".join(abbreviations.get(part, part) for part in words(word))


def words(text: str) -> list[str]:
    """The words of a folded text: letters (with digits behind them, as in b12) or a number."""
    return _TOKEN.findall(text.translate(_SYMBOLS))

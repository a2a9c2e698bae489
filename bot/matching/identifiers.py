"""What could tell who a patient is. A question that holds it is refused before anything else reads it.

Doses, ages, years, laboratory values and the names of studies look alike and are none.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from bot.matching.dates import holds_a_date
from bot.matching.index import Index
from bot.matching.particulars import ADDRESS, EMAIL, NUMBER, PAPERS, PHONE, SPOKEN_NUMBER, compiled
from bot.matching.persons import names_a_person


class Identifier(StrEnum):
    """A kind of it: the name of the message that says what was seen."""

    EMAIL = "identifier_email"
    PHONE = "identifier_phone"
    NUMBER = "identifier_number"
    DATE = "identifier_date"
    NAME = "identifier_name"
    ADDRESS = "identifier_address"


_EMAIL, _PHONE, _NUMBER, _ADDRESS = map(compiled, (EMAIL, PHONE, NUMBER, ADDRESS))
_LONG_NUMBER = re.compile(r"\d{6,}")
_DIGIT = re.compile(r"\d")


def identifier_in(question: str, index: Index) -> Identifier | None:
    """What could tell who a patient is, if anything. The index says which words and numbers are no strangers."""
    text = unicodedata.normalize("NFKC", question)
    if _any(_EMAIL, text):
        return Identifier.EMAIL
    text = _LONG_NUMBER.sub(lambda number: _unless_known(number[0], index), PAPERS.sub(" ", text))
    return _with_digits(text) or _without_digits(text, index)


def _with_digits(text: str) -> Identifier | None:
    if not _DIGIT.search(text):
        return None
    if holds_a_date(text):
        return Identifier.DATE
    if _any(_PHONE, text):
        return Identifier.PHONE
    return Identifier.NUMBER if _any(_NUMBER, text) else None


def _without_digits(text: str, index: Index) -> Identifier | None:
    """What may be written in words alone."""
    if SPOKEN_NUMBER.search(text):
        return Identifier.PHONE
    if _any(_ADDRESS, text):
        return Identifier.ADDRESS
    return Identifier.NAME if names_a_person(text, index) else None


def _any(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _unless_known(number: str, index: Index) -> str:
    """The number, unless it names a study."""
    return " " if (number,) in index.lexicon.names else number

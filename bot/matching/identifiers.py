"""What could tell who a patient is. A question that holds it is refused before anything else reads it.

Doses, ages, years, laboratory values and the names of studies look alike and are none: each pattern below says what
sets the two apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum


class Identifier(StrEnum):
    """A kind of it: the name of the message that says what was seen."""

    EMAIL = "identifier_email"
    PHONE = "identifier_phone"
    NUMBER = "identifier_number"
    DATE = "identifier_date"
    NAME = "identifier_name"
    ADDRESS = "identifier_address"


_UNIT = r"(?!\s*(?:mg|mcg|µg|ug|g\b|ml|%|percent|per\b|/|days?\b|weeks?\b|wks?\b|months?\b|years?\b|patients\b|pts\b))"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY, _MONTH_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_ALIVE = r"(?:19|20)\d\d"
"""A year in which a patient may have been born or seen."""

_PATTERNS: tuple[tuple[Identifier, str], ...] = (
    (Identifier.EMAIL, r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    # A date of birth that is called one, in any shape.
    (Identifier.DATE, r"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|born(?: on)?)\W{0,3}(?:\d{4,8}\b|\d{1,2}\W)"),
    # Day, month and year; two digits for the year only between strokes or dots, where no unit follows.
    (Identifier.DATE, rf"\b{_DAY}([/.-]){_MONTH_NUMBER}\1{_ALIVE}\b"),
    (Identifier.DATE, rf"\b{_MONTH_NUMBER}([/-]){_DAY}\1{_ALIVE}\b"),
    (Identifier.DATE, rf"\b{_ALIVE}([/.-]){_MONTH_NUMBER}\1{_DAY}\b"),
    (Identifier.DATE, rf"(?<![\d/.]){_DAY}([/.]){_MONTH_NUMBER}\1\d\d\b{_UNIT}(?![/.\d])"),
    (Identifier.DATE, rf"\b{_DAY}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH},?[ -]'?(?:{_ALIVE}|\d\d)\b{_UNIT}"),
    (Identifier.DATE, rf"\b{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_ALIVE}\b"),
    # A number that is called one of a record or a person.
    (
        Identifier.NUMBER,
        r"\b(?:mrn|hn|nhs|nhi|nric|ssn|urn|chi|cpr|bsn|aadhaar|curp|mykad|"
        r"(?:hospital|hosp|record|chart|patient|pt|case|file|unit|national|id|identity|medical record|insurance)"
        r" ?(?:no|number|num|nr|id|#))\W{0,3}(?:is |no\W{0,2}|number\W{0,2})?[a-z]{0,3}[ -]?\d(?:[ /-]?\d){3,}",
    ),
    # Telephones: with a plus, with a nought in front, in brackets, or called one.
    (Identifier.PHONE, r"\+\d{1,3}[ .()-]{0,2}\d(?:[ .()-]{0,2}\d){6,}"),
    (Identifier.PHONE, r"(?<![\w.])0\d{1,4}[ .-]?\d{3,4}[ .-]?\d{3,4}\b"),
    (Identifier.PHONE, r"\(\d{2,4}\) ?\d{3,4}[ -]?\d{3,4}\b|\b\d{3}[-.]\d{3}[-.]\d{4}\b"),
    (
        Identifier.PHONE,
        r"\b(?:tel|phone|mobile|mob|cell|whatsapp|ring|call (?:him|her|them) on)\W{0,3}\d(?:[ -]?\d){5,}",
    ),
    # The usual shapes of national numbers, and any long number that is neither a count nor a paper's.
    (Identifier.NUMBER, r"\b\d{3}-\d{2}-\d{4}\b|\b\d-\d{4}-\d{5}-\d{2}-\d\b|\b\d{3}[ -]\d{3}[ -]\d{4}\b"),
    (Identifier.NUMBER, r"\b\d{4} \d{4} \d{4}\b|\b[A-Z]{1,2} ?\d{2} ?\d{2} ?\d{2} ?[A-Z]\b|\b[A-Z]\d{7}[A-Z]\b"),
    (
        Identifier.NUMBER,
        r"(?<!pmid )(?<!pmid: )(?<!pmid:)(?<!eudract )(?<![\d./,])"
        r"\b(?!nct|pmc)[a-z]{0,3}-?(?!\d*000\b)\d{6,}\b(?![./,]\d)",
    ),
    (Identifier.NUMBER, r"(?<![\d/.-])\d{2,4}[-/]\d{4,8}(?![\d/-])(?<!(?:19|20)\d\d-(?:19|20)\d\d)"),
    (Identifier.ADDRESS, r"\b\d{1,4}[a-z]?,? (?:[a-z]+ ){1,2}(?:street|road|avenue|soi|crescent|boulevard|lane)\b"),
    (Identifier.ADDRESS, r"\b(?:lives (?:at|in|on)|address\W{1,3}|postcode\W{0,3})\W{0,2}(?:\d|[a-z]{1,2}\d)"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)

# "Mr", "Mrs" and the like are titles; "MS" is also a disease and "miss" a verb, so a capital must follow them.
_TITLED = re.compile(
    r"\b(?:mr|mrs|messrs|khun|sra?|señora?|shri|smt|puan|encik|pak|ibu)\b\.? +(?:[a-z](?:\.|\b(?!['’])) ?)?"
    r"(?P<name>[^\W\d_][^\W\d_]+|[a-z]['’][a-z]+)",
    re.IGNORECASE,
)
_TITLED_AND_CAPITAL = re.compile(
    r"\b(?:[Mm]s|[Mm]iss|[Mm]aster|[Mm]x|[Ss]ir)\b\.? +(?:[A-Z]\.? ?)?(?P<name>[A-Z][a-z]+)"
)
_NOT_A_NAME = frozenset("imaging angiography angiogram scan scans venography enterography spectroscopy image".split())  # noqa: SIM905
_PERSON = r"(?:patient|pt|lady|man|woman|girl|boy|gentleman|mother|father|child)"
_CALLED = re.compile(
    rf"\b{_PERSON},? (?:is |was )?(?:called|named) (?P<name>[^\W\d_]{{2,}})"
    r"|\b(?:her|his|their|pt|patient|patient's|pts)? ?name(?: is|'s|\s?[:=]) ?"
    r"(?P<said>[^\W\d_]{2,}(?: [^\W\d_]{2,})?)",
    re.IGNORECASE,
)
_FULL = r"(?P<first>[A-Z][a-z'’]+|[A-Z]\.) (?P<last>[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)"
_AGE = r"\(?\d{1,3} ?(?:yo\b|y/o|yrs?\b|years?\b|[MF]\b|[mf]\b)"
_SURELY_A_PERSON = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:[Pp]atient|[Pp]t\.?) {_FULL}",
        rf"{_FULL},? {_AGE}",
        rf"{_AGE}\)?,? {_FULL}",
        r"\b[Bb]ed ?\d+[A-Za-z]?[,:]? (?P<first>[A-Z][a-z]+)(?P<last>)",
    )
)
_PERHAPS_A_PERSON = re.compile(rf"\b(?:[Rr]e:?|[Aa]bout|[Ff]or|[Oo]n) {_FULL}")


def identifier_in(question: str, is_known: Callable[[str], bool]) -> Identifier | None:
    """What could tell who a patient is, if anything. `is_known` tells which words in lower case the content knows."""
    text = unicodedata.normalize("NFKC", question)
    for kind, pattern in _COMPILED:
        if pattern.search(text):
            return kind
    return Identifier.NAME if _is_titled(text) or _is_named(text, is_known) else None


def _is_titled(text: str) -> bool:
    """Whether a title stands before a name, whatever the name."""
    found = (match for pattern in (_TITLED, _TITLED_AND_CAPITAL) for match in pattern.finditer(text))
    return any(match["name"].lower() not in _NOT_A_NAME for match in found)


def _names(text: str) -> Iterator[list[str]]:
    """Words that stand where a person's name does, in lower case."""
    for found in _CALLED.finditer(text):
        yield (found["name"] or found["said"]).lower().split()
    for pattern in _SURELY_A_PERSON:
        for found in pattern.finditer(text):
            yield [part.lower().rstrip(".") for part in (found["first"], found["last"]) if part]


def _is_named(text: str, is_known: Callable[[str], bool]) -> bool:
    """Whether a person's name stands where one does: not all of it is a word of the content, or none where it may be
    the name of anything.
    """
    if any(not all(map(is_known, name)) for name in _names(text)):
        return True
    perhaps = _PERHAPS_A_PERSON.finditer(text)
    return any(not is_known(found["first"].lower()) and not is_known(found["last"].lower()) for found in perhaps)

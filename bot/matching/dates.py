"""Full dates, which tell a patient, and those that do not: when treatment began, and when something was published.

A year, a month with its year, and a day without a year are no full dates.
"""

from __future__ import annotations

import re

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_NAMED = (
    r"(?:jan|ene|gen|feb|f[eé]v|mar|m[aä]r|mrz|apr|avr|abr|may|mai|mag|mei|jun|jui|giu|jul|lug|aug|ao[uû]|ago|sep|set|oct|okt|"
    r"out|ott|nov|dec|d[eé]c|dic|dez|dis)[^\W\d_]{0,7}\.?"
)
_YEAR = r"(?:19|20|24|25)\d\d"
"""In which a patient may have been born or seen, also as years are counted in Thailand."""
_NO_UNIT = (
    r"(?! ?(?:mg|mcg|µg|ug|g\b|ml|iu\b|units?\b|%|percent|per\b|/|x\b|days?\b|d\b|weeks?\b|wks?\b|w\b|"
    r"months?\b|mths?\b|mos?\b|years?\b|yrs?\b|tabs?\b|caps?\b|patients?\b|pts?\b|points?\b|on (?:dlqi|clasi)))"
)
_DE = r"(?: ?[./-] ?| (?:de |of |den )?|)"

_DATE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/-])(?<!\d\.){_DAY} ?([/.,-]) ?{_MONTH} ?\1 ?(?P<year>{_YEAR})(?![\d/-])",
        rf"(?<![\d/-])(?<!\d\.){_MONTH}([/-]){_DAY}\1(?P<year>{_YEAR})(?![\d/-])",
        rf"(?<![\d/-])(?<!\d\.)(?P<year>{_YEAR})([/.-]){_MONTH}\2{_DAY}(?![\d/-])",
        # Two digits for the year only between strokes or dots, and where no unit follows: steps of a dose look alike.
        rf"(?<![\d/.])(?<!\bmg )(?<!\bdose ){_DAY}([/.]){_MONTH}\1(?P<year>\d\d)(?![\d/.-]){_NO_UNIT}",
        rf"\b(?:{_DAY})(?:st|nd|rd|th|er|º|\.)?{_DE}{_NAMED}{_DE},? ?(?P<year>{_YEAR}|'?\d\d(?!\d|[.,]\d){_NO_UNIT})",
        rf"\b{_NAMED} {_DAY}(?:st|nd|rd|th)?,? (?P<year>{_YEAR})\b",
        rf"\b(?P<year>{_YEAR})[ -]{_NAMED}[ -]{_DAY}\b(?![.,]?\d)",
        r"\b(?P<year>(?:showa|heisei|taisho|reiwa)) ?\d",
    )
)
_BIRTH = re.compile(
    r"\b(?:d\W{0,2}o\W{0,2}b+|date of birth|birth ?(?:date|day)|b-?day|geb(?:oren)?|née?|nac(?:id[oa])?|"
    r"nasc(?:id[oa])?|nat[oa]|fecha de nacimiento)\b\W{0,3}(?:is |on |am |le |el |em |il )?(?:the )?"
    r"(?:\d{1,2}\W?(?:\d|[a-z]{2,3}\b|\W)|\d{4,8}\b)"
    r"|\bborn\W{1,3}(?:on |in )?(?:the )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}[/.-]\d|\d{{5,8}}\b|\d{{1,2}} [a-z]{{3,9}},? \d|{_NAMED} \d)",
    re.IGNORECASE,
)
"""A date of birth that is called one, in any shape. A year alone ("born 1961") is none."""

_TREATMENT = (
    r"(?:(?:re)?start(?:ed|ing|s)?|commenc(?:ed|ing)|began|begun|beg[iu]n(?:ning|s)?|initiat(?:ed|ing)|since|"
    r"stopped|stopping|ceased|discontinued|withdrawn|resumed|switched|(?:last|first|missed) dose|taking|from)"
)
_PRINT = (
    r"(?:published|approv(?:ed|al)|licen[cs]ed|label|revised|revision|updated?|guidelines?|papers?|abstract|epub|issue|"
    r"version|search(?:ed|es)?|up to|until|newer than|cut-?off|database|evidence|literature|accessed|stud(?:y|ies)|"
    r"trial|content|as of|retracted|posted|leaflet|smpc|rems)"
)
_FEW_WORDS = r"(?:[^\w,;.?!]+\w+){0,4}\W+$"
_OF_TREATMENT = re.compile(rf"\b{_TREATMENT}\b{_FEW_WORDS}", re.IGNORECASE)
_OF_PRINT = re.compile(rf"\b{_PRINT}\b{_FEW_WORDS}", re.IGNORECASE)
_OF_A_LIFE = re.compile(
    r"\b(?:patient|pt|lady|woman|man|girl|boy|f|m|\d\d[fm]|who|dob|born|biopsy|seen|admitted|clinic|lmp|visit|died|delivered|"
    r"bloods?|discharged|scan|reviewed)\b",
    re.IGNORECASE,
)
_NEARBY = 60
"""Letters before a date that can say what it is of."""
_TREATED = "20", "24", "25"


def holds_a_date(text: str) -> bool:
    """Whether a full date stands there that may be of a birth or a visit."""
    if _BIRTH.search(text):
        return True
    return any(not _is_harmless(text, found) for pattern in _DATE for found in pattern.finditer(text))


def _is_harmless(text: str, found: re.Match[str]) -> bool:
    """Whether the words before a date say that it is of a treatment, in a likely year, or of something printed."""
    before = text[max(0, found.start() - _NEARBY) : found.start()]
    for pattern in (_OF_PRINT, _OF_TREATMENT):
        if said := pattern.search(before):
            recent = pattern is _OF_PRINT or _is_recent(found["year"])
            return recent and not _OF_A_LIFE.search(said[0])
    return False


def _is_recent(year: str) -> bool:
    """Of this century: nobody who is treated as an adult was born then, and hardly anybody was treated before."""
    digits = year.lstrip("'")
    return digits.startswith("20") if len(digits) == 4 else digits < "40"

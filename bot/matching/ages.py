"""Ages in a question: they name a group, or nobody in particular. A time span ("after 5 years of it") is no age."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.entity import Population
from bot.domain.interpretation import Mention, Sort

OLDEST = 110
YOUNGEST_BY_SEX = 13
"""A smaller number before "m" may be months."""
_AGED = frozenset({"age", "aged", "ages"})
_YEARS = frozenset({"yr", "yrs", "year", "years", "y"})
_BABY_UNITS = frozenset({"day", "days", "week", "weeks", "month", "months"})
_SEXES = frozenset({"f", "m", "female", "male", "woman", "man", "lady", "gentleman", "girl", "boy"})
_OLD = frozenset({"old", "o"})
_SPAN = frozenset({"after", "for", "within", "every", "over", "than", "in", "off", "since", "last", "next"})
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SPOKEN = {word: number for number, word in enumerate(_NUMBERS.split())}


def ages(tokens: Sequence[str], populations: Mapping[str, Population]) -> Iterator[Mention]:
    """A mention for each age: of the group that it falls into, else of nobody in particular."""
    index = 0
    while index < len(tokens):
        found = _age_at(tokens, index)
        if found:
            years, end = found
            groups = tuple(key for key, group in populations.items() if _falls_into(years, group))
            sort = Sort.POPULATION if groups else Sort.AGE
            yield Mention(sort, groups or ("",), index, end, " ".join(tokens[index:end]), "alias")
        index = found[1] if found else index + 1


def _age_at(tokens: Sequence[str], index: int) -> tuple[int, int] | None:
    """Years, and where the age ends that starts here: "29 f", "9 yo", "70 year old", "aged 7", "8 month old"."""
    if tokens[index] in _AGED and index + 1 < len(tokens):
        years = _number(tokens[index + 1])
        return (years, index + 2) if years is not None else None
    years = _number(tokens[index])
    if years is None or index + 1 == len(tokens):
        return None
    unit, after = tokens[index + 1], tokens[index + 2] if index + 2 < len(tokens) else ""
    if unit == "yo" or (unit in _YEARS and after in _OLD):
        return years, index + (2 if unit == "yo" else 3)
    if unit in _BABY_UNITS and after in _OLD:
        return 0, index + 3
    return (years, index + 2) if _is_of_a_sex(tokens, index, years, unit) else None


def _is_of_a_sex(tokens: Sequence[str], index: int, years: int, unit: str) -> bool:
    is_span = index > 0 and tokens[index - 1] in _SPAN
    return unit in _SEXES and not is_span and (unit != "m" or years >= YOUNGEST_BY_SEX)


def _number(token: str) -> int | None:
    number = int(token) if token.isdecimal() else _SPOKEN.get(token)
    return number if number is not None and number <= OLDEST else None


def _falls_into(age: int, group: Population) -> bool:
    if group.age_from is None and group.age_to is None:
        return False
    return (group.age_from or 0) <= age <= (group.age_to or OLDEST)

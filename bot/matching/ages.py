"""Ages in a question: they name a group, or nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.entity import Population
from bot.domain.interpretation import Mention, Sort

_YEARS = frozenset({"yo", "yr", "yrs", "year", "years", "y"})
_SEXES = frozenset({"f", "m", "female", "male", "woman", "man", "lady"})
_AGED = frozenset({"age", "aged", "ages"})
_OLD = frozenset({"old", "o", "age", "of"})
OLDEST = 110


def ages(tokens: Sequence[str], populations: Mapping[str, Population]) -> Iterator[Mention]:
    """A mention for each age: of the group that it falls into, else of nobody in particular."""
    index = 0
    while index < len(tokens):
        end = _end(tokens, index)
        if end:
            years = next(int(token) for token in tokens[index:end] if token.isdecimal())
            groups = tuple(key for key, group in populations.items() if _falls_into(years, group))
            sort = Sort.POPULATION if groups else Sort.AGE
            yield Mention(sort, groups or ("",), index, end, " ".join(tokens[index:end]), "alias")
        index = end or index + 1


def _end(tokens: Sequence[str], index: int) -> int | None:
    """Where an age that starts here ends: "29 f", "9 yo", "70 year old", "aged 7"; None where none starts."""
    if tokens[index] in _AGED and index + 1 < len(tokens) and tokens[index + 1].isdecimal():
        return index + 2 if int(tokens[index + 1]) <= OLDEST else None
    if not tokens[index].isdecimal() or int(tokens[index]) > OLDEST or index + 1 == len(tokens):
        return None
    unit = tokens[index + 1]
    if unit in _SEXES:
        return index + 2
    if unit not in _YEARS:
        return None
    end = index + 2
    while end < len(tokens) and tokens[end] in _OLD:
        end += 1
    return end if end > index + 2 or unit in {"yo", "y"} else None


def _falls_into(age: int, group: Population) -> bool:
    if group.age_from is None and group.age_to is None:
        return False
    return (group.age_from or 0) <= age <= (group.age_to or OLDEST)

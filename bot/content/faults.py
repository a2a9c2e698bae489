"""What is wrong with a record, in words for people who do not program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.document import Document
from bot.content.layout import Kind
from bot.content.shapes import Shape, shape_of
from bot.domain.place import Problem, Steps

_LONGEST_INPUT = 60
_HANDED = {"from", "population"}
"""What a study hands down to its findings."""

_WHOLE = "must be a whole number, with nothing else beside it"
_NUMBER = "must be a number, with nothing else beside it"
_DATE = "must be a date of the calendar"
_FIELDS = "must be fields with a name, a colon and a value each"

WORDS: Mapping[str, str] = {
    "missing": "is missing",
    "union_tag_not_found": "is missing",
    "extra_forbidden": "is no field that belongs here",
    "string_type": "must be text",
    "string_too_short": "has a colon and nothing behind it",
    "string_pattern_mismatch": "is not written in the right form",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "enum": "is none of the words that may stand here",
    "literal_error": "is none of the words that may stand here",
    "union_tag_invalid": "is none of the words that may stand here",
    "too_short": "needs {min_length} entries or more, and has {actual_length}",
    "tuple_type": "must be a list",
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "value_error": "{error}",
}
"""What each kind of fault that a record can raise is called. The test of the faults finds one that is left out."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit: what kind, where, what stands there, and what may stand there."""

    type: str
    steps: Steps
    input: Any
    context: Mapping[str, Any]
    shape: Shape

    @property
    def message(self) -> str:
        """What is wrong, with the place and what stands there."""
        words = WORDS[self.type].format(**self.context)
        named = f"`{'.'.join(map(str, self.steps))}`" if self.steps else "the file"
        if self.type == "value_error":
            return f"{named}: {words}"
        return f"{named} {words}{self._given}"

    @property
    def _given(self) -> str:
        if self.type in {"missing", "union_tag_not_found", "too_short", "string_too_short", "extra_forbidden"}:
            return ""
        match self.input:
            case str():
                return f', and not "{self.input[:_LONGEST_INPUT]}"' if self.input else ", and nothing stands there"
            case list():
                return ", and not a list"
            case dict():
                return ", and not fields"
        return ""

    @property
    def remedy(self) -> str:
        """How to mend it."""
        if self.type == "extra_forbidden":
            return self._right_field()
        if self.shape.words:
            return self._right_word()
        if isinstance(self.input, str) and (slip := next(_slips(self.type, self.input), None)):
            return slip
        how = _HOW.get(self.type, "")
        return " ".join(filter(None, (how, self.shape.meaning))) or "Look at a neighbouring file for how it is written."

    def _right_field(self) -> str:
        name = str(self.steps[-1])
        if near := get_close_matches(name.casefold(), self.shape.fields, n=1):
            return f"Did you mean `{near[0]}`?"
        if self.shape.fields:
            return f"Remove it, or move it: here may stand {_listed(self.shape.fields)}."
        return "Remove it."

    def _right_word(self) -> str:
        given = self.input if isinstance(self.input, str) else ""
        if near := get_close_matches(_unquoted(given).casefold(), self.shape.words, n=1):
            return f"Did you mean `{near[0]}`?"
        return f"Use one of {_listed(self.shape.words)}."


_AS_FIELDS = "Write {name: value} behind the colon, or each on a line of its own, indented by two spaces."
_AS_DATE = "Write year, month and day, as in 2026-02-28."
_HOW: Mapping[str, str] = {
    "tuple_type": "Write [first, second] behind the colon, or each on a line of its own that begins with a dash.",
    "dict_type": _AS_FIELDS,
    "model_type": _AS_FIELDS,
    "model_attributes_type": _AS_FIELDS,
    "bool_type": "Write true or false.",
    "bool_parsing": "Write true or false.",
    "date_type": _AS_DATE,
    "date_parsing": _AS_DATE,
    "date_from_datetime_parsing": _AS_DATE,
    "date_from_datetime_inexact": _AS_DATE,
    "missing": "Add it:",
    "union_tag_not_found": "Add it:",
    "string_too_short": "Write it, or take the line out:",
    "value_error": "Compare it with the source.",
    "less_than_equal": "Compare it with the source: a digit too many, or a point left out?",
    "greater_than_equal": "Compare it with the source.",
}


def _unquoted(text: str) -> str:
    """Without quotes of a word processor, which belong to the text as YAML reads it."""
    return text.strip("“”„‘’«» ")


def _slips(kind: str, given: str) -> Iterator[str]:
    """What tired hands do to a number."""
    if kind == "tuple_type" and given.startswith("-"):
        yield "Write a space after each dash."
    if WORDS[kind] not in {_WHOLE, _NUMBER}:
        return
    number = r"\d+(?:\.\d+)?"
    if re.fullmatch(r"\d+,\d+", given):
        yield f"Write the decimals after a point: {given.replace(',', '.')}."
    if found := re.fullmatch(rf"({number})\s*(?:-|–|to)\s*({number})", given):
        yield f"A range has two fields: {{low: {found[1]}, high: {found[2]}}}, under a kind that is a range."
    if found := re.fullmatch(rf"[<>≤≥~]\s*({number})", given):
        yield f"Write {found[1]} alone, and what limits it beside it: `bound: more than`, `less than` or `about`."
    if found := re.fullmatch(rf"({number})\s*\D+", given):
        yield f"Write {found[1]} alone; the unit has a field of its own."
    yield "Write digits, with a point for decimals."


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def explained(error: ValidationError, document: Document, kind: Kind) -> Iterator[Problem]:
    """A problem for everything that pydantic found, at the line where it stands."""
    for found in error.errors(include_url=False):
        steps = found["loc"]
        if _is_handed_down(steps, kind, document):
            continue
        context = dict(found.get("ctx", {}))
        tag = str(context.get("discriminator", "")).strip("'")
        steps = (*steps, tag) if tag else steps
        shape = shape_of(kind.adapter, steps[:-1] if found["type"] == "extra_forbidden" else steps)
        given = found["input"].get(tag) if tag and isinstance(found["input"], dict) else found["input"]
        fault = Fault(found["type"], _written(steps, document), given, context, shape)
        yield Problem(document.place(fault.steps), fault.type.replace("_", "-"), fault.message, fault.remedy)


def named(found: ErrorDetails, document: Document) -> str:
    """What pydantic found, without what stands there: for files whose text nobody may repeat."""
    where = ".".join(map(str, _written(found["loc"], document)))
    return f"`{where}` {WORDS[found['type']].format(**found.get('ctx', {}))}"


def _written(steps: Steps, document: Document) -> Steps:
    """The steps as an editor wrote them: pydantic puts the kind of a finding between them."""
    written: Steps = ()
    for step in steps[:-1]:
        if (*written, step) in document.lines:
            written = (*written, step)
    return (*written, *steps[-1:])


def _is_handed_down(steps: Steps, kind: Kind, document: Document) -> bool:
    """Whether a finding takes it over from its study, where it is reported already."""
    if kind.name != "study" or steps[:1] != ("findings",):
        return False
    return any(step in _HANDED and (*steps[:2], step) not in document.lines for step in steps[2:])

"""What pydantic's kinds of faults mean to people who do not program, and how they are mended."""

from __future__ import annotations

from collections.abc import Mapping

Meaning = tuple[str, str]
"""The rule that is broken, and what it says."""

WHOLE: Meaning = ("no-whole-number", "must be a whole number, with nothing else beside it")
NUMBER: Meaning = ("no-number", "must be a number, with nothing else beside it")
_FLAG: Meaning = ("neither-true-nor-false", "must be true or false")
_DATE: Meaning = ("no-date", "must be a date of the calendar")
FIELDS: Meaning = ("no-fields", "must be fields, each with a name, a colon and a value")
_WORD: Meaning = ("unknown-word", "must be one of the few words that are known here")
_MISSING: Meaning = ("missing", "is missing")

MEANINGS: Mapping[str, Meaning] = {
    "missing": _MISSING,
    "union_tag_not_found": _MISSING,
    "extra_forbidden": ("unknown-field", "is no field that belongs here"),
    "string_type": ("no-text", "must be text"),
    "string_too_short": ("empty", "has a colon and nothing behind it"),
    "string_pattern_mismatch": ("wrong-form", "must be written in its usual form"),
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "finite_number": NUMBER,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "bool_type": _FLAG,
    "bool_parsing": _FLAG,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "greater_than_equal": ("too-low", "must be {ge} or more"),
    "less_than_equal": ("too-high", "must be {le} or less"),
    "enum": _WORD,
    "literal_error": _WORD,
    "union_tag_invalid": _WORD,
    "too_short": ("too-few", "needs {min_length} entries or more, and has {actual_length}"),
    "tuple_type": ("no-list", "must be a list"),
    "dict_type": FIELDS,
    "model_type": FIELDS,
    "model_attributes_type": FIELDS,
    "value_error": ("contradiction", "{error}"),
}
"""What each kind of fault that a record can raise means to an editor. A test finds one that is left out."""

_AS_FIELDS = "Write {name: value} behind the colon, or each on a line of its own, indented by two spaces."
COMPARE = "Compare it with the source."
HOW: Mapping[Meaning, str] = {
    MEANINGS["tuple_type"]: "Write [first, second] behind the colon, or each on a line of its own behind a dash.",
    FIELDS: _AS_FIELDS,
    _FLAG: "Write true or false.",
    _DATE: "Write year, month and day, as in 2026-02-28.",
    _MISSING: "Add it:",
    MEANINGS["string_too_short"]: "Write it, or take the line out:",
    MEANINGS["value_error"]: COMPARE,
    MEANINGS["less_than_equal"]: f"{COMPARE} Is there a digit too many, or was a point left out?",
    MEANINGS["greater_than_equal"]: COMPARE,
}
"""How to mend it, where more can be said than what belongs there."""

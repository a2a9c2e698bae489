"""The base of everything that editors write."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen value read from YAML.

    Attribute docstrings become the descriptions of the JSON Schema: hover text for editors, and the last line
    of an error message. An unknown field is an error, so that a misspelt one is never silently without effect; so is a
    text that was left empty.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        populate_by_name=True,
        str_strip_whitespace=True,
        str_min_length=1,
        defer_build=True,  # a start that finds its engine in the cache validates nothing
    )

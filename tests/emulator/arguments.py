"""The arguments of one call, read as leniently as the Bot API reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Arguments:
    """Named strings and uploads; whatever the request's encoding was, values are strings by now."""

    values: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    @classmethod
    def of(cls, **values: Any) -> Arguments:
        """Arguments from Python values, for a call without a socket."""
        return cls({name: as_text(value) for name, value in values.items()})

    def names(self) -> set[str]:
        return self.values.keys() | self.uploads.keys()

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def integer(self, name: str, default: int = 0, low: int = -(2**63), high: int = 2**63 - 1) -> int:
        """Leading digits count, anything else is 0; out of range is clamped, never refused."""
        if not (text := self.text(name).strip()):
            return default
        digits = re.match(r"-?\d+", text)
        return min(max(int(digits[0]) if digits else 0, low), high)

    def json(self, name: str) -> Any:
        """The decoded value; None when absent or not JSON."""
        try:
            return json.loads(self.text(name))
        except ValueError:
            return None

    def upload(self, name: str) -> Upload | None:
        """The file sent under this name, or under the part it refers to as `attach://part`."""
        return self.uploads.get(self.text(name).removeprefix("attach://") or name)


def as_text(value: Any) -> str:
    """A JSON value as the form field that means the same."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

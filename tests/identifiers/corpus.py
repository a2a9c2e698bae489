"""The questions with an identifier, and those that only look so: whole questions, one a line, in three files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
HELD = "held"
PARTS = ("development", "spare", HELD)
"""What the recogniser was built on; what independent people wrote, of which it learnt from one half and not from the
other.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the kind of identifier in it; none where it must be read.

    `grey` cases are those that reasonable people may judge otherwise; the kind there says only that it is refused.
    """

    question: str
    kind: str | None
    grey: bool = False


def cases(part: str) -> list[Case]:
    """The cases of one of the PARTS, in the order of its file."""
    record = yaml.safe_load((HERE / f"{part}.yaml").read_text(encoding="utf-8"))
    grey = record.get("grey", {})
    return [
        *(Case(question, kind) for kind, some in record["holds"].items() for question in some.splitlines()),
        *(Case(question, None) for question in record["alike"].splitlines()),
        *(Case(question, "refuse", grey=True) for question in grey.get("refuse", "").splitlines()),
        *(Case(question, None, grey=True) for question in grey.get("read", "").splitlines()),
    ]

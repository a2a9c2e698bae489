"""Questions with an identifier, and questions that only look so, made from the pieces in the two files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
CARRIERS = (
    "thal dose for {}?",
    "{}: relapse after stopping len?",
    "any neuropathy risk, {}",
    "{} can we start thalidomide",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the kind of identifier in it; none where it must be read."""

    question: str
    kind: str | None


def cases(part: str) -> list[Case]:
    """Those of a part, "development" or "apart": each piece in three of the carriers, in turn."""
    holds, alike = (yaml.safe_load((HERE / f"{name}.yaml").read_text())[part] for name in ("holds", "alike"))
    pieces = [(piece, kind) for kind, some in holds.items() for piece in some] + [(str(piece), None) for piece in alike]
    return [
        Case(CARRIERS[(place + turn) % len(CARRIERS)].format(piece), kind)
        for place, (piece, kind) in enumerate(pieces)
        for turn in range(3)
    ]

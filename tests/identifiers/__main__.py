"""How many identifiers are seen, by kind, and how often one is seen that is none.

python -m tests.identifiers          # the figures of each part
python -m tests.identifiers --show   # and where it errs, but in what is held apart
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bot.assembly import build_engine
from bot.matching.identifiers import Identifier, identifier_in
from tests.identifiers.corpus import HELD, PARTS, Case, cases

ROOT = Path(__file__).parent.parent.parent
Seen = tuple[Case, Identifier | None]


def main(*, show: bool) -> None:
    """Over the shipped content, for each part."""
    index = build_engine(ROOT).index
    for part in PARTS:
        found = [(case, identifier_in(case.question, index)) for case in cases(part)]
        _print_share(part, [one for one in found if not one[0].grey])
        _print_share(f"{part}, grey", [one for one in found if one[0].grey])
        if show and part != HELD:
            _print_errors(found)


def _print_share(part: str, found: list[Seen]) -> None:
    of = Counter(case.kind for case, _ in found)
    refused = Counter(case.kind for case, kind in found if kind)
    if not found:
        return
    holding = of.total() - of[None]
    print(f"{part}: {refused.total() - refused[None]} of {holding} with an identifier refused ", end="")
    print(f"({(refused.total() - refused[None]) / holding:.1%}), {refused[None]} of {of[None]} false alarms")
    for kind in filter(None, of) if len(of) > 2 else ():
        print(f"  {kind.removeprefix('identifier_'):8} {refused[kind]:4} of {of[kind]:4}")


def _print_errors(found: list[Seen]) -> None:
    for case, kind in found:
        if bool(kind) != bool(case.kind):
            print(f"    {'missed' if case.kind else kind}: {case.question}")


if __name__ == "__main__":
    main(show="--show" in sys.argv[1:])

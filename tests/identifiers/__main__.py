"""How many identifiers are seen, by kind, and how often one is seen that is none.

python -m tests.identifiers
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.assembly import build_engine
from bot.matching.identifiers import identifier_in
from tests.identifiers.corpus import cases

ROOT = Path(__file__).parent.parent.parent


def main() -> None:
    """Over the shipped content, for each of the two parts."""
    is_known = build_engine(ROOT).index.is_of_content
    for part in ("development", "apart"):
        found = [(case, identifier_in(case.question, is_known)) for case in cases(part)]
        of = Counter(case.kind for case, _ in found)
        seen = Counter(case.kind for case, kind in found if kind)
        print(f"{part}: {of.total() - of[None]} with an identifier, {of[None]} that look alike")
        for kind in filter(None, of):
            print(f"  {kind:20} {seen[kind]:4} of {of[kind]:4} refused")
        print(f"  {'false alarms':20} {seen[None]:4} of {of[None]:4}")
        for case, seen_as in found:
            if bool(seen_as) != bool(case.kind):
                print(f"    {'missed' if case.kind else seen_as}: {case.question}")


if __name__ == "__main__":
    main()

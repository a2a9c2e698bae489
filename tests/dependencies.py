"""Asks pip-audit whether anything that is pinned has a known fault.

    python -m tests.dependencies [--strict] FILES

Ends with 1 where something has. Where its service has no word on a package, or cannot be reached, this says so; with
--strict that is a fault too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

AUDITOR = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off")


@dataclass(frozen=True, slots=True)
class Audit:
    """What the auditor found: packages with faults, and how many it could and could not look up."""

    faults: tuple[str, ...]
    audited: int
    unknown: int

    @classmethod
    def of(cls, report: dict[str, Any]) -> Audit:
        """From pip-audit's report in JSON."""
        packages = report.get("dependencies", [])
        audited = sum("skip_reason" not in one for one in packages)
        return cls(tuple(_faults(packages)), audited, len(packages) - audited)

    def passes(self, *, strict: bool) -> bool:
        """Whether nothing is wrong; when strict, of everything."""
        return not self.faults and not (strict and (self.unknown or not self.audited))

    def __str__(self) -> str:
        counted = f"{self.audited} packages audited, {len(self.faults)} known faults"
        silent = f"; of {self.unknown} the service knows nothing" if self.unknown else ""
        return "\n".join([*self.faults, counted + silent])


def _faults(packages: list[dict[str, Any]]) -> Iterator[str]:
    for package in packages:
        for fault in package.get("vulns", []):
            mended = ", ".join(fault.get("fix_versions", [])) or "no version yet"
            yield f"{package['name']} {package['version']}: {fault['id']}, mended in {mended}"


def audit(files: Sequence[str]) -> Audit | None:
    """Of all that these lock files pin; None where the service cannot be reached."""
    asked = [argument for file in files for argument in ("--requirement", file)]
    run = subprocess.run([*AUDITOR, "--format", "json", *asked], capture_output=True, text=True, check=False)
    try:
        return Audit.of(json.loads(run.stdout))
    except ValueError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--strict", action="store_true")
    chosen = parser.parse_args()
    found = audit(chosen.files)
    print(found or "the auditor's service cannot be reached: nothing was audited")
    sys.exit(not found.passes(strict=chosen.strict) if found else chosen.strict)


if __name__ == "__main__":
    main()

"""What is pinned is asked after: known faults stop a build, silence is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dependencies import Audit

ROOT = Path(__file__).parent.parent
LOCKS = ("deploy/requirements.txt", "tests/requirements.txt")
GOOD = {"name": "click", "version": "8.2.0", "vulns": []}
BAD = {"name": "aiohttp", "version": "3.0.0", "vulns": [{"id": "PYSEC-2030-1", "fix_versions": ["3.0.1"]}]}
SILENT = {"name": "rounds", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "passes", "strictly"),
    [([GOOD], True, True), ([GOOD, BAD], False, False), ([GOOD, SILENT], True, False), ([], True, False)],
    ids=["nothing known", "a known fault", "one that nobody knows", "nothing audited"],
)
def test_a_known_fault_stops_the_build(packages: list[object], *, passes: bool, strictly: bool) -> None:
    """Silence stops it only where that is asked for."""
    found = Audit.of({"dependencies": packages})
    assert (found.passes(strict=False), found.passes(strict=True)) == (passes, strictly)


def test_a_fault_is_told_with_the_version_that_mends_it() -> None:
    told = str(Audit.of({"dependencies": [GOOD, BAD, SILENT]}))
    assert told.splitlines() == [
        "aiohttp 3.0.0: PYSEC-2030-1, mended in 3.0.1",
        "2 packages audited, 1 known faults; of 1 the service knows nothing",
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_digests_and_no_address(lock: str) -> None:
    """pip refuses anything else than what was locked, from wherever it comes."""
    text = (ROOT / lock).read_text()
    packages = re.split(r"\n(?=[a-z])", text.strip())
    assert len(packages) > 30
    assert all(re.match(r"[a-z0-9._-]+==\S+", one) and "--hash=sha256:" in one for one in packages)
    assert "://" not in text
    assert "--index" not in text

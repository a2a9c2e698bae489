"""Editions of the small content, published as an editor publishes them: each by the press, after all its checks."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.changing.edition import Edition
from bot.changing.press import Press
from bot.changing.proposal import Proposal
from bot.changing.snapshot import Snapshot

SMALL = Path(__file__).parent.parent / "small"
RATE = "knowledge/amilol/response_rate.yaml"
SHARE = "percent: 71"
"""What of it turns out to be wrong."""


@dataclass(frozen=True, slots=True)
class Published:
    """The same content after each edition, every one in a folder with its own history."""

    before: Path
    corrected: Path
    """A share was wrong: 71% → 70%."""
    taken_back: Path
    """That correction was wrong: 70% → 71%."""
    renewed: Path
    """No mistake: 71% → 72%."""

    @classmethod
    def in_folder(cls, folder: Path) -> Published:
        before = _copy(SMALL, folder / "before")
        corrected = _copy(before, folder / "corrected")
        publish(corrected, RATE, SHARE, "percent: 70", correction=True)
        taken_back = _copy(corrected, folder / "taken_back")
        Press(taken_back).undo("Efua")
        renewed = _copy(before, folder / "renewed")
        publish(renewed, RATE, SHARE, "percent: 72", correction=False)
        return cls(before, corrected, taken_back, renewed)


def publish(root: Path, path: str, old: str, new: str, *, correction: bool) -> Edition:
    """Put other words in the place of some that stand in a file."""
    now = Snapshot.of(root)
    assert old in now.texts[path]
    proposal = Proposal({path: now.texts[path].replace(old, new)}, "Read again.", correction)
    return Press(root).publish(proposal, "Efua", now.digest)


def _copy(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))

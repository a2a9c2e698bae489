"""The adversary's verdict: near misses put to the new content, and what of it the old content did not have."""

from __future__ import annotations

from dataclasses import dataclass

from bot.adversary.campaign import Campaign
from bot.answering.engine import Engine

SEED, PHRASES, PROBES = 1, 3, 40
"""The same every time: phrases for each topic and drug, probes of each kind. A few seconds on the shipped content."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How many near misses were put to the new content, how many failed, and the failures that are new."""

    probes: int
    failures: int
    new: tuple[str, ...]

    @property
    def text(self) -> str:
        """In a line."""
        return f"{self.probes:,} near misses, {self.failures} answered as none may be, {len(self.new)} of these new"


def try_out(old: Engine | None, new: Engine) -> Trial:
    """Run the same campaign on both; of the old one only what failed counts."""
    now = Campaign.run(new, seed=SEED, phrases=PHRASES, probes=PROBES)
    known = _failed(Campaign.run(old, seed=SEED, phrases=PHRASES, probes=PROBES)) if old and now.failures else {}
    return Trial(now.total, len(now.failures), tuple(said for key, said in _failed(now).items() if key not in known))


def _failed(campaign: Campaign) -> dict[tuple[str, ...], str]:
    return {failure.probe.turns: str(failure) for failure in campaign.failures}

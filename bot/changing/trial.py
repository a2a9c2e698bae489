"""The adversary's verdict: near misses put to the new content, and what of it the old content did not have."""

from __future__ import annotations

from dataclasses import dataclass

from bot.adversary.campaign import Campaign
from bot.adversary.judging import INTOLERABLE, Judge
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
        """In a line: the new failures stand below it."""
        if not self.new:
            return "No new dangerous answers"
        answers = "answer" if len(self.new) == 1 else "answers"
        return f"{len(self.new)} new dangerous {answers} to questions made up to mislead the bot"


def try_out(old: Engine | None, new: Engine) -> Trial:
    """Run a campaign on the new content, and put to the old one what failed: what fails there too is not new."""
    campaign = Campaign.run(new, seed=SEED, phrases=PHRASES, probes=PROBES)
    judge = Judge(old) if old else None
    fresh = (
        failure
        for failure in campaign.failures
        if judge is None or judge.verdict(failure.probe, judge.reply_to(failure.probe)) not in INTOLERABLE
    )
    return Trial(campaign.total, len(campaign.failures), tuple(map(str, fresh)))

"""`adversary`: thousands of near misses, and what came of them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.adversary.campaign import Campaign
from bot.commands.opening import engine_over


@click.command()
@click.option("--seed", default=1, show_default=True, help="Where chance starts from.")
@click.option("--phrases", default=8, show_default=True, help="Phrases for each topic and drug.")
@click.option("--probes", default=1500, show_default=True, help="Probes of each kind.")
@click.option("--examples", default=5, show_default=True, help="Failures to print of each kind.")
@click.pass_obj
def adversary(content: Path, seed: int, phrases: int, probes: int, examples: int) -> None:
    """Put near misses to the bot; exit with 1 where one is answered as none may be."""
    campaign = Campaign.run(engine_over(content), seed=seed, phrases=phrases, probes=probes)
    click.echo(campaign.text(examples))
    sys.exit(bool(campaign.failures))

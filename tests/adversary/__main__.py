"""Print the matrix of a long run: `python -m tests.adversary --probes 2000`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.assembly import build_engine
from tests.adversary.campaign import Campaign

SHIPPED = Path(__file__).parent.parent.parent


@click.command()
@click.option("--content", type=click.Path(path_type=Path), default=SHIPPED, help="The folder of the content.")
@click.option("--seed", default=1, help="Where chance starts from.")
@click.option("--phrases", default=8, help="Phrases for each topic and drug.")
@click.option("--probes", default=1500, help="Probes of each kind.")
@click.option("--examples", default=5, help="Failures to print of each kind.")
def main(content: Path, seed: int, phrases: int, probes: int, examples: int) -> None:
    """Put near misses to the bot; exit with 1 where one is answered as it never may be."""
    campaign = Campaign.run(build_engine(content), seed=seed, phrases=phrases, probes=probes)
    click.echo(campaign.text(examples))
    sys.exit(bool(campaign.failures))


main()

"""`chart`: pictures of what the studies found."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.commands.listing import drug_named
from bot.commands.opening import engine_over
from bot.commands.saving import OUTPUT, save
from bot.drawing.chart import NothingToDrawError, UnknownChartError
from bot.drawing.gallery import NAMES, Gallery


@click.command(epilog=f"Charts: {', '.join(NAMES)}.")
@click.argument("name")
@click.argument("drug", required=False)
@click.option("-o", "--output", type=OUTPUT, required=True, help="The PNG file to write.")
@click.pass_obj
def chart(content: Path, name: str, drug: str | None, output: Path) -> None:
    """Draw the chart NAME of a DRUG, and print its caption and what it shows in words.

    Exits with 1 where there is nothing to draw.
    """
    catalogue = engine_over(content).catalogue
    try:
        drawn = Gallery().chart(catalogue, name, drug and drug_named(catalogue, drug))
    except UnknownChartError as error:
        raise click.UsageError(str(error)) from error
    except NothingToDrawError as error:
        click.echo(error, err=True)
        sys.exit(1)
    save(output, drawn.png)
    click.echo(f"{drawn.caption}\n\n{drawn.alt}")

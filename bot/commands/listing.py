"""`studies`: what has been studied, in whom, at what dose."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from bot.commands.opening import engine_over
from bot.domain.catalogue import Catalogue
from bot.studies.listing import listed


class Dose(click.ParamType[Decimal]):
    """A dose in mg daily."""

    name = "mg"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """A decimal above nothing, or a usage error."""
        try:
            dose = Decimal(str(value))
        except InvalidOperation:
            dose = Decimal()
        if not (dose.is_finite() and dose > 0):
            self.fail(f"{value} is no dose in mg daily", param, ctx)
        return dose


@click.command()
@click.argument("drug", required=False)
@click.option("--population", help="A key of populations.yaml: cle lists discoid lupus too.")
@click.option("--dose", type=Dose(), help="Only studies that gave this many mg daily.")
@click.pass_obj
def studies(content: Path, drug: str | None, population: str | None, dose: Decimal | None) -> None:
    """List the studies, the largest first: name, n, design, population, dose, response and relapse.

    Of one DRUG, or of all of them.
    """
    catalogue = engine_over(content).catalogue
    if population is not None and population not in catalogue.populations:
        raise click.UsageError(f'There is no population "{population}". There are: {", ".join(catalogue.populations)}.')
    found = listed(catalogue, drug and drug_named(catalogue, drug), population, dose)
    for line in found:
        click.echo(line.text)
    if not found:
        click.echo("No study fits.")


def drug_named(catalogue: Catalogue, word: str) -> str:
    """The key of a drug by its name or one of its other names. Raises a usage error that lists what is covered."""
    for key, drug in catalogue.drugs.items():
        if word.casefold() in map(str.casefold, (key, drug.name, *drug.aliases)):
            return key
    raise click.UsageError(f'"{word}" is not covered. There are: {", ".join(catalogue.drugs)}.')

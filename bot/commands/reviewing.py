"""`coverage`, `booklet`, `due` and `audit`: for those who judge the content."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.calendar import current_day
from bot.checking.deadlines import Standing
from bot.commands.opening import engine_over
from bot.commands.saving import OUTPUT, save
from bot.content.evidence import EvidenceError, read_evidence
from bot.reviewing.audit import audit_of
from bot.reviewing.booklet import Booklet
from bot.reviewing.coverage import coverage_of
from bot.reviewing.due import due as falling_due


@click.command()
@click.option("--markdown", type=OUTPUT, help="Also write the grid to this file as Markdown.")
@click.option("--json", "json_file", type=OUTPUT, help="Also write the grid to this file as JSON.")
@click.pass_obj
def coverage(content: Path, markdown: Path | None, json_file: Path | None) -> None:
    """Print what is known of which drug and topic: state, findings, best source and what was read of it."""
    grid = coverage_of(engine_over(content).catalogue)
    click.echo(grid.text())
    if markdown:
        save(markdown, grid.markdown())
    if json_file:
        save(json_file, json.dumps(grid.data(), indent=2, ensure_ascii=False) + "\n")


@click.command()
@click.option("-o", "--output", type=OUTPUT, help="Write it to this file instead of the terminal.")
@click.pass_obj
def booklet(content: Path, output: Path | None) -> None:
    """Print all answers and study cards as one Markdown booklet, for review."""
    text = Booklet(engine_over(content).catalogue).markdown()
    if output:
        save(output, text)
    else:
        click.echo(text, nl=False)


@click.command()
@click.option("--days", type=click.IntRange(0, 3650), default=30, show_default=True, help="How far to look ahead.")
@click.pass_obj
def due(content: Path, days: int) -> None:
    """List what must be looked at again, by file: what is withheld, overdue, or falls due soon.

    Exits with 1 where something is withheld or overdue.
    """
    today = current_day()
    found = falling_due(engine_over(content).catalogue, today, days)
    click.echo(found.text())
    sys.exit(bool({Standing.WITHHELD, Standing.OVERDUE} & set(found.groups)))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_obj
def audit(content: Path, folder: Path) -> None:
    """Hold the content against the evidence in FOLDER, fact by fact.

    Every fact is used or left out with a reason, every figure stands in the facts that its finding names, and no
    sentence is copied. Exits with 1 where that does not hold.
    """
    try:
        evidence = read_evidence(folder)
    except EvidenceError as error:
        raise click.UsageError(str(error)) from error
    found = audit_of(engine_over(content).catalogue, evidence)
    for problem in found.problems:
        click.echo(problem)
    click.echo(found.summary)
    sys.exit(bool(found.problems))

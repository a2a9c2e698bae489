"""`eval`: how well the bot understands labelled questions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.answering.engine import Engine
from bot.commands.opening import engine_over
from bot.commands.saving import OUTPUT, save
from bot.evaluating import report
from bot.evaluating.evaluation import evaluate
from bot.evaluating.overlap import overlaps
from bot.evaluating.questions import Case, QuestionsError, read_questions
from bot.evaluating.sheet import Sheet
from bot.evaluating.sheets import sheet_of_curve, sheets_of, sheets_of_fit, summary
from bot.evaluating.sweep import curve, fit

CURVES = ("threshold", "margin")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("eval")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--report",
    "report_file",
    type=OUTPUT,
    help="Also write it to this file: .md or .html.",
)
@click.option("--fit", "fitting", is_flag=True, help="Propose limits for intents/limits.yaml instead; write nothing.")
@click.option("--overlap", is_flag=True, help="List the questions that stand among the training phrases instead.")
@click.pass_obj
def evaluation(
    content: Path, files: tuple[Path, ...], report_file: Path | None, *, fitting: bool, overlap: bool
) -> None:
    """Put the labelled questions in FILES to the bot and judge its replies.

    Prints verdicts by label and topic, what was answered for what, how sure it was, and what other limits would
    change. Exits with 1 where a reply is dangerous, or with --overlap where a question was taught.
    """
    engine, cases = engine_over(content), _cases(files)
    if overlap:
        _list_overlaps(engine, cases)
        return
    judged = evaluate(engine, cases)
    if fitting:
        sheets: tuple[Sheet, ...] = tuple(sheets_of_fit(tuple(fit(engine, cases))))
    else:
        sheets = (*sheets_of(judged), *(sheet_of_curve(curve(engine, cases, limit)) for limit in CURVES))
    click.echo(f"{report.text(sheets)}\n\n{summary(judged)}")
    if report_file:
        save(report_file, report.page(report_file.suffix, summary(judged), sheets))
    sys.exit(judged.dangerous > 0)


def _cases(files: tuple[Path, ...]) -> tuple[Case, ...]:
    try:
        return read_questions(files)
    except QuestionsError as error:
        raise click.UsageError(str(error)) from error


def _list_overlaps(engine: Engine, cases: tuple[Case, ...]) -> None:
    found = tuple(overlaps(engine, cases))
    for one in found:
        click.echo(one)
    click.echo(f"{len(found)} of {sum(len(case.turns) for case in cases)} questions stand among the training phrases.")
    sys.exit(bool(found))

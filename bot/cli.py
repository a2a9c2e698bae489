"""The command line."""

from __future__ import annotations

from pathlib import Path

import click

from bot import __version__
from bot.commands.asking import ask, explain, topics
from bot.commands.attacking import adversary
from bot.commands.comparing import diff
from bot.commands.drawing import chart
from bot.commands.editing import check, schemas
from bot.commands.evaluating import evaluation
from bot.commands.health import health
from bot.commands.listing import studies
from bot.commands.records import feedback, forget
from bot.commands.reviewing import audit, booklet, coverage
from bot.commands.serving import run
from bot.settings import ContentSettings


@click.group(
    commands=(
        *(run, ask, explain, topics, studies, chart, check, schemas, coverage, booklet, audit, evaluation),
        *(diff, adversary, feedback, forget, health),
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--content",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder that holds knowledge/ and intents/. Else the setting CONTENT, else those beside the program.",
)
@click.version_option(__version__, prog_name="rounds")
@click.pass_context
def main(context: click.Context, content: Path | None) -> None:
    """Rounds answers clinicians' questions from a curated, cited knowledge base.

    Start it with `run`, ask it one thing with `ask`, see how it understood a question with `explain`, and check
    what editors wrote with `check`.
    """
    context.obj = content or ContentSettings().content

"""The command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.answering.engine import Engine
from bot.assembly import build_engine
from bot.checking.check import check_content
from bot.content.schemas import outdated, write_schemas
from bot.domain.context import Context
from bot.domain.place import ContentError, Problem, Severity
from bot.errors import ExitCode, SettingsError
from bot.rendering.data import data
from bot.rendering.explanation import explanation
from bot.settings import Settings, read_settings
from bot.terminal import converse, rendered

HERE = Path(__file__).parent.parent


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--content",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=HERE,
    envvar="CONTENT",
    show_envvar=True,
    help="The folder that holds knowledge/ and intents/. By default those beside the program.",
)
@click.version_option(package_name=None, version="0.1.0", prog_name="rounds")
@click.pass_context
def main(context: click.Context, content: Path) -> None:
    """Rounds answers clinicians' questions from a curated, cited knowledge base.

    Start it with `run`, ask it one thing with `ask`, see how it understood a question with `explain`, and check
    what editors wrote with `check`.
    """
    context.obj = content


@main.command()
@click.pass_obj
def run(content: Path) -> None:
    """Serve Telegram if TELEGRAM_BOT_TOKEN is set, else answer in this terminal.

    In the terminal it shows a prompt to a person and answers one line of input after another from a pipe. Content
    is read anew whenever a file changes.

    \b
    Exit codes: 0 ended by request, 2 the token is wrong, 3 no network,
    4 the content cannot go live, 5 a setting is wrong.
    """
    settings = _settings()
    if settings.telegram_bot_token is None:
        click.echo("Rounds in the terminal. Type a question, or a number to choose an option; Ctrl-D ends.", err=True)
        click.echo("To serve Telegram instead, set TELEGRAM_BOT_TOKEN to the token of your bot.", err=True)
        converse(_engine(content))
        return
    from bot.chat.serving import serve  # noqa: PLC0415  (Telegram's libraries load only where they are used)

    click.echo("Rounds in Telegram, by long polling. Ctrl-C ends.", err=True)
    click.echo("To use the terminal instead, unset TELEGRAM_BOT_TOKEN.", err=True)
    sys.exit(serve(settings, content, _engine(content)))


def _settings() -> Settings:
    """The settings, or one clear line for each that is wrong."""
    try:
        return read_settings()
    except SettingsError as error:
        click.echo(error, err=True)
        sys.exit(ExitCode.SETTINGS)


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as one JSON object.")
@click.option("--jsonl", is_flag=True, help='Read conversations, one {"id", "turns"} a line; print one reply a line.')
@click.pass_obj
def ask(content: Path, question: str | None, as_json: bool, jsonl: bool) -> None:
    """Answer one QUESTION, or with --jsonl whole conversations from standard input."""
    if jsonl == (question is not None):
        raise click.UsageError("give a QUESTION, or --jsonl and conversations on standard input")
    engine = _engine(content)
    if jsonl:
        for number, line in enumerate(sys.stdin, start=1):
            _answer_conversation(engine, line, number)
        return
    reply = engine.reply_to(question or "").reply
    if as_json:
        click.echo(json.dumps(data(reply, engine.library, engine.catalogue.version), ensure_ascii=False))
    else:
        click.echo(rendered(engine, reply))


def _answer_conversation(engine: Engine, line: str, number: int) -> None:
    """One reply a line for every turn. Raises a usage error that names the line, never its text."""
    if not line.strip():
        return
    try:
        conversation = json.loads(line)
        name, questions = conversation["id"], [str(turn) for turn in conversation["turns"]]
    except (ValueError, KeyError, TypeError):
        raise click.UsageError(f'line {number} of the input is not {{"id": ..., "turns": [...]}}') from None
    context = Context()
    for place, question in enumerate(questions):
        turn = engine.reply_to(question, context)
        context = turn.context
        fields = data(turn.reply, engine.library, engine.catalogue.version)
        click.echo(json.dumps({"id": name, "turn": place, **fields}, ensure_ascii=False))


@main.command()
@click.argument("question")
@click.pass_obj
def explain(content: Path, question: str) -> None:
    """Show how a QUESTION is understood, and file and line of every finding in its answer."""
    engine = _engine(content)
    interpretation = engine.interpret(question)
    click.echo(explanation(interpretation, engine.reply_to(question).reply))


@main.command()
@click.pass_obj
def check(content: Path) -> None:
    """List everything in the content that an editor must mend.

    Exits with 1 where a problem keeps the content from going live; warnings alone do not.
    """
    problems = check_content(content)
    for problem in problems:
        click.echo(problem)
    click.echo(_count(problems))
    sys.exit(any(problem.severity is Severity.ERROR for problem in problems))


def _count(problems: tuple[Problem, ...]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{errors} error(s), {len(problems) - errors} warning(s)."


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a schema is out of date.")
@click.pass_obj
def schemas(content: Path, only_check: bool) -> None:
    """Write the JSON Schemas that give editors hover text and completion."""
    if not only_check:
        write_schemas(content)
        return
    old = outdated(content)
    for path in old:
        click.echo(f"{path} is out of date: run `python -m bot schemas`")
    sys.exit(bool(old))


@main.command()
@click.pass_obj
def topics(content: Path) -> None:
    """List what can be asked, with an example of each."""
    catalogue = _engine(content).catalogue
    for key, topic in catalogue.topics.items():
        drugs = [catalogue.drugs[drug].name for drug in catalogue.drugs_of(key)]
        example = topic.question.format(drug=drugs[0] if drugs else "")
        click.echo(f"{key:<26} {example}")


def _engine(content: Path) -> Engine:
    """The engine, or every problem and exit code 4."""
    try:
        return build_engine(content)
    except ContentError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        click.echo("The content cannot go live until these are mended.", err=True)
        sys.exit(ExitCode.CONTENT)

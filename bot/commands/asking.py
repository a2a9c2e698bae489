"""`ask`, `explain` and `topics`: what the bot says, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bot.answering.engine import Engine
from bot.commands.opening import engine_over
from bot.domain.context import Context
from bot.rendering.data import data
from bot.rendering.explanation import explanation
from bot.terminal import rendered


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as one JSON object.")
@click.option("--jsonl", is_flag=True, help='Read conversations, one {"id", "turns"} a line; print one reply a line.')
@click.pass_obj
def ask(content: Path, question: str | None, as_json: bool, jsonl: bool) -> None:
    """Answer one QUESTION, or with --jsonl whole conversations from standard input."""
    if jsonl == (question is not None):
        raise click.UsageError("give a QUESTION, or --jsonl and conversations on standard input")
    engine = engine_over(content)
    if jsonl:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            _answer_conversation(engine, line, number)
        return
    reply = engine.reply_to(question or "").reply
    if as_json:
        click.echo(json.dumps(data(reply, engine.library, engine.catalogue.version), ensure_ascii=False))
    else:
        click.echo(rendered(engine, reply))


def _answer_conversation(engine: Engine, line: bytes, number: int) -> None:
    """One reply a line for every turn. Raises a usage error that names the line, never its text."""
    if not line.strip():
        return
    try:
        name, questions = _conversation(line)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise click.UsageError(f'line {number} of the input is not {{"id": ..., "turns": [...]}}') from None
    context = Context()
    for place, question in enumerate(questions):
        turn = engine.reply_to(question, context)
        context = turn.context
        fields = data(turn.reply, engine.library, engine.catalogue.version)
        click.echo(json.dumps({"id": name, "turn": place, **fields}, ensure_ascii=False))


def _conversation(line: bytes) -> tuple[object, list[str]]:
    """Its id and its questions. Raises one of several errors for what is no conversation."""
    conversation = json.loads(line.decode())
    name, turns = conversation["id"], conversation["turns"]
    if not isinstance(turns, list):
        raise TypeError("turns are a list")
    json.dumps(conversation, ensure_ascii=False).encode()  # what cannot be printed cannot be answered either
    return name, [str(turn) for turn in turns]


@click.command()
@click.argument("question")
@click.pass_obj
def explain(content: Path, question: str) -> None:
    """Show how a QUESTION is understood, and file and line of every finding in its answer."""
    engine = engine_over(content)
    interpretation = engine.interpret(question)
    click.echo(explanation(interpretation, engine.reply_to(question).reply))


@click.command()
@click.pass_obj
def topics(content: Path) -> None:
    """List what can be asked, with an example of each."""
    catalogue = engine_over(content).catalogue
    for key, topic in catalogue.topics.items():
        drugs = [catalogue.drugs[drug].name for drug in catalogue.drugs_of(key)]
        example = topic.question.format(drug=drugs[0] if drugs else "")
        click.echo(f"{key:<26} {example}")

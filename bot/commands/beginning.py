"""`new`: files to be filled in, and ways of asking."""

from __future__ import annotations

from pathlib import Path

import click

from bot.checking.people import identified
from bot.commands.opening import engine_over
from bot.commands.saving import save
from bot.content.layout import QUESTIONS, path_of
from bot.domain.case import Case
from bot.evaluating.questions import QuestionsError, read_questions
from bot.evaluating.teaching import Taught
from bot.writing import WritingError, scaffold, with_phrase


@click.group()
def new() -> None:
    """Begin a study, a source, a topic or an answer, or add a way of asking.

    A new file holds every field that must be there, with ??? in place of what is still to be written and a word on
    what belongs there. It does not go live before the last ??? is gone.
    """


@new.command()
@click.argument("key")
@click.pass_obj
def study(content: Path, key: str) -> None:
    """Begin knowledge/studies/KEY.yaml."""
    _begin(content, "study", key)


@new.command()
@click.argument("key")
@click.pass_obj
def reference(content: Path, key: str) -> None:
    """Begin knowledge/references/KEY.yaml, a source."""
    _begin(content, "reference", key)


@new.command()
@click.argument("key")
@click.pass_obj
def topic(content: Path, key: str) -> None:
    """Begin intents/KEY.yaml: something that can be asked."""
    _begin(content, "topic", key)


@new.command()
@click.argument("drug")
@click.argument("topic")
@click.pass_obj
def answer(content: Path, drug: str, topic: str) -> None:
    """Begin knowledge/DRUG/TOPIC.yaml: what the bot says."""
    _begin(content, "answer", drug, topic)


def _begin(content: Path, kind: str, *keys: str) -> None:
    """Write the file and say what is next. A bad key, or a file that is there, is one clear line and exit code 1."""
    try:
        path, text = scaffold(kind, *keys)
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        with (content / path).open("x", encoding="utf-8") as file:
            file.write(text)
    except WritingError as error:
        raise click.ClickException(str(error)) from error
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already, and stays as it is.") from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"{path} is begun. Write over every ??? in it; `python -m bot check` says what is left.")


@new.command()
@click.argument("topic")
@click.argument("words")
@click.option("--anyway", is_flag=True, help="Add them although something stands against it.")
@click.pass_obj
def phrase(content: Path, topic: str, words: str, *, anyway: bool) -> None:
    """Add WORDS to the ways of asking TOPIC, if nothing stands against it.

    Nothing is written, and the exit code is 1, where the words are there already, where another topic wins them,
    where they stand among the test questions, or, with --anyway as well, where they could tell who a patient is.
    """
    path = path_of("topic", topic)
    if not (content / path).is_file():
        raise click.ClickException(f"there is no {path}. `python -m bot topics` lists them.")
    engine = engine_over(content)
    if what := identified(words, engine.catalogue):
        raise click.ClickException(f"they hold {what}, and could tell who a patient is: nothing was added.")
    try:
        text = with_phrase((content / path).read_text(encoding="utf-8"), words)
        against = tuple(Taught(engine, topic, words).objections(_cases(content)))
    except (WritingError, QuestionsError) as error:
        raise click.ClickException(str(error)) from error
    for objection in against:
        click.echo(f"{objection[0].upper()}{objection[1:]}.", err=True)
    if against and not anyway:
        raise click.ClickException("nothing was added; --anyway adds it all the same.")
    save(content / path, text)
    click.echo(f"{path} has one more way of asking. `python -m bot eval tests/questions/*.yaml` shows what it changes.")


def _cases(content: Path) -> tuple[Case, ...]:
    return read_questions(sorted(content.glob(QUESTIONS.pattern)))

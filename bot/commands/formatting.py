"""`fmt`: the files as they are written in this house."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.content.document import parse
from bot.content.files import NOT_UTF_8, Files
from bot.content.layout import ENDING, FOLDERS, QUESTIONS
from bot.content.placeholders import without_advice
from bot.domain.place import Place, Problem
from bot.errors import ExitCode
from bot.writing import WritingError, in_house_style

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@click.pass_obj
def fmt(content: Path, files: tuple[Path, ...], *, only_check: bool) -> None:
    """Bring FILES into the house style, or all of the content and its test questions.

    What they say stays, comments and order too; only the advice at the top of a new file goes, once it is followed.
    Each begins with a line that leads an editor's program to its schema, for hover text and completion. Exits with 1
    where a file cannot be read.
    """
    states = [_brought_in_style(content, file, only_check) for file in files or _all_files(content)]
    sys.exit(ExitCode.STOPPED if all(states) else ExitCode.FAILED)


def _all_files(content: Path) -> Iterator[Path]:
    for folder in (*FOLDERS, str(QUESTIONS.folder)):
        yield from sorted((content / folder).rglob(f"*{ENDING}"))


def _brought_in_style(content: Path, file: Path, only_check: bool) -> bool:
    """Whether all is well with a file. What was done to it is printed."""
    path = _name(content, file)
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError:
        return _refused(Files({path: ""}), Problem(Place(path), *NOT_UTF_8))
    if isinstance(read := parse(path, text), Problem):
        return _refused(Files({path: text}), read)
    try:
        new = in_house_style(without_advice(text), path)
    except WritingError as error:
        click.echo(f"{path}: {error}")
        return False
    if new == text:
        return True
    if not only_check:
        file.write_bytes(new.encode())
    click.echo(f"{path} {'is not in the house style: run `python -m bot fmt`' if only_check else 'is formatted now'}")
    return not only_check


def _refused(files: Files, problem: Problem) -> bool:
    """Told in the words of `check`."""
    for one in files.quoted([problem]):
        click.echo(one)
    return False


def _name(content: Path, file: Path) -> str:
    """Its path from the content's folder; as it was given where it lies elsewhere."""
    try:
        return file.resolve().relative_to(content.resolve()).as_posix()
    except ValueError:
        return file.as_posix()

"""Reads files of labelled questions. Their labels say what a careful clinician would expect of the reply."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from bot.content.document import parse
from bot.content.faults import named
from bot.content.layout import QUESTIONS
from bot.domain.case import Case, Cases, Conversation, Expected, Question, Single
from bot.domain.place import Place, Problem

__all__ = ["Case", "Conversation", "Expected", "Question", "QuestionsError", "Single", "read_questions"]


_REMEDY = "Look at a neighbouring file for its shape."


class QuestionsError(Exception):
    """A file holds no labelled questions. Names the file and the place, never what is asked."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.place}: {problem.message}")
        self.problem = problem


def read_questions(files: Iterable[Path]) -> tuple[Case, ...]:
    """Every case of the files, in order. Raises QuestionsError for the first file that cannot be read."""
    return tuple(case for file in files for case in questions_in(str(file), _text(file)))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = f"the file cannot be read: {type(error).__name__}"
        raise QuestionsError(Problem(Place(str(file)), "unreadable", why, "Put a text file in its place.")) from None


def questions_in(path: str, text: str) -> tuple[Case, ...]:
    """Every case of one file that has been read. Raises QuestionsError where it holds no labelled questions."""
    document = parse(path, text)
    if isinstance(document, Problem):
        raise QuestionsError(document)
    try:
        cases: Cases = QUESTIONS.adapter.validate_python(document.data or ())
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        why = f"these are no labelled questions: {named(fault, document)}"
        raise QuestionsError(Problem(document.place(fault["loc"][:1]), "no-questions", why, _REMEDY)) from None
    return cases

"""What is made of a state of the content on a day: its problems, its engine, its test questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.answering.engine import Engine
from bot.assembly import engine_of
from bot.cache import Cache
from bot.changing.snapshot import Snapshot
from bot.checking.check import check_files
from bot.checking.people import people_asked_about
from bot.domain.catalogue import Catalogue
from bot.domain.place import ContentError, Problem, Severity
from bot.evaluating.questions import Case, QuestionsError, questions_in


@dataclass(frozen=True, slots=True)
class Questions:
    """The test questions of a snapshot that can be read, and what is wrong with the others."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Questions:
        """In the order of the files."""
        cases: list[Case] = []
        problems = list(snapshot.questions.problems)
        for path, text in snapshot.questions.texts.items():
            try:
                cases += questions_in(path, text)
            except QuestionsError as error:
                problems.append(error.problem)
        return cls(tuple(cases), tuple(problems))


@dataclass(frozen=True)
class State:
    """A snapshot, and what follows from it. Each part is worked out when it is first asked for."""

    snapshot: Snapshot
    today: date
    cache: Cache

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that an editor must mend, of the content and of the files of test questions, by file."""
        checked = check_files(self.snapshot.files, self.today)
        people = people_asked_about(self.snapshot.questions, checked.catalogue) if checked.catalogue else ()
        return tuple(sorted((*checked.problems, *self._questions.problems, *people)))

    @property
    def has_errors(self) -> bool:
        """Whether one of them keeps the content from going live."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @cached_property
    def engine(self) -> Engine | None:
        """None where the content cannot go live."""
        try:
            return engine_of(self.snapshot.files, self.today, self.cache)
        except ContentError:
            return None

    @property
    def catalogue(self) -> Catalogue | None:
        """The same."""
        return self.engine.catalogue if self.engine else None

    @property
    def cases(self) -> tuple[Case, ...]:
        """The test questions that can be read."""
        return self._questions.cases

    @cached_property
    def _questions(self) -> Questions:
        return Questions.of(self.snapshot)

"""All that is wrong with the content in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from bot.checking.people import people_asked_about
from bot.checking.rules import broken_rules, rules_broken_alone
from bot.content.files import Files, gather
from bot.content.journal import ASIDE
from bot.content.layout import ENDING, QUESTIONS
from bot.content.linking import linked_as_far_as_read
from bot.domain.catalogue import Catalogue
from bot.domain.place import Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Checked:
    """Content with its problems, by file and line; no catalogue where too little of it could be read."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    hiding: tuple[str, ...] = ()
    """Paths of the files in which more may be wrong than is known."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from going live."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


def check_files(files: Files, today: date = date.min) -> Checked:
    """Every problem that can be known as of a day.

    Of files that cannot be read, why; of all others the links and the rules on single sentences, figures and names.
    The rules that see everything at once are asked where all is read and linked.
    """
    linked = linked_as_far_as_read(files, today)
    hiding = tuple(sorted(linked.hiding))
    if linked.catalogue is None:
        return Checked(None, files.quoted(linked.problems), hiding)
    rules = rules_broken_alone(linked.catalogue) if linked.problems else broken_rules(linked.catalogue, today)
    return Checked(linked.catalogue, files.quoted((*linked.problems, *rules)), hiding)


def problems_of(files: Files, today: date = date.min) -> tuple[Problem, ...]:
    """The same: the problems alone."""
    return check_files(files, today).problems


def check_folder(root: Path, today: date = date.min) -> Checked:
    """The content in a folder with its problems, names in its test questions and files that lie aside among them."""
    checked = check_files(gather(root), today)
    others = (*_of_people(root, checked.catalogue), *_aside(root))
    return replace(checked, problems=tuple(sorted((*checked.problems, *others))))


def check_content(root: Path, today: date = date.min) -> tuple[Problem, ...]:
    """The problems of the content in a folder, with names in its test questions and files that lie aside."""
    return check_folder(root, today).problems


def _of_people(root: Path, catalogue: Catalogue | None) -> Iterator[Problem]:
    """In test questions: what else is wrong with those is told where they are used."""
    if catalogue:
        yield from people_asked_about(gather(root, (PurePosixPath(QUESTIONS.pattern).parent.as_posix(),)), catalogue)


def _aside(root: Path) -> Iterator[Problem]:
    for file in (root / ASIDE).rglob(f"*{ENDING}"):
        path = "/".join(file.relative_to(root / ASIDE).parts[1:])
        said = f"somebody saved {path} while a publication was under way, which went live in its place"
        remedy = f"Take over into {path} what is needed, and remove this file."
        yield Problem(Place(file.relative_to(root).as_posix()), "lies-aside", said, remedy, Severity.WARNING)

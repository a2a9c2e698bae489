"""Everything of one state of the content: its files, and the test questions that belong to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.changing.proposal import QUESTIONS, Proposal, is_question_file
from bot.content.files import Files, gather
from bot.content.layout import FOLDERS


@dataclass(frozen=True)
class Snapshot:
    """The files that the bot reads, and the files of test questions; none where there is none.

    The content's version rests on the former alone, the digest on both.
    """

    files: Files
    questions: Files = field(default_factory=lambda: Files({}))

    @classmethod
    def of(cls, root: Path) -> Snapshot:
        """What lies in a folder now, read in one go. Nothing is raised: what cannot be read is among the problems."""
        found, home = gather(root, (*FOLDERS, str(QUESTIONS))), f"{QUESTIONS}/"
        files = {path: text for path, text in found.texts.items() if not path.startswith(home)}
        questions = {path: text for path, text in found.texts.items() if is_question_file(path)}
        apart = [one for one in found.problems if one.place.path.startswith(home)]
        problems = tuple(one for one in found.problems if one not in apart)
        return cls(Files(files, problems), Files(questions, tuple(apart)))

    @classmethod
    def holding(cls, texts: Mapping[str, str]) -> Snapshot:
        """Of these texts, by path, in whatever order."""
        return cls(Files({}), Files({})).replacing(texts)

    @property
    def texts(self) -> dict[str, str]:
        """Every text by its path."""
        return {**self.files.texts, **self.questions.texts}

    @cached_property
    def digest(self) -> str:
        """A name for exactly these texts."""
        return hashlib.sha256(f"{self.files.digest} {self.questions.digest}".encode()).hexdigest()

    def changed_by(self, proposal: Proposal) -> Snapshot:
        """The state that a proposal leads to."""
        return self.replacing(proposal.edits)

    def replacing(self, edits: Mapping[str, str | None]) -> Snapshot:
        """The same with other texts at some paths; None removes the file."""
        files = {path: text for path, text in edits.items() if not is_question_file(path)}
        questions = {path: text for path, text in edits.items() if is_question_file(path)}
        return Snapshot(self.files.changed_by(files), self.questions.changed_by(questions))

"""Judges content that was saved by hand, before a running bot takes it over: by the test questions."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.changing.outcomes import Asked, ChangedQuestion, Fate, changed_questions
from bot.changing.snapshot import Snapshot
from bot.changing.state import Questions
from bot.content.document import Document, parse
from bot.content.journal import latest
from bot.domain.place import Place, Problem
from bot.evaluating.evaluation import Replies

log = logging.getLogger(__name__)
_REMEDY = "Mend the content, or the test question where that is what is wrong: `python -m bot diff` shows both."
_WARNED = frozenset({Fate.RELABELLED, Fate.REMOVED})


@dataclass(frozen=True, slots=True)
class _Held:
    """The last good state, and how its test questions fared before the engine over it, once they were put to it."""

    snapshot: Snapshot
    engine: Replies | None = None
    asked: Asked | None = None

    def asked_of(self, engine: Replies) -> Asked:
        """How they fared before this engine: known, unless it was never judged."""
        if self.asked and engine is self.engine:
            return self.asked
        return Asked.of(engine, Questions.of(self.snapshot).cases)


class Gate:
    """Keeps content out that makes a test question worse, by the rule of a publication (see `outcomes`).

    A state is judged by the questions as they are with it and as they were at the last good one. What the press has
    just published over the state that answers has passed already. A new day judges nobody: figures that are past their
    day must go. The first state of a run is taken as it is, so a restart always gets through. The adversary is asked
    before a publication and by `diff` alone: it takes seconds.
    """

    def __init__(self, root: Path) -> None:
        """Begin with what lies in the folder now as the last good state."""
        self._root = root
        self._held = _Held(Snapshot.of(root))
        self._known = _token(root)

    def judge(self, old: Replies, new: Replies) -> tuple[str, ...]:
        """Why the new engine may not take the place of the old one; nothing where it may, and then it is held.

        Each reason is a problem with file and line; it names a question by its id, and never quotes it.
        """
        now = Snapshot.of(self._root)
        if not (now.questions.texts or now.questions.problems or self._held.snapshot.questions.texts):
            return ()
        questions = Questions.of(now)
        if questions.problems:
            return tuple(map(str, questions.problems))
        asked = Asked.of(new, questions.cases)
        found = () if self._is_passed(now) else changed_questions(self._held.asked_of(old), new, asked)
        if worse := [one for one in found if one.is_worse]:
            return tuple(str(self._problem(one, now)) for one in worse)
        self._warn(found)
        self._held, self._known = _Held(now, new, asked), _token(self._root)
        return ()

    def _is_passed(self, now: Snapshot) -> bool:
        """Whether only the day is another one, or this is exactly what was published over what answers."""
        held = self._held.snapshot
        if now.digest == held.digest:
            return True
        journal = latest(self._root)
        if journal is None or journal.token == self._known or held.replacing(journal.before).digest != held.digest:
            return False
        return held.replacing(journal.after).digest == now.digest

    def _problem(self, one: ChangedQuestion, now: Snapshot) -> Problem:
        asked_in = self._held.snapshot if one.fate is Fate.DISARMED else now
        what = {Fate.DISARMED: "was removed, and would fail"}.get(one.fate, "fails, or fares worse than before")
        return Problem(_place(one.name, asked_in), "test-question", f"the test question {one.name} {what}", _REMEDY)

    def _warn(self, found: Iterable[ChangedQuestion]) -> None:
        for one in found:
            if one.fate in _WARNED:
                log.warning("the test question %s was %s", one.name, one.fate)


def _token(root: Path) -> str:
    """The last publication that there was."""
    journal = latest(root)
    return journal.token if journal else ""


def _place(name: str, snapshot: Snapshot) -> Place:
    """Where the question of this name stands."""
    return next(_places(name.rpartition(".")[0], snapshot), Place(name))


def _places(case: str, snapshot: Snapshot) -> Iterator[Place]:
    for path, text in snapshot.questions.texts.items():
        document = parse(path, text)
        if isinstance(document, Document):
            for number, one in enumerate(document.data or ()):
                if isinstance(one, dict) and one.get("id") == case:
                    yield document.place((number,))

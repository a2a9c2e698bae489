"""What a change of the content means for the people who ask, and whether it may go live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answering.engine import Engine
from bot.cache import Cache, usual_cache
from bot.changing.answers import ChangedAnswer, changed_answers
from bot.changing.difference import Difference
from bot.changing.differences import differences
from bot.changing.outcomes import Asked, ChangedQuestion, changed_questions
from bot.changing.snapshot import Snapshot
from bot.changing.state import State
from bot.changing.trial import Trial, try_out
from bot.domain.place import Problem, Severity
from bot.evaluating.overlap import overlaps


@dataclass(frozen=True, slots=True)
class Review:
    """All that a change of the content brings about. Without an engine for the new content, only the first two parts.

    `taught` names each test question that stands among the training phrases of the new content.
    """

    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...]
    answers: tuple[ChangedAnswer, ...] = ()
    questions: tuple[ChangedQuestion, ...] = ()
    taught: tuple[str, ...] = ()
    adversary: Trial | None = None

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep it from going live."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)

    @property
    def worse(self) -> tuple[ChangedQuestion, ...]:
        """The test questions that fare worse."""
        return tuple(one for one in self.questions if one.is_worse)

    @property
    def may_go_live(self) -> bool:
        """No error, no test question worse or taught, no new failure before the adversary."""
        return not (self.errors or self.worse or self.taught or (self.adversary and self.adversary.new))


def review(old: Snapshot, new: Snapshot, today: date, cache: Cache | None = None) -> Review:
    """Compare two states of the content as of a day. Nothing is raised for what stands in either.

    A review is kept in the cache, so that publishing what was just reviewed takes no longer than writing it.
    """
    cache = cache or usual_cache()
    if any(files.problems for one in (old, new) for files in (one.files, one.questions)):
        return _reviewed(old, new, today, cache)
    origin = f"{today} {old.digest} {new.digest}"
    return cache.get("review", origin, lambda: _reviewed(old, new, today, cache))


def _reviewed(old: Snapshot, new: Snapshot, today: date, cache: Cache) -> Review:
    before, after = State(old, today, cache), State(new, today, cache)
    if old.digest == new.digest:
        return Review(after.problems, ())
    found = differences(old, new, before.catalogue, after.catalogue)
    if after.engine is None:
        return Review(after.problems, found)
    return Review(
        after.problems,
        found,
        changed_answers(before.catalogue, after.engine.catalogue) if before.catalogue else (),
        _questions(before, after, after.engine),
        tuple(str(one) for one in overlaps(after.engine, after.cases)),
        try_out(before.engine, after.engine) if old.files.digest != new.files.digest else None,
    )


def _questions(before: State, after: State, engine: Engine) -> tuple[ChangedQuestion, ...]:
    asked = Asked.of(before.engine, before.cases) if before.engine else None
    return changed_questions(asked, engine, Asked.of(engine, after.cases))

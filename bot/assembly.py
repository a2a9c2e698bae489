"""From a folder of content to an engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.answering.engine import Engine
from bot.cache import Cache, usual_cache
from bot.calendar import current_day
from bot.checking.rules import broken_rules
from bot.content.files import Files, gather
from bot.content.linking import link
from bot.domain.place import ContentError, Severity
from bot.matching.index import Index, lessons
from bot.matching.ranker import Ranker


def build_engine(content: Path, today: date | None = None, cache: Cache | None = None) -> Engine:
    """An engine over the content in a folder, as of today. Raises ContentError as `engine_of` does."""
    return engine_of(gather(content), today or current_day(), cache or usual_cache())


def engine_of(files: Files, today: date, cache: Cache) -> Engine:
    """An engine over files that have been read, as of a day.

    Raises ContentError with every problem that keeps the content from going live. An engine is kept in the cache once
    its content has passed, so the same files, read on the same day by the same program, are not checked again.
    """
    if files.problems:
        return _anew(files, today, cache)
    return cache.get("engine", f"{today} {files.digest}", lambda: _anew(files, today, cache))


def _anew(files: Files, today: date, cache: Cache) -> Engine:
    catalogue = link(files, today)
    errors = [problem for problem in broken_rules(catalogue, today) if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(tuple(sorted(errors)))
    taught = lessons(catalogue)
    ranker = cache.get("ranker", repr(taught), lambda: Ranker.train(taught))
    return Engine(catalogue, Index.of(catalogue, taught, ranker))

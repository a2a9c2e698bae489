"""From a folder of content to an engine."""

from __future__ import annotations

import hashlib
import logging
import os
from datetime import date
from pathlib import Path

from bot import __version__
from bot.answering.engine import Engine
from bot.calendar import current_day
from bot.checking.rules import broken_rules
from bot.content.linking import load
from bot.domain.place import ContentError, Severity
from bot.matching.index import Index, Lesson, lessons
from bot.matching.ranker import FORMAT, Ranker

log = logging.getLogger(__name__)
KEPT = 4
"""How many learnt rankers are kept: an editor goes back and forth between a few states of the content."""


def build_engine(content: Path, today: date | None = None) -> Engine:
    """An engine over the content in a folder, as of today.

    Raises ContentError with every problem that keeps the content from going live.
    """
    today = today or current_day()
    catalogue = load(content, today)
    errors = [problem for problem in broken_rules(catalogue, today) if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(tuple(sorted(errors)))
    taught = lessons(catalogue)
    return Engine(catalogue, Index.of(catalogue, taught, _ranker(taught)))


def _ranker(taught: list[Lesson]) -> Ranker:
    """The ranker that these lessons teach: as learnt before, if it was kept, else learnt now, to the same digits."""
    key = hashlib.sha256(repr((__version__, FORMAT, taught)).encode()).hexdigest()[:32]
    kept = cache_folder() / f"{key}.ranker"
    try:
        return Ranker.from_bytes(_undamaged(kept.read_bytes()))
    except (OSError, ValueError):
        learnt = Ranker.train(taught).to_bytes()
        _keep(kept, learnt)
        return Ranker.from_bytes(learnt)


def _keep(path: Path, learnt: bytes) -> None:
    """Keep what was learnt, in one move. A disk that is full or read-only costs the next start some time, no more."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(_digest(learnt) + learnt)
        unfinished.replace(path)
        for old in sorted(path.parent.glob("*.ranker"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.info("what was learnt is not kept: %s", type(error).__name__)


def _undamaged(kept: bytes) -> bytes:
    """What was learnt, without the digest before it. Raises ValueError where the two do not belong together."""
    size = len(_digest(b""))
    digest, learnt = kept[:size], kept[size:]
    if digest != _digest(learnt):
        raise ValueError("what was kept is damaged")
    return learnt


def _digest(learnt: bytes) -> bytes:
    return hashlib.sha256(learnt).digest()


def cache_folder() -> Path:
    """Where learnt rankers are kept: of this user alone, and safe to delete."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rounds"

"""The steps of a publication."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What was just done. A crash from `COMMITTED` on leaves the new content, one before it the old."""

    LOCKED = "locked"
    """Nobody else publishes."""
    CHECKED = "checked"
    """It may go live."""
    STAGED = "staged"
    """The text of one file waits beside it."""
    WRITTEN = "written"
    """The journal waits."""
    COMMITTED = "committed"
    """The journal is in its place: every reader sees the new content."""
    MOVED = "moved"
    """One file is in its place."""
    PREPARED = "prepared"
    """The commit or the numbered copy is made, but in no history yet."""
    ENTERED = "entered"
    """It is the newest in the history."""
    RECORDED = "recorded"
    """The history is complete."""
    DONE = "done"
    """The journal is gone."""


Watch = Callable[[Step], None]
"""Is told after each step: a fault may be put there by a test."""


def unwatched(_: Step) -> None:
    """Nobody is told."""

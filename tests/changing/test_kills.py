"""A few of the kills that `make kill-test` does by the dozen."""

from __future__ import annotations

from pathlib import Path

from tests.changing.kills import kill_publishers

KILLS = 6


def test_a_publisher_that_is_killed_leaves_the_old_content_or_the_new(tmp_path: Path) -> None:
    """Whichever step it had come to, and whichever history is kept; a start finishes the rest."""
    toll = kill_publishers(tmp_path, KILLS)
    assert toll.faults == [], str(toll)
    assert toll.kills == KILLS
    assert toll.old
    assert toll.new

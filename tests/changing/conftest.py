"""A small content with test questions of its own, and a press that never waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.cache import Cache
from bot.changing import Press, Proposal, Snapshot

DAY = date(2026, 1, 1)
FIGURE = "knowledge/amilol/response_rate.yaml"
QUESTIONS = "tests/questions/dose.yaml"
Edits = Mapping[str, tuple[str, str] | str | None]
"""By path: words and what takes their place, a whole new text, or None for a file that goes."""
ASKED = """\
- {id: dose-1, text: what dose of amilol should I give, expect: answer, topics: [dose], drugs: [amilol]}
- {id: dose-2, text: how many of them responded to bemilol, expect: answer, topics: [response_rate], drugs: [bemilol]}
"""


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """What was learnt, shared by all tests here: most of them change no phrase."""
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def content(small: Path) -> Path:
    """A copy of the small knowledge base with test questions."""
    (small / QUESTIONS).parent.mkdir(parents=True)
    (small / QUESTIONS).write_text(ASKED)
    return small


@pytest.fixture
def press(content: Path, kept: Cache) -> Press:
    """A press over it, on a day."""
    moments = iter(datetime(2030, 1, 1, 12, minute, tzinfo=UTC) for minute in range(60))
    return Press(content, today=lambda: DAY, clock=lambda: next(moments), cache=kept)


def replacing(content: Path, edits: Edits, why: str = "A better figure") -> Proposal:
    """A proposal of edits over what lies there."""
    texts = Snapshot.of(content).texts
    return Proposal({path: _edited(texts.get(path, ""), edit) for path, edit in edits.items()}, why)


def _edited(text: str, edit: tuple[str, str] | str | None) -> str | None:
    if not isinstance(edit, tuple):
        return edit
    assert edit[0] in text, f"the file does not hold {edit[0]!r}"
    return text.replace(*edit, 1)

"""What a start has worked out is kept for the next, and never believed when anything about it has changed."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import assembly
from bot.answering.engine import Engine
from bot.assembly import build_engine
from bot.cache import MOST, Cache
from bot.domain.place import ContentError
from bot.matching.ranker import Ranker
from bot.rendering.data import data

DAY = date(2026, 1, 1)
QUESTION = "dose of amilol"
LIMITS = "intents/limits.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where it is kept."""
    return tmp_path / "cache"


@pytest.fixture
def start(small: Path, folder: Path) -> Callable[[date], Engine]:
    """Start the program over a copy of the small knowledge base, on a day."""
    return lambda day: build_engine(small, day, Cache(folder))


Start = Callable[[date], Engine]


def answer(engine: Engine) -> dict[str, Any]:
    """All of what it says."""
    return data(engine.reply_to(QUESTION).reply, engine.library, engine.catalogue.version)


def kept(folder: Path, kind: str) -> Path:
    """The one file of a kind."""
    (file,) = folder.glob(f"*.{kind}")
    return file


def test_a_second_start_neither_reads_nor_checks_nor_learns(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """And answers as the first."""
    first = start(DAY)
    monkeypatch.setattr(assembly, "check_files", _fails)
    second = start(DAY)
    assert answer(second) == answer(first)


def test_a_day_later_the_content_is_checked_again_and_nothing_is_learnt(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure may be past the day up to which it may be shown; the phrases are what they were."""
    start(DAY)
    monkeypatch.setattr(Ranker, "train", _fails)
    start(DAY + timedelta(days=1))
    assert len([*folder.glob("*.engine")]) == 2


def test_a_changed_file_is_read(start: Start, small: Path) -> None:
    """However little has changed."""
    before = start(DAY)
    (small / LIMITS).write_text((small / LIMITS).read_text() + "\n# A remark.\n")
    assert start(DAY).catalogue.version != before.catalogue.version


def test_content_with_errors_is_refused_at_every_start(start: Start, small: Path) -> None:
    """Nothing is kept of it, and nothing that was kept stands in for it."""
    start(DAY)
    (small / LIMITS).write_text("threshold: none")
    for _ in range(2):
        with pytest.raises(ContentError):
            start(DAY)


def test_a_file_that_cannot_be_read_is_refused_though_all_others_are_as_before(start: Start, small: Path) -> None:
    """It has no text, so the texts are those that were kept."""
    start(DAY)
    (small / "intents" / "more.yml").touch()
    with pytest.raises(ContentError) as refused:
        start(DAY)
    assert [problem.rule for problem in refused.value.problems] == ["wrong-ending"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"junk",
        lambda data: data[:32],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:500] + bytes([data[500] ^ 1]) + data[501:],
        lambda data: data[32:],
        lambda data: data + b"\0",
        lambda _: signed(b"no pickle"),
    ],
    ids=["empty", "junk", "digest alone", "half", "cut short", "one bit", "without digest", "longer", "no pickle"],
)
@pytest.mark.parametrize("kind", ["engine", "ranker"])
def test_what_is_damaged_is_made_anew_and_kept(
    start: Start, folder: Path, kind: str, damage: Callable[[bytes], bytes]
) -> None:
    """However it was damaged."""
    first = start(DAY)
    file = kept(folder, kind)
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    if kind == "ranker":
        kept(folder, "engine").unlink()
    assert answer(start(DAY)) == answer(first)
    assert len(file.read_bytes()) == pytest.approx(len(sound), rel=0.01)


def test_what_somebody_else_could_have_written_is_not_read(start: Start, folder: Path) -> None:
    """Reading it would run whatever it holds."""
    start(DAY)
    kept(folder, "engine").write_bytes(signed(pickle.dumps("forged")))
    folder.chmod(0o777)
    assert isinstance(start(DAY), Engine)


def test_a_start_that_can_keep_nothing_answers_all_the_same(small: Path, tmp_path: Path) -> None:
    """A file stands where the folder would be made."""
    (tmp_path / "file").touch()
    engine = build_engine(small, DAY, Cache(tmp_path / "file" / "cache"))
    assert engine.reply_to(QUESTION)


def test_only_the_latest_few_are_kept(start: Start, folder: Path) -> None:
    """The cache does not grow with the years."""
    for days in range(MOST + 2):
        start(DAY + timedelta(days=days))
    assert len([*folder.glob("*.engine")]) == MOST


def signed(made: bytes) -> bytes:
    """As the cache would write it."""
    return hashlib.sha256(len(made).to_bytes(8) + made).digest() + made


def _fails(*_: object, **__: object) -> Engine:
    raise AssertionError("nothing is to be worked out")

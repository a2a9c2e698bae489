"""What was worked out is kept whole, for this user alone, and what a killed program left is cleared away."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from bot import cache
from bot.cache import LOST, MOST, Cache


def refuses() -> object:
    raise AssertionError("it is made anew")


def test_what_was_made_is_there_for_the_next_one(tmp_path: Path) -> None:
    assert Cache(tmp_path / "own").get("kind", "a", lambda: [1, 2]) == [1, 2]
    assert Cache(tmp_path / "own").get("kind", "a", refuses) == [1, 2]


def test_of_each_kind_only_the_latest_are_kept(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "own")
    for number in range(MOST + 3):
        kept.get("kind", str(number), lambda: 1)
    kept.get("other", "a", lambda: 1)
    assert sorted(path.suffix for path in (tmp_path / "own").iterdir()) == [".kind"] * MOST + [".other"]


def test_threads_that_keep_the_same_do_not_spoil_it(tmp_path: Path) -> None:
    """Each writes to a file of its own, and puts it in place whole."""
    kept = Cache(tmp_path / "own")
    large = list(range(100_000))
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: kept.get("kind", "a", lambda: list(large)), range(32)))
    assert made == [large] * 32
    assert kept.get("kind", "a", refuses) == large
    assert len([*(tmp_path / "own").iterdir()]) == 1


def test_what_a_killed_program_left_goes_once_it_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it may still be written it stays."""
    kept, folder = Cache(tmp_path / "own"), tmp_path / "own"
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _killed)
        for origin in "ab":
            with pytest.raises(KeyboardInterrupt):
                kept.get("kind", origin, lambda: 1)
    first, second = folder.iterdir()
    os.utime(first, (0, second.stat().st_mtime - LOST - 1))
    kept.get("kind", "c", lambda: 1)
    left = [*folder.iterdir()]
    assert second in left
    assert first not in left
    assert len(left) == 2


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("damage", [lambda _: b"", lambda kept: kept[:-1], lambda kept: kept[:32] + pickle.dumps(7)])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    kept = Cache(tmp_path / "own")
    kept.get("kind", "a", lambda: 1)
    (file,) = (tmp_path / "own").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert kept.get("kind", "a", lambda: 2) == 2


def test_another_numpy_makes_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept holds its arrays."""
    usual = metadata.version
    names = {cache._program.__wrapped__()}

    def other(name: str) -> Any:
        return "0.0" if name == "numpy" else usual(name)

    monkeypatch.setattr(cache, "version", other)
    names.add(cache._program.__wrapped__())
    assert len(names) == 2

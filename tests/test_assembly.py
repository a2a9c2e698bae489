"""What was learnt is kept between starts, and never believed when it is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.assembly import build_engine
from bot.matching.ranker import Ranker

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the first start leaves behind."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    build_engine(SMALL)
    (file,) = tmp_path.rglob("*.ranker")
    return file


def test_a_second_start_learns_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads what the first one learnt."""
    monkeypatch.setattr(Ranker, "train", _fails)
    build_engine(SMALL)
    assert kept.exists()


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
    ],
    ids=["empty", "junk", "digest alone", "half", "cut short", "one bit", "without digest", "longer"],
)
def test_what_is_damaged_is_learnt_anew_and_kept(kept: Path, damage: Callable[[bytes], bytes]) -> None:
    """However it was damaged."""
    sound = kept.read_bytes()
    kept.write_bytes(damage(sound))
    engine = build_engine(SMALL)
    assert engine.interpret("dose of amilol") == build_engine(SMALL).interpret("dose of amilol")
    assert len(kept.read_bytes()) == pytest.approx(len(sound), rel=0.01)


def _fails(*_: object, **__: object) -> Ranker:
    raise AssertionError("nothing is to be learnt")

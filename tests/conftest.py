"""What all tests share: the small knowledge base of invented drugs, and the one that is shipped."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.answering.engine import Engine
from bot.assembly import build_engine

HERE = Path(__file__).parent
SHIPPED = HERE.parent


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many again as there are processors: tests that start programs mostly wait."""
    return 3 * (os.cpu_count() or 1) // 2


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small knowledge base that a test may break."""
    return Path(shutil.copytree(HERE / "small", tmp_path / "content"))


@pytest.fixture(scope="session")
def small_engine() -> Engine:
    """The engine over the small knowledge base."""
    return build_engine(HERE / "small")


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine over the shipped content."""
    return build_engine(SHIPPED)

"""From a folder of content to an engine."""

from __future__ import annotations

from pathlib import Path

from bot.answering.engine import Engine
from bot.content.linking import load
from bot.matching.index import Index


def build_engine(content: Path) -> Engine:
    """An engine over the content in a folder. Raises ContentError with every problem that keeps it from going live."""
    catalogue = load(content)
    return Engine(catalogue, Index.of(catalogue))

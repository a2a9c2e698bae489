"""A reply as plain text: for the terminal and for JSON."""

from __future__ import annotations

from bot.domain.reply import Library, Reply
from bot.rendering.page import Block, Line, blocks


def text(reply: Reply, library: Library) -> str:
    """The whole reply, details and sources included."""
    return "\n\n".join(_block(block) for block in blocks(reply, library))


def _block(block: Block) -> str:
    lines = [_line(line) for line in block.first]
    return "\n".join([*lines, *(f"  {_line(line)}" for line in block.more)])


def _line(line: Line) -> str:
    return "".join(run.text for run in line)

"""A reply as Telegram HTML. Every text is escaped here, at the last step, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from bot.domain.reply import Library, Reply
from bot.rendering.page import Block, Line, Run, blocks

LIMIT = 4096
"""Code points in one message, counted here with the tags: a little stricter than Telegram, which counts without."""
_QUOTE = "<blockquote expandable>", "</blockquote>"


def messages(reply: Reply, library: Library) -> tuple[str, ...]:
    """The reply as one message or more, cut only between blocks and lines."""
    return packed(blocks(reply, library))


def packed(page: Iterable[Block]) -> tuple[str, ...]:
    """Blocks as one message or more."""
    full: list[str] = []
    for part in (part for block in page for part in _parts(block)):
        if full and len(full[-1]) + len(part) + 2 <= LIMIT:
            full[-1] += f"\n\n{part}"
        else:
            full.append(part)
    return tuple(full)


def _parts(block: Block) -> Iterator[str]:
    """A block whole, or, where it is too long, its first screen and its details in several quotes."""
    first = "\n".join(map(_line, block.first))
    room = LIMIT - len(first) - 1
    for quote in _quotes(block.more, room):
        yield f"{first}\n{quote}" if first else quote
        first = ""
    if first:
        yield first


def _quotes(lines: tuple[Line, ...], room: int) -> Iterator[str]:
    opening, closing = _QUOTE
    held: list[str] = []
    for line in map(_line, lines):
        if held and len("\n".join([opening, *held, line, closing])) > room:
            yield f"{opening}{chr(10).join(held)}{closing}"
            held, room = [], LIMIT
        held.append(line)
    if held:
        yield f"{opening}{chr(10).join(held)}{closing}"


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.link:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    if run.bold:
        text = f"<b>{text}</b>"
    return f"<i>{text}</i>" if run.italic else text

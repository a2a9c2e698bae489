"""A reply as Telegram HTML. Every text is escaped here, at the last step, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from bot.domain.reply import Library, Reply, Stated
from bot.rendering.page import Block, Line, Run, block, parts

LIMIT = 4096
"""Code points in one message, as Telegram counts them: of what is read, without tags and addresses."""
MOST_BYTES = 32_767
"""Bytes of one message with its tags: of a longer one Telegram reads nothing."""
MOST_ENTITIES = 100
"""Stretches with a style in one message: what is beyond, Telegram shows plain and says nothing."""
_QUOTE = "<blockquote expandable>", "</blockquote>"


@dataclass(frozen=True, slots=True)
class Text:
    """A part of a message, with what Telegram counts of it: letters that are read, and stretches with a style."""

    html: str = ""
    letters: int = 0
    entities: int = 0

    @property
    def fits(self) -> bool:
        """Whether one message holds it."""
        return self.letters <= LIMIT and self.entities <= MOST_ENTITIES and len(self.html.encode()) <= MOST_BYTES

    @property
    def quoted(self) -> Text:
        """The same in a quote that unfolds."""
        opening, closing = _QUOTE
        return Text(f"{opening}{self.html}{closing}", self.letters, self.entities + 1)

    def above(self, other: Text | None, gap: str = "\n") -> Text:
        """Both, the other below this one."""
        if other is None:
            return self
        letters = self.letters + len(gap) + other.letters
        return Text(f"{self.html}{gap}{other.html}", letters, self.entities + other.entities)


def messages(reply: Reply, library: Library) -> tuple[str, ...]:
    """The reply as one message or more, cut only between blocks and lines."""
    return _filled(library.once(_sheet, one) if isinstance(one, Stated) else Sheet.of(one) for one in parts(reply))


def is_one_message(reply: Reply, library: Library) -> bool:
    """Whether `messages` is one. What was shortened is laid out for the trial and not kept."""
    sheets = (_tried(one, library) if isinstance(one, Stated) else Sheet.of(one) for one in parts(reply))
    return len(_filled(sheets)) == 1


def packed(page: Iterable[Block]) -> tuple[str, ...]:
    """Blocks as one message or more. A further one begins with a heading: a block's own, or of what it goes on with."""
    return _filled(map(Sheet.of, page))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A block as HTML: in as many parts as it takes, and what heads a further message."""

    parts: tuple[Text, ...]
    heading: Text | None

    @classmethod
    def of(cls, block: Block) -> Sheet:
        return cls(tuple(_parts(block)), _line(block.continued) if block.continued else None)


def _sheet(stated: Stated, library: Library) -> Sheet:
    return Sheet.of(block(stated, library))


def _tried(stated: Stated, library: Library) -> Sheet:
    return _sheet(stated, library) if stated.is_shortened else library.once(_sheet, stated)


def _filled(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Messages, each as full as it can be."""
    full: list[Text] = []
    heading: Text | None = None
    for sheet in sheets:
        for part in sheet.parts:
            if full and (longer := full[-1].above(part, "\n\n")).fits:
                full[-1] = longer
            else:
                full.append(heading.above(part) if full and heading and not sheet.heading else part)
        heading = sheet.heading or heading
    return tuple(text.html for text in full)


def _parts(block: Block) -> Iterator[Text]:
    """A block whole; where it is too long, its first screen, and its details in several quotes with a heading."""
    above, held = _stacked(map(_line, block.first)), None
    for line in map(_line, block.more):
        longer = held.above(line) if held else line
        if held and not _with_quote(above, longer).fits:
            yield _with_quote(above, held)
            above, held = _line(block.continued) if block.continued else None, line
        else:
            held = longer
    if held:
        yield _with_quote(above, held)
    elif above:
        yield above


def _with_quote(above: Text | None, held: Text) -> Text:
    return above.above(held.quoted) if above else held.quoted


def _stacked(lines: Iterable[Text]) -> Text | None:
    """Lines one below the other; None where there is none."""
    stack: Text | None = None
    for line in lines:
        stack = stack.above(line) if stack else line
    return stack


def _line(line: Line) -> Text:
    styles = sum(run.bold + run.italic + bool(run.link) for run in line)
    return Text("".join(map(_run, line)), sum(len(run.text) for run in line), styles)


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.link:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    if run.bold:
        text = f"<b>{text}</b>"
    return f"<i>{text}</i>" if run.italic else text

"""A review for a chat: short, and where it had to be shortened, the whole as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized
from dataclasses import dataclass, field
from itertools import islice

from bot.changing.answers import ChangedAnswer
from bot.changing.page import page
from bot.changing.review import Review
from bot.chat.calls import Rows
from bot.chat.desk.drawer import Editor
from bot.chat.page import Page
from bot.domain.editing import EditorMessages

ROOM = 2800
"""Letters of a message, with some left for the heading, the reason and what is asked."""
LONGEST = 300
"""Letters of one line."""
SHOWN = 6
"""Lines of each part."""
DOCUMENT = "review.txt"


def notice(sentence: str, editor: Editor) -> Page:
    """Tells one editor what another has done."""
    return Page.saying(sentence.format(who=editor))


def errors(found: Review, words: EditorMessages) -> Page:
    """The errors that keep a change out: the same text as `check` prints."""
    said = "\n".join(map(str, found.errors))
    return _fitted(f"{words.has_errors}\n{said}", said, words)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a change would do, in the letters of a message, and the `whole` of it where that leaves something out."""

    short: str = field(repr=False)
    whole: str | None = field(repr=False)

    @classmethod
    def of(cls, found: Review, words: EditorMessages, against: Sequence[str] = ()) -> Summary:
        """Of this review, below what stands `against` the change. Takes seconds where very many answers change."""
        objections = [words.objections, *(f"• {one}" for one in against), ""] if against else []
        parts = (_differences, _answers, _questions, _verdict)
        lines = [*objections, *(line for part in parts for line in part(found, words))]
        short = "\n".join(map(cut, lines))
        shows_all = len(short) <= ROOM and all(len(part) <= SHOWN for part in _parts(found))
        is_whole = shows_all and short == "\n".join(lines)
        return cls(short[:ROOM], None if is_whole else "\n".join([*objections, page(found)]))

    def page(self, words: EditorMessages, heading: str, below: str, buttons: Rows = ()) -> Page:
        """Under a heading, with what follows from it below."""
        text = "\n\n".join(filter(None, (heading, self.short, words.all_of_it if self.whole else "", below)))
        return Page.saying(text, buttons, (DOCUMENT, self.whole) if self.whole else None)


def cut(line: str) -> str:
    """A line that is no longer than may be."""
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _parts(found: Review) -> Iterator[Sized]:
    """Everything of which only so much is shown."""
    yield from (found.differences, found.answers, found.questions, found.taught)
    if found.adversary:
        yield found.adversary.new


def _differences(found: Review, words: EditorMessages) -> Iterator[str]:
    yield words.differences.format(number=len(found.differences))
    yield from (f"• {one.text}" for one in found.differences[:SHOWN])


def _answers(found: Review, words: EditorMessages) -> Iterator[str]:
    if found.answers:
        yield ""
        yield words.answers.format(number=len(found.answers))
    for one in found.answers[:SHOWN]:
        yield f"• {one.title}"
        yield from _before_and_after(one, words)


def _before_and_after(one: ChangedAnswer, words: EditorMessages) -> Iterator[str]:
    """The first line that differs, as it was and as it is."""
    was, now = (said.splitlines() if said else [] for said in (one.before, one.after))
    if changed := next(iter(_only_in(was, now)), ""):
        yield words.was.format(text=changed.strip())
    if changed := next(iter(_only_in(now, was)), ""):
        yield words.now.format(text=changed.strip())


def _only_in(these: Sequence[str], those: Sequence[str]) -> Iterator[str]:
    known = set(those)
    return islice((line for line in these if line not in known), 1)


def _questions(found: Review, words: EditorMessages) -> Iterator[str]:
    if found.questions:
        yield ""
        yield words.questions.format(number=len(found.questions), worse=len(found.worse))
    for one in found.questions[:SHOWN]:
        yield f"• {one.text}"
        yield f"  {one.before or '-'} → {one.after}"
    yield from (f"• {one}" for one in found.taught[:SHOWN])


def _verdict(found: Review, words: EditorMessages) -> Iterator[str]:
    if found.adversary:
        yield ""
        yield words.adversary.format(verdict=found.adversary.text)
        yield from (f"• {one}" for one in found.adversary.new[:SHOWN])


def _fitted(text: str, whole: str, words: EditorMessages) -> Page:
    if len(text) <= ROOM:
        return Page.saying(text)
    return Page.saying(f"{text[:ROOM]}…\n\n{words.all_of_it}", file=(DOCUMENT, whole))

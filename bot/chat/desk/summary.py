"""A review for a chat: short, and where it had to be shortened, the whole as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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


def told(found: Review, words: EditorMessages, heading: str, below: str, buttons: Rows = ()) -> Page:
    """What a change would do, under a heading, with what follows from it below."""
    lines = [line for part in (_differences, _answers, _questions, _verdict) for line in part(found, words)]
    short = "\n".join(line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in lines)
    is_whole = len(found.differences) <= SHOWN and len(found.answers) <= SHOWN and len(found.questions) <= SHOWN
    whole = None if is_whole and all(len(line) <= LONGEST for line in lines) and len(short) <= ROOM else page(found)
    text = "\n\n".join(filter(None, (heading, short[:ROOM], words.all_of_it if whole else "", below)))
    return Page.saying(text, buttons, (DOCUMENT, whole) if whole else None)


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

"""What the program is like at one moment: the same for metrics and for editors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from bot import __version__
from bot.chat.page import Page
from bot.chat.posting import Posting
from bot.domain.topic import Messages

SHOWN = 5
"""Problems: enough to begin with; the log has them all."""
LONGEST = 600
"""Letters of a problem that are shown: nearly every one fits, with its line and remedy."""


@dataclass(frozen=True, slots=True)
class State:
    """Numbers, and what is wrong with newer content. Nothing of people."""

    content: str
    """Version of the content."""
    loaded: float
    """When it went live (Unix seconds)."""
    problems: tuple[str, ...]
    """What keeps newer content out, with file and line."""
    inbox: int
    """Updates that wait for an answer or are in hand."""
    outbox: int
    """Calls that wait to be sent or are under way."""
    writable: bool
    """Whether the database can be written."""
    posting: Posting
    """Whether Telegram can post updates here, where it is to."""
    silent: float
    """Seconds since Telegram was last heard of."""
    running: float
    """Seconds since the program began to serve."""
    questions: Mapping[str, int]
    """How many questions got a reply of each kind."""

    def page(self, messages: Messages) -> Page:
        """/status."""
        text = messages.status.format(
            program=__version__,
            running=_words(self.running),
            content=self.content,
            loaded=f"{datetime.fromtimestamp(self.loaded, UTC):%d %b %Y %H:%M} UTC",
            questions=", ".join(f"{kind.replace('_', ' ')} {number}" for kind, number in self.questions.items()) or "0",
            inbox=self.inbox,
            outbox=self.outbox,
            silent=_words(self.silent),
            store=messages.store_writable if self.writable else messages.store_failing,
        )
        why, pending = self.posting.why, self.posting.pending
        posts = [messages.status_webhook_failing.format(why=why, number=pending)] if self.posting.failing else []
        heading = [messages.status_problems.format(number=len(self.problems))] if self.problems else []
        shown = (problem[:LONGEST] for problem in islice(self.problems, SHOWN))
        return Page.saying("\n".join([text, *posts, *heading, *shown]))


def _words(seconds: float) -> str:
    """A time span, as in `2 days, 3:04:05`."""
    return str(timedelta(seconds=int(seconds)))

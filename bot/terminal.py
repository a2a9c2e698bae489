"""The bot in the terminal: a prompt for a person, one reply a line for a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TextIO

from bot.domain.context import Context
from bot.domain.reply import Reply
from bot.live import Answers, LiveEngine
from bot.rendering import plain

PROMPT = "\n? "


def converse(live: LiveEngine, questions: TextIO | None = sys.stdin, replies: TextIO = sys.stdout) -> bool:
    """Answer questions until they end, from content that is renewed meanwhile whenever a file changes.

    Whether anybody was there: a person at a terminal, or a question in a pipe.
    """
    if questions is None:  # Python's word for an input that is closed
        return False
    with live.watched():
        return _converse(live, questions, replies) > 0 or questions.isatty()


def _converse(live: LiveEngine, questions: TextIO, replies: TextIO) -> int:
    """How many questions there were."""
    context, asked = Context(), 0
    for line in _lines(questions, replies):
        asked += 1
        engine = live.engine
        turn = engine.reply_to(line, context)
        context = turn.context
        replies.write(f"{rendered(engine, turn.reply)}\n\n")
        replies.flush()
    return asked


def rendered(engine: Answers, reply: Reply) -> str:
    """A reply as text, with its options numbered."""
    options = [f"  {number}. {option.label}" for number, option in enumerate(reply.options, start=1)]
    return "\n".join([plain.text(reply, engine.library), *options])


def _lines(questions: TextIO, replies: TextIO) -> Iterator[str]:
    person = questions.isatty()
    while True:
        if person:
            replies.write(PROMPT)
            replies.flush()
        line = questions.readline()
        if not line:
            return
        if line.strip():
            yield line.rstrip("\n")

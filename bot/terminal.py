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


def converse(live: LiveEngine, questions: TextIO = sys.stdin, replies: TextIO = sys.stdout) -> None:
    """Answer questions until they end, from content that is renewed meanwhile whenever a file changes."""
    with live.watched():
        _converse(live, questions, replies)


def _converse(live: LiveEngine, questions: TextIO, replies: TextIO) -> None:
    context = Context()
    for line in _lines(questions, replies):
        engine = live.engine
        turn = engine.reply_to(line, context)
        context = turn.context
        replies.write(f"{rendered(engine, turn.reply)}\n\n")
        replies.flush()


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

"""Quotes that an editor did not mean to be read: half of a pair, or those of a word processor around a value.

YAML takes them for part of the text, so that readers would see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.document import Document
from bot.content.faults import in_words
from bot.domain.place import Problem

_CURLY = re.compile(r"^[“”„«»‘’‚]|[“”„«»‘‚]$|(?<!\w)’$")
"""One at the end of a word is an apostrophe."""
_SINGLE_AT_THE_BEGINNING = re.compile(r"'(?:[^']|(?<=\w)'(?=\w))*")
_SINGLE_AT_THE_END = re.compile(r"(?:[^']|(?<=\w)')*[^\w\s']'")
_WRITE_STRAIGHT = 'Put the whole text in straight quotes, "like this", or in none; within a text they may stay.'
_TAKE_OUT = 'Take it out, or put one of its kind at both ends of the whole text: "like this".'


def stray_quotes(document: Document) -> Iterator[Problem]:
    """A problem for every text that begins or ends with half a pair of quotes, or with curly ones."""
    for steps, text in document.texts:
        if _CURLY.search(text):
            said = f"{in_words(steps)} begins or ends with a quote of a word processor, which readers would see"
            yield Problem(document.place(steps), "curly-quote", said, _WRITE_STRAIGHT)
        elif _is_half_quoted(text):
            said = f"{in_words(steps)} has a quote at one end without its other half, and readers would see it"
            yield Problem(document.place(steps), "half-quoted", said, _TAKE_OUT)


def _is_half_quoted(text: str) -> bool:
    if '"' in (text[:1], text[-1:]):
        return text.count('"') % 2 == 1
    return any(found.fullmatch(text) for found in (_SINGLE_AT_THE_BEGINNING, _SINGLE_AT_THE_END))

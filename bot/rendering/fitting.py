"""An answer in one message: what can wait is left out, and said to be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.reply import Answered, Library, Stated, Understood
from bot.rendering.html import is_one_message


def fitted(reply: Answered, library: Library) -> Answered:
    """The reply with as few details left out as make it one message, the last of the longest answer first.

    Sentences, disagreements, safety lines, cautions and what is cited for them all stay: a reply that is too long
    without any details stays so. A study has no further details to turn to, so that none are left out of it.
    """
    if reply.understood.notes:  # they may hold a word of the question, of which nothing is kept
        return _shortened(reply, library)
    seen = replace(reply, understood=Understood("exact"), options=())
    return replace(reply, stated=library.once(_shortened, seen).stated)


def _shortened(reply: Answered, library: Library) -> Answered:
    if is_one_message(reply, library):
        return reply
    shorter = tuple(_ever_shorter(reply))
    place = bisect_left(shorter, True, key=lambda one: is_one_message(one, library))
    return shorter[min(place, len(shorter) - 1)] if shorter else reply


def _ever_shorter(reply: Answered) -> Iterator[Answered]:
    """The reply with one detail less each time, until none is left that can wait."""
    while True:
        place, longest = max(enumerate(reply.stated), key=lambda one: _spare(one[1]))
        if not _spare(longest):
            return
        shorter = replace(longest, details=longest.details[:-1], is_shortened=True)
        reply = replace(reply, stated=(*reply.stated[:place], shorter, *reply.stated[place + 1 :]))
        yield reply


def _spare(stated: Stated) -> int:
    return 0 if stated.is_study else len(stated.details)

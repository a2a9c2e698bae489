"""An answer in one message: what can wait is left out, and said to be."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.reply import Answered, Library, Stated
from bot.rendering.html import messages


def fitted(reply: Answered, library: Library) -> Answered:
    """The reply with as few details left out as make it one message, the last of the longest answer first.

    Sentences, disagreements, safety lines, cautions and what is cited for them all stay: a reply that is too long
    without any details stays so. A study has no further details to turn to, so that none are left out of it.
    """
    while len(messages(reply, library)) > 1:
        place, longest = max(enumerate(reply.stated), key=lambda one: _spare(one[1]))
        if not _spare(longest):
            break
        shorter = replace(longest, details=longest.details[:-1], is_shortened=True)
        reply = replace(reply, stated=(*reply.stated[:place], shorter, *reply.stated[place + 1 :]))
    return reply


def _spare(stated: Stated) -> int:
    return 0 if stated.is_study else len(stated.details)

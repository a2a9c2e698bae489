"""Whether a chat wants to be told of figures that were wrong: /corrections, and the buttons that say so."""

from __future__ import annotations

from bot.chat.calls import Button
from bot.chat.correction import OFF, ON, TAP
from bot.chat.keyboard import laid, read, written
from bot.chat.page import Page
from bot.chat.shown import Shown
from bot.live import Answers

WISHES = {ON: True, OFF: False}


def said(words: str) -> bool | None:
    """What stands behind /corrections; None where it only asks how it stands."""
    return WISHES.get(words.strip().casefold())


def tapped(data: str) -> bool | None:
    """What a button says; None for one of another version."""
    match read(TAP, data, 1):
        case [str(wish)]:
            return WISHES.get(wish)
    return None


def standing(engine: Answers, shown: Shown, chat: int) -> Page:
    """How it stands, with a button for the other."""
    messages = engine.catalogue.messages
    if not shown.days:
        return Page.saying(messages.corrections_none)
    if shown.wants(chat):
        label, other, text = messages.corrections_stop_label, OFF, messages.corrections_on.format(days=shown.days)
    else:
        label, other, text = messages.corrections_start_label, ON, messages.corrections_off
    return Page.saying(text, laid([Button(label, written(TAP, other))]))

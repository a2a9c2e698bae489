"""The buttons of the desk: `d1|ID|VERB|ARGUMENT`, with the id of what lies in the drawer."""

from __future__ import annotations

from enum import StrEnum

from bot.chat.calls import Button, Rows
from bot.chat.desk.drawer import Item
from bot.chat.keyboard import read, written

TAP = "d1"


class Verb(StrEnum):
    """What a button does. Short, because a button's data is."""

    CHOOSE = "n"
    PUBLISH = "pub"
    CORRECT = "cor"
    DROP = "drop"
    UNDO = "undo"
    TEACH = "way"
    MORE = "more"
    FOUND = "new"
    DECLINE = "oos"
    FORGET = "del"


def button(label: str, item: Item, verb: Verb, argument: int | str = "") -> Button:
    """A button about this."""
    return Button(label, written(TAP, item.id, verb, str(argument)))


def tapped(data: str) -> tuple[str, Verb, str] | None:
    """Id, verb and argument; None for data that no button of this version has."""
    match read(TAP, data, 3):
        case [str(id), verb, argument] if verb in set(Verb):
            return id, Verb(str(verb)), argument or ""
    return None


def item_under(rows: Rows) -> str | None:
    """The id that the buttons under a message name."""
    taps = (tapped(one.data) for row in rows for one in row)
    return next((tap[0] for tap in taps if tap), None)

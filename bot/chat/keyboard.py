"""Options as inline buttons, and taps as options.

A button's data reads `v1|topic|drug|population`, with nothing where the option leaves something open; behind `w1` the
same asks for all of an answer that was shortened, and other kinds of button have other first parts. It names what it
asks and refers to nothing that the bot would have to remember, so that buttons survive a restart.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.calls import Button, Rows
from bot.domain.reply import Option

OPTION, WHOLE = "v1", "w1"
MOST_BYTES = 64
NARROW = 18
"""Characters of a label that leaves room for a second button beside it on a phone."""


def data_of(option: Option) -> str:
    """What the option's button sends back."""
    return written(OPTION, option.topic, option.drug, option.population)


def option_of(data: str) -> Option | None:
    """What a tap asks; None for data of another version. Whether its keys are still known is the engine's to say."""
    keys = read(OPTION, data, 3) or read(WHOLE, data, 3)
    return Option("", *keys) if keys else None


def wants_all(data: str) -> bool:
    """Whether a tap asks for the whole of an answer that was shortened."""
    return data.startswith(f"{WHOLE}|")


def rows(options: Iterable[Option]) -> Rows:
    """Options as buttons in rows."""
    return laid(Button(option.label, data_of(option)) for option in options)


def written(kind: str, *keys: str | None) -> str:
    """The data of a button of this kind and version."""
    return "|".join([kind, *(key or "" for key in keys)])


def read(kind: str, data: str, number: int) -> list[str | None] | None:
    """So many keys, None for one left open; None at all for data of another kind or version."""
    first, *keys = data.split("|")
    return [key or None for key in keys] if first == kind and len(keys) == number else None


def laid(buttons: Iterable[Button], abreast: int = 2) -> Rows:
    """Rows: so many narrow buttons side by side, any other alone. One with too long data for Telegram is left out."""
    narrow = 2 * NARROW // abreast
    lines: list[list[Button]] = []
    for button in buttons:
        if len(button.data.encode()) > MOST_BYTES:
            continue
        beside = lines[-1] if lines else []
        if 0 < len(beside) < abreast and max(len(one.label) for one in (*beside, button)) <= narrow:
            lines[-1].append(button)
        else:
            lines.append([button])
    return tuple(map(tuple, lines))

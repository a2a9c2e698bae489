"""Options as inline buttons, and taps as options.

A button's data reads `v1|topic|drug|population`, with nothing where the option leaves something open. It names what
it asks and refers to nothing that the bot would have to remember, so that buttons survive a restart.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.calls import Button
from bot.domain.reply import Option

VERSION = "v1"
MOST_BYTES = 64
NARROW = 18
"""Characters of a label that leaves room for a second button beside it on a phone."""

Rows = tuple[tuple[Button, ...], ...]


def data_of(option: Option) -> str:
    """What the option's button sends back."""
    return "|".join([VERSION, option.topic or "", option.drug or "", option.population or ""])


def option_of(data: str) -> Option | None:
    """What a tap asks; None for data of another version. Whether its keys are still known is the engine's to say."""
    version, *keys = data.split("|")
    if version != VERSION or len(keys) != 3:
        return None
    topic, drug, population = (key or None for key in keys)
    return Option("", topic, drug, population)


def rows(options: Iterable[Option]) -> Rows:
    """Buttons in rows: two narrow ones side by side, any other alone. An option whose keys are too long has none."""
    laid: list[list[Button]] = []
    for button in (Button(option.label, data_of(option)) for option in options):
        if len(button.data.encode()) > MOST_BYTES:
            continue
        if laid and len(laid[-1]) == 1 and max(len(laid[-1][0].label), len(button.label)) <= NARROW:
            laid[-1].append(button)
        else:
            laid.append([button])
    return tuple(map(tuple, laid))

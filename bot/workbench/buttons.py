"""The buttons under a message, as the page carries them: in Telegram the message itself does."""

from __future__ import annotations

from pydantic import TypeAdapter

from bot.chat.calls import Rows

_ROWS = TypeAdapter(Rows)


def written(rows: Rows) -> str:
    """As text."""
    return _ROWS.dump_json(rows).decode()


def read(text: str) -> Rows:
    """From text. Raises ValueError for what is none."""
    return _ROWS.validate_json(text)

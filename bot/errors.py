"""How a run can end, and what may be said of an exception."""

from __future__ import annotations

import traceback
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What `python -m bot run` tells whoever started it."""

    STOPPED = 0
    FAILED = 1
    TOKEN = 2
    """Telegram does not accept the token."""
    NETWORK = 3
    """Telegram cannot be reached."""
    CONTENT = 4
    """The content cannot be read, or has errors."""
    SETTINGS = 5
    """A setting has a value that it cannot have."""
    STORE = 6
    """The database cannot be opened."""


class SettingsError(Exception):
    """A setting has a value that it cannot have. Names the setting, never the value."""


def summary(error: BaseException) -> str:
    """Type and place of an exception, as in `KeyError at handlers.py:31`.

    Its message is left out on purpose: it may hold a question, or an address with the bot's token in it.
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"

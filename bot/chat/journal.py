"""The log: what may stand in it, and what never does."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import TextIO

from bot.errors import summary

# They log addresses with the token in them, whole updates, and what is written to disk: what is worth knowing is
# logged here.
MUTE = ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "sqlalchemy", "alembic", "watchfiles")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Redacting(logging.Formatter):
    """Puts a placeholder in the token's place, and type and place of an exception in its traceback's.

    It sits on the handler, which every record passes; a filter on a logger does not see its children's.
    """

    def __init__(self, token: str) -> None:
        super().__init__(FORMAT)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace(self._token, "[token]")

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's own name
        return summary(ei[1]) if ei[1] else ""


def keep_journal(level: str, token: str, stream: TextIO | None = None) -> None:
    """Log to a stream, standard error by default. Raises ValueError for an empty token, which nothing could hide."""
    if not token:
        raise ValueError("there is no token to redact")
    logging.raiseExceptions = False  # else a closed stream makes it print the record, past any formatter
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting(token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    for name in MUTE:
        logging.getLogger(name).handlers = [logging.NullHandler()]
        logging.getLogger(name).propagate = False

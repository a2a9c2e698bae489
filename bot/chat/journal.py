"""The log: what may stand in it, and what never does."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO

from bot.errors import summary

# They log addresses with the token in them, whole updates, and what is written to disk: what is worth knowing is
# logged here.
MUTE = ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "sqlalchemy", "alembic", "watchfiles")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
IDS = ("update",)
"""What a call may give beside its message, to stand in a field of its own: numbers, and nothing else."""
Form = Literal["text", "json"]
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Redacting(logging.Formatter):
    """Puts a placeholder in the token's place, and type and place of an exception in its traceback's.

    It sits on the handler, which every record passes; a filter on a logger does not see its children's.
    """

    def __init__(self, token: str) -> None:
        super().__init__(FORMAT)
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return self.line(record).replace(self._token, "[token]")

    def line(self, record: logging.LogRecord) -> str:
        """As people read it."""
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - logging's own name
        return summary(ei[1]) if ei[1] else ""


class RedactingJson(Redacting):
    """The same as one JSON object a line, with ids in fields of their own."""

    def line(self, record: logging.LogRecord) -> str:
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        given = {name: number for name in IDS if isinstance(number := getattr(record, name, None), int)}
        error = {"error": summary(record.exc_info[1])} if record.exc_info and record.exc_info[1] else {}
        return json.dumps(fields | given | error, ensure_ascii=False)


FORMATS: dict[Form, type[Redacting]] = {"text": Redacting, "json": RedactingJson}


def keep_journal(level: str, token: str, stream: TextIO | None = None, form: Form = "text") -> None:
    """Log to a stream, standard error by default. Raises ValueError for an empty token, which nothing could hide."""
    if not token:
        raise ValueError("there is no token to redact")
    logging.raiseExceptions = False  # else a closed stream makes it print the record, past any formatter
    handler = logging.StreamHandler(stream)
    handler.setFormatter(FORMATS[form](token))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    for name in MUTE:
        logging.getLogger(name).handlers = [logging.NullHandler()]
        logging.getLogger(name).propagate = False

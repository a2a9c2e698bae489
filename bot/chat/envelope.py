"""Calls as text, so that they can be kept."""

from __future__ import annotations

import json
import logging
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from bot.chat.calls import Call

log = logging.getLogger(__name__)
WORTH_KEEPING = 300.0
"""Seconds of patience: what is worth less is over by the time that a program has started again."""
KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Call)}


def is_durable(call: Call) -> bool:
    """Whether it must go out even if the program ends before."""
    return call.patience >= WORTH_KEEPING


def written(call: Call) -> str:
    """The call as one line of JSON: its kind, and its fields."""
    kind = type(call).__name__
    return json.dumps([kind, KINDS[kind].dump_python(call, mode="json")], ensure_ascii=False)


def read(text: str) -> Call | None:
    """The call again; None, with a line in the log, for one that another version of the program wrote otherwise."""
    try:
        kind, fields = json.loads(text)
        call: Call = KINDS[kind].validate_python(fields, strict=False)
    except (ValueError, KeyError, ValidationError):
        log.warning("an answer that another version of the program kept cannot be read and is given up")
        return None
    return call

"""A single value as it is written in a YAML file: plain where that is safe, else in quotes."""

from __future__ import annotations

import re

_SAFE = re.compile(r"[A-Za-z0-9][^\s:#,\[\]{}\"'&*!|>%@`]*(?: [^\s:#,\[\]{}\"'&*!|>%@`]+)*")
"""What stands for itself anywhere, within brackets too."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def scalar(text: str, style: str | None = None) -> str:
    """The text as a YAML value on one line. `style` is the quote that stood there before; both kinds are kept."""
    if style == '"' or _UNPRINTABLE.search(text):
        return _double_quoted(text)
    if style == "'" or not _SAFE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _double_quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", escaped) + '"'

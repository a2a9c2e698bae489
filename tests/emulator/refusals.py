"""What the Bot API says when it says no: a code, a description, sometimes parameters.

Texts follow the open-source Bot API server (github.com/tdlib/telegram-bot-api, `Client.cpp`).
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - a refusal is the answer, not a fault of the program
    """One refused call, as its envelope says it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(message: str) -> Refusal:
    """A 400 with the server's prefix and letter case."""
    return Refusal(400, f"Bad Request: {_uncapitalised(message)}")


def forbidden(message: str) -> Refusal:
    return Refusal(403, f"Forbidden: {message}")


def conflict(message: str) -> Refusal:
    return Refusal(409, f"Conflict: {message}")


def _uncapitalised(message: str) -> str:
    """Lower the first letter, except of a shouted code such as BUTTON_DATA_INVALID."""
    shouted = len(message) > 1 and (message[1] == "_" or "A" <= message[1] <= "Z")
    return message if shouted else message[:1].lower() + message[1:]

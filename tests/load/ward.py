"""Simulated people, and what they send: each waits for the answer before asking on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from bot.evaluating.questions import read_questions
from tests.load.stub import Keyboard, Stub, Whom

QUESTIONS = Path(__file__).parent.parent / "questions"
COMMANDS = ("/topics", "/about", "/source", "/studies thal", "/coverage", "/privacy", "/help")
_NUMBERS = count(1)


@cache
def questions() -> tuple[str, ...]:
    """What people ask: the project's own labelled questions, which no bot has been taught."""
    return tuple(turn.text for case in read_questions(sorted(QUESTIONS.glob("*.yaml"))) for turn in case.turns)


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that a person sent: what kind, when, and whose answer ends it; nothing where none is due."""

    kind: str
    at: float
    answers: tuple[Whom, ...]


@dataclass
class Person:
    """Somebody in a private chat."""

    number: int
    stub: Stub
    chance: Random
    last: int = 0
    """Their last message."""
    _me: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._me = {"id": self.number, "first_name": "A"}

    def asks(self, words: str | None = None) -> Offered:
        """A question in words."""
        words = words or self.chance.choice(questions())
        return self._offer("question", "message", self._message(words))

    def commands(self) -> Offered:
        words = self.chance.choice(COMMANDS)
        entity = {"type": "bot_command", "offset": 0, "length": len(words.split()[0])}
        return self._offer("command", "message", self._message(words) | {"entities": [entity]})

    def edits(self) -> Offered:
        """The last message in other words."""
        words = self.chance.choice(questions())
        edited = self._message(words) | {"message_id": self.last, "edit_date": int(time.time())}
        return self._offer("edit", "edited_message", edited)

    def taps(self) -> Offered:
        """One of the buttons that the chat saw last; one of an older version where it saw none."""
        seen = self.stub.keyboards.get(self.number, Keyboard())
        data = self.chance.choice(seen.data or ["v0|"])
        tap = f"tap-{next(_NUMBERS)}"
        message = self._message_of_the_bot(seen)
        body = {"id": tap, "from": self._sender, "chat_instance": "1", "data": data, "message": message}
        self.stub.forget(("chat", self.number))
        at = self.stub.offer("callback_query", body)
        return Offered("tap", at, (("tap", tap), ("chat", self.number)))

    def types_elsewhere(self) -> Offered:
        """Behind the bot's name in another chat."""
        query = f"inline-{next(_NUMBERS)}"
        words = self.chance.choice(questions())[:40]
        at = self.stub.offer("inline_query", {"id": query, "from": self._sender, "query": words, "offset": ""})
        return Offered("inline", at, (("inline", query),))

    def sends_junk(self) -> Offered:
        """What nobody can read, or nobody answers."""
        kind, body = self.chance.choice(_JUNK)
        return Offered("junk", self.stub.offer(kind, body), ())

    def sends_sticker(self) -> Offered:
        sticker = {"file_id": "s", "file_unique_id": "s", "width": 1, "height": 1, "type": "regular"}
        body = self._message("") | {"sticker": sticker | {"is_animated": False, "is_video": False}}
        del body["text"]
        return self._offer("sticker", "message", body)

    def anything(self) -> Offered:
        """As people do."""
        kinds, weights = zip(*_MIXTURE, strict=True)
        chosen: Callable[[Person], Offered] = self.chance.choices(kinds, weights)[0]
        return chosen(self)

    @property
    def _sender(self) -> dict[str, Any]:
        return self._me | {"is_bot": False}

    def _message_of_the_bot(self, seen: Keyboard) -> dict[str, Any]:
        message = {"message_id": seen.message, "date": 1, "chat": self._me | {"type": "private"}, "text": "a"}
        return message | {"reply_markup": {"inline_keyboard": seen.rows}}

    def _message(self, words: str) -> dict[str, Any]:
        self.last = next(_NUMBERS)
        chat = self._me | {"type": "private"}
        return {"message_id": self.last, "date": int(time.time()), "chat": chat, "from": self._sender, "text": words}

    def _offer(self, kind: str, update: str, body: dict[str, Any]) -> Offered:
        whom = ("chat", self.number)
        self.stub.forget(whom)
        return Offered(kind, self.stub.offer(update, body), (whom,))


_JUNK: tuple[tuple[str, dict[str, Any]], ...] = (
    ("message", {"chat": "?"}),
    ("message", {"date": 0}),
    ("poll_answer", {}),
    ("shipping_query", {"id": "1"}),
)
_MIXTURE = (
    (Person.asks, 62),
    (Person.taps, 16),
    (Person.types_elsewhere, 8),
    (Person.commands, 5),
    (Person.edits, 5),
    (Person.sends_sticker, 1),
    (Person.sends_junk, 3),
)
"""What people send, and how often of a hundred."""

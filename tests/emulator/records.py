"""What the emulated Telegram keeps: chats, messages, queries, and the record of calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .refusals import Json, Refusal


@dataclass(slots=True)
class Message:
    """A message as the Bot API shows it (`wire`), and as the bot wrote it (`source`, markup included)."""

    wire: Json
    source: str = ""
    from_bot: bool = False
    reactions: list[Json] = field(default_factory=list)

    @property
    def message_id(self) -> int:
        return int(self.wire["message_id"])


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something the bot made visible in a chat: a message sent or edited, as it stood at that moment."""

    edited: bool
    source: str
    wire: Json
    at: float


@dataclass(slots=True)
class Chat:
    """A chat the bot knows. `closed` is what every write into it is refused with, when it is."""

    wire: Json
    messages: dict[int, Message] = field(default_factory=dict)
    utterances: list[Utterance] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    closed: Refusal | None = None

    @property
    def chat_id(self) -> int:
        return int(self.wire["id"])


@dataclass(slots=True)
class Query:
    """A callback or inline query waiting for its answer."""

    kind: str
    asked: float
    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, as it arrived; `status` is the HTTP status, 0 where a fault took the answer away."""

    method: str
    values: Mapping[str, str]
    at: float
    status: int


@dataclass(slots=True)
class Webhook:
    """Where updates are posted; an empty address means polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: float = 0

"""The emulated Telegram as one bot sees it: a synchronous state machine with an injected clock.

`TelegramWorld` holds people's chats, messages, queries, files, the update queue, and a record of every call. It
knows no sockets; `server` puts HTTP in front of it and `conversation` lets people speak in it. Not modelled: flood
limits (plan them as faults), the brake on hot polling loops, topics, channels, privacy mode.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any

from .bell import Bell
from .faults import Faults
from .files import FileStore
from .records import Call, Chat, Message, Query, Utterance, Webhook
from .refusals import Json, bad_request
from .rules import QUERY_TOO_OLD
from .updates import UpdateQueue

# What the bell is rung for; beside these, ("chat", id) for what the bot shows there and the id of an answered query.
UPDATES = "updates"
CALLS = "calls"
WEBHOOK = "webhook"
TOKEN = "123456789:AAEmulatedTokenForTests_NotARealOne1"
BOT_NAMES = {"first_name": "Rounds", "username": "rounds_test_bot"}
QUERY_LIFETIMES = {"callback_query": 150, "inline_query": 30}
FIRST_USER_ID = 1_000_001


class TelegramWorld:
    """Everything one bot can know or do."""

    def __init__(self, *, clock: Callable[[], float] = time.time, token: str = TOKEN) -> None:
        self.clock = clock
        self.token = token
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True} | BOT_NAMES
        self.bell = Bell()
        self.updates = UpdateQueue(clock)
        self.faults = Faults()
        self.files = FileStore()
        self.webhook = Webhook()
        self.users: dict[int, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.profile: dict[tuple[str, str], Any] = {}
        self.calls: list[Call] = []
        self.lint: list[str] = []
        self.poller: object = None
        self._last_message_id = 0

    def new_user(self, name: str, language: str = "en") -> Json:
        """A person who has not met the bot yet."""
        user_id = FIRST_USER_ID + len(self.users)
        user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": language}
        self.users[user_id] = user
        return user

    def private_chat(self, user: Json) -> Chat:
        """The chat of one person with the bot; from now on the bot may write to it."""
        wire = {"id": user["id"], "type": "private", "first_name": user["first_name"]}
        return self.chats.setdefault(user["id"], Chat(wire))

    def new_group(self, title: str) -> Chat:
        chat_id = -1_001_000_000_001 - len(self.chats)
        self.chats[chat_id] = Chat({"id": chat_id, "type": "supergroup", "title": title})
        return self.chats[chat_id]

    def chat(self, chat_id: str) -> Chat:
        """The chat a bot's `chat_id` means; refused when it means none, whether or not it is open."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        number = chat_id.removeprefix("-")
        found = self.chats.get(int(chat_id)) if number.isdecimal() else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def open_chat(self, chat_id: str) -> Chat:
        """The same for a bot that wants to write."""
        found = self.chat(chat_id)
        if found.closed:
            raise found.closed
        return found

    def post(self, chat: Chat, sender: Json, content: Json, *, source: str = "", age: float = 0) -> Message:
        """Put a message into a chat, dated `age` seconds ago. What a bot posts is also an utterance."""
        self._last_message_id += 1
        head: Json = {"message_id": self._last_message_id, "from": sender, "chat": chat.wire}
        wire = head | {"date": int(self.clock() - age)} | content
        message = Message(wire, source, from_bot=sender is self.bot)
        chat.messages[message.message_id] = message
        if message.from_bot:
            self._utter(chat, message, edited=False)
        return message

    def rewrite(self, chat: Chat, message: Message, content: Json, *, source: str) -> None:
        """Replace what a message shows; the keys of `content` with None vanish."""
        merged = message.wire | content | {"edit_date": int(self.clock())}
        message.wire = {key: value for key, value in merged.items() if value is not None}
        message.source = source
        if message.from_bot:
            self._utter(chat, message, edited=True)

    def notify(self, kind: str, payload: Json, *, age: float = 0) -> int | None:
        """Tell the bot: queue an update and wake whoever waits for one."""
        update_id = self.updates.add(kind, copy.deepcopy(payload), age=age)
        self.bell.ring(UPDATES)
        return update_id

    def open_query(self, kind: str, *, age: float = 0) -> str:
        """A new query that may be answered once, while it lives."""
        query_id = str(4_382_000_000_000_000_000 + len(self.queries))
        self.queries[query_id] = Query(kind, self.clock() - age)
        return query_id

    def answer_query(self, kind: str, query_id: str, answer: Json) -> None:
        """Answer it; refused when unknown, already answered or too old."""
        query = self.queries.get(query_id)
        stale = query is None or query.answer is not None or query.kind != kind
        if query is None or stale or self.clock() - query.asked >= QUERY_LIFETIMES[kind]:
            raise bad_request(QUERY_TOO_OLD)
        query.answer = answer
        self.bell.ring(query_id)

    def record(self, call: Call) -> None:
        self.calls.append(call)
        self.bell.ring(CALLS)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def _utter(self, chat: Chat, message: Message, *, edited: bool) -> None:
        wire = copy.deepcopy(message.wire)
        chat.utterances.append(Utterance(edited, message.source, wire, self.clock()))
        self.bell.ring(("chat", chat.chat_id))

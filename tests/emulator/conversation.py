"""People who talk to the bot.

    amira = Person(world, "Amira")
    await amira.says("thal relapse after stopping?")
    reply = await amira.hears()
    await amira.presses("Lenalidomide")
    edited = await amira.hears()

Speaking only queues an update and never waits for the bot; `hears` and `sees_answer_to` wait, by event. To show that
something was ignored, say something else after it: the first thing heard must answer that.
"""

from __future__ import annotations

from typing import Any

from . import incoming
from .records import Chat, Message
from .refusals import Json, Refusal, forbidden
from .reply import Button, Reply
from .world import TelegramWorld

PATIENCE = 5.0
LATEST_CALLS = 5


class Silence(AssertionError):  # noqa: N818 - what is wrong is that nothing was said
    """The bot did not do in time what a person waited for."""


class Person:
    """One user in one chat: their own with the bot, unless a group is given."""

    def __init__(self, world: TelegramWorld, name: str = "Amira", *, language: str = "en") -> None:
        self.world = world
        self.user = world.new_user(name, language)
        self._chat: Chat | None = None
        self._heard = 0

    @property
    def chat(self) -> Chat:
        """Where this person speaks; a private chat begins with the first word."""
        self._chat = self._chat or self.world.private_chat(self.user)
        return self._chat

    def enters(self, group: Chat) -> None:
        """Speak in a group from now on; what was said there before is not heard."""
        self._chat, self._heard = group, len(group.utterances)

    async def starts(self, payload: str = "") -> Message:
        """Press Start, or open a link with a payload."""
        return await self.says(f"/start {payload}".rstrip())

    async def says(self, words: str, *, age: float = 0, to: Reply | None = None) -> Message:
        """Send a text, `age` seconds ago, perhaps as a reply to a message of the bot."""
        return self._sends(incoming.text(words) | self._quoting(to), age)

    async def sends_photo(self, caption: str = "") -> Message:
        return self._sends(incoming.photo(self.world.files, caption))

    async def sends_document(self, name: str, content: bytes, caption: str = "") -> Message:
        return self._sends(incoming.document(self.world.files, name, content, caption))

    async def sends_sticker(self, emoji: str = "👍") -> Message:
        return self._sends(incoming.sticker(self.world.files, emoji))

    async def forwards(self, words: str, author: str = "Dr Lee") -> Message:
        return self._sends(incoming.forwarded(words, author, int(self.world.clock()) - 3600))

    async def edits(self, message: Message, words: str) -> None:
        content = {"text": None, "entities": None} | incoming.text(words)
        self.world.rewrite(self.chat, message, content, source="")
        self.world.notify("edited_message", message.wire)

    async def presses(self, label: str, on: Reply | None = None) -> str:
        """Press a button of a given reply, or of the newest message that has one; return the query's id."""
        message_id, button = self._find(label, on)
        return self._queries({"data": button.data, "message": self._pressed_message(message_id)})

    async def presses_old(self, data: str, *, age: float = 0) -> str:
        """Press a button of a message from long ago that the bot can no longer see, say of an earlier release.

        With `age` the press itself is that many seconds old when the bot gets it: past 150 no answer is taken.
        """
        gone = {"chat": self.chat.wire, "message_id": 1, "date": 0}
        return self._queries({"data": data, "message": gone}, age)

    async def asks_inline(self, words: str, offset: str = "") -> str:
        """Type `@bot words` in some other chat; return the query's id."""
        query_id = self.world.open_query("inline_query")
        payload = {"id": query_id, "from": self.user, "query": words, "offset": offset, "chat_type": "sender"}
        self.world.notify("inline_query", payload)
        return query_id

    async def blocks_the_bot(self) -> None:
        self.closes_the_chat(forbidden("bot was blocked by the user"))
        member = {"user": self.world.bot, "status": "member"}
        kicked = {"user": self.world.bot, "status": "kicked", "until_date": 0}
        change = {"chat": self.chat.wire, "from": self.user, "date": int(self.world.clock())}
        change |= {"old_chat_member": member, "new_chat_member": kicked}
        self.world.notify("my_chat_member", change)

    def closes_the_chat(self, refusal: Refusal | None) -> None:
        """From now on the bot's writes are refused so; None opens the chat again."""
        self.chat.closed = refusal

    async def hears(self, patience: float = PATIENCE) -> Reply:
        """The next message or edit of the bot in this chat, in order; raises `Silence` after `patience` seconds."""
        topic = ("chat", self.chat.chat_id)
        new = await self.world.bell.until(topic, lambda: self.chat.utterances[self._heard :], patience)
        if not new:
            raise Silence(f"{self.user['first_name']} heard nothing for {patience} s; {self._last_calls()}")
        self._heard += 1
        return Reply.of(new[0])

    async def sees_answer_to(self, query_id: str, patience: float = PATIENCE) -> Json:
        """What the bot answered a press or an inline query with."""
        query = self.world.queries[query_id]
        answer = await self.world.bell.until(query_id, lambda: query.answer, patience)
        if answer is None:
            raise Silence(f"the {query.kind} stayed unanswered for {patience} s; {self._last_calls()}")
        return answer

    def _sends(self, content: Json, age: float = 0) -> Message:
        message = self.world.post(self.chat, self.user, content, age=age)
        self.world.notify("message", message.wire, age=age)
        return message

    def _quoting(self, reply: Reply | None) -> Json:
        """The message replied to as it stands now, buttons included, but not what that one replied to."""
        quoted = self.chat.messages.get(reply.message_id) if reply else None
        if quoted is None:
            return {}
        return {"reply_to_message": {key: value for key, value in quoted.wire.items() if key != "reply_to_message"}}

    def _find(self, label: str, on: Reply | None) -> tuple[int, Button]:
        if on is not None:
            return on.message_id, _button_of(on, label)
        shown = [Reply(m.wire, m.source, edited=False) for m in self.chat.messages.values() if m.from_bot]
        for reply in reversed(shown):
            if label in reply.labels:
                return reply.message_id, _button_of(reply, label)
        raise Silence(f"no message of the bot shows the button {label!r}")

    def _pressed_message(self, message_id: int) -> Json:
        message = self.chat.messages.get(message_id)
        return message.wire if message else {"chat": self.chat.wire, "message_id": message_id, "date": 0}

    def _queries(self, pressed: dict[str, Any], age: float = 0) -> str:
        query_id = self.world.open_query("callback_query", age=age)
        payload = {"id": query_id, "from": self.user, "chat_instance": str(self.chat.chat_id * 7919)} | pressed
        self.world.notify("callback_query", payload)
        return query_id

    def _last_calls(self) -> str:
        names = [f"{call.method} ({call.status})" for call in self.world.calls[-LATEST_CALLS:]]
        return f"the bot's latest calls: {', '.join(names) or 'none'}"


def _button_of(reply: Reply, label: str) -> Button:
    for button in reply.buttons:
        if button.label == label:
            return button
    raise Silence(f"the message shows {reply.labels}, not {label!r}")

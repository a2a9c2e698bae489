"""Who asks, and where the answer goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from telegram import Chat, Message, Update

from bot.chat.calls import Acknowledge, Call, Say, SendFile, ShowChart, ShowTyping
from bot.chat.memory import Who
from bot.chat.page import Page

LATE = timedelta(minutes=15)
"""After an outage every question is answered, however old: what the literature says has not changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What of an update does not depend on what was asked."""

    update: int
    chat: int
    user: int
    thread: int | None = None
    quoted: int | None = None
    """The message that an answer must point at, because others may stand between."""
    query: str | None = None
    """The tap that waits for an acknowledgement."""

    @classmethod
    def of(cls, update: Update) -> Visit | None:
        """None for an update that comes from nobody, or from nowhere that one could answer."""
        chat, user, message = update.effective_chat, update.effective_user, update.effective_message
        if chat is None or user is None:
            return None
        return cls(
            update.update_id,
            chat.id,
            user.id,
            thread=message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None,
            quoted=message.message_id if message and _crowded(update, chat) else None,
            query=update.callback_query.id if update.callback_query else None,
        )

    @property
    def who(self) -> Who:
        return self.user, self.chat

    @property
    def is_in_group(self) -> bool:
        """Whether others read it too: Telegram gives people numbers above zero, and groups numbers below."""
        return self.chat < 0

    def acknowledged(self, text: str = "") -> tuple[Call, ...]:
        """The acknowledgement of a tap, with a few words that show for a moment; nothing for a message."""
        return (Acknowledge(self.query, text, self.chat),) if self.query else ()

    def typing(self) -> ShowTyping:
        return ShowTyping(self.chat, self.thread)

    def shows(self, page: Page) -> tuple[Call, ...]:
        """The messages of one answer: each points at the question, and the last has the buttons."""
        calls: list[Say | ShowChart | SendFile] = []
        if page.chart:
            calls.append(ShowChart(self.chat, *page.chart, thread=self.thread, reply_to=self.quoted))
        if page.file:
            calls.append(SendFile(self.chat, *page.file, thread=self.thread, reply_to=self.quoted))
        calls += [Say(self.chat, text, thread=self.thread, reply_to=self.quoted) for text in page.messages]
        calls[-1] = replace(calls[-1], buttons=page.buttons)
        return tuple(calls)


def _crowded(update: Update, chat: Chat) -> bool:
    """In a group others speak between; an edited question may stand far above, and so may one from an outage."""
    late = update.message is not None and datetime.now(UTC) - update.message.date > LATE
    return late or update.edited_message is not None or chat.type != Chat.PRIVATE

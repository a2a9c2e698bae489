"""Who asks, and where the answer goes."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Chat, Message, Update

from bot.chat.calls import Acknowledge, Call, Say, ShowTyping
from bot.chat.keyboard import Rows
from bot.chat.memory import Who


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

    def acknowledged(self) -> tuple[Call, ...]:
        """The acknowledgement of a tap; nothing for a message."""
        return (Acknowledge(self.query),) if self.query else ()

    def typing(self) -> ShowTyping:
        return ShowTyping(self.chat, self.thread)

    def says(self, pages: tuple[str, ...], buttons: Rows = ()) -> tuple[Say, ...]:
        """The messages of one answer: the first points at the question, the last has the buttons."""
        last = len(pages) - 1
        return tuple(
            Say(
                self.chat,
                page,
                buttons=buttons if number == last else (),
                thread=self.thread,
                reply_to=None if number else self.quoted,
            )
            for number, page in enumerate(pages)
        )


def _crowded(update: Update, chat: Chat) -> bool:
    """In a group others speak between; an edited question may stand far above."""
    return update.edited_message is not None or chat.type != Chat.PRIVATE

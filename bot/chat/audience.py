"""Whom the bot answers, people who speak to it; and what they said or tapped."""

from __future__ import annotations

from telegram import MaybeInaccessibleMessage, Message, MessageEntity
from telegram.ext import filters

from bot.chat.calls import Button, Rows


class _Human(filters.MessageFilter):
    """Written by a person in their own name: no bot, no channel, nothing inserted from another bot."""

    def filter(self, message: Message) -> bool:
        user = message.from_user
        return user is not None and not user.is_bot and message.sender_chat is None and message.via_bot is None


class _Addressed(filters.MessageFilter):
    """In a group: mentions the bot, or replies to it."""

    def filter(self, message: Message) -> bool:
        replied = message.reply_to_message
        to_us = replied is not None and replied.from_user is not None and replied.from_user.id == message.get_bot().id
        return to_us or bool(_mentions(message))


class _ForAnother(filters.MessageFilter):
    """A command to another bot, by its name."""

    def filter(self, message: Message) -> bool:
        command, *_ = (message.text or "").split(maxsplit=1) or [""]
        _, at, name = command.partition("@")
        return bool(at) and name.lower() != message.get_bot().username.lower()


HUMAN = _Human()
FOR_ANOTHER = _ForAnother()
PRIVATE = filters.ChatType.PRIVATE
ADDRESSED = PRIVATE | _Addressed()


def words_of(message: Message) -> str:
    """What was said to the bot, without its own name."""
    words = message.text or ""
    for mention in _mentions(message):
        words = words.replace(mention, " ")
    return words.strip()


def buttons_under(message: MaybeInaccessibleMessage) -> Rows:
    """The buttons that a message shows; none where Telegram no longer tells."""
    markup = message.reply_markup if isinstance(message, Message) else None
    lines = markup.inline_keyboard if markup else ()
    return tuple(tuple(Button(one.text, str(one.callback_data or "")) for one in line) for line in lines)


def _mentions(message: Message) -> list[str]:
    us = f"@{message.get_bot().username}".lower()
    return [said for said in message.parse_entities([MessageEntity.MENTION]).values() if said.lower() == us]

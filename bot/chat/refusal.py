"""Why Telegram does not let something be written, in words that an operator understands.

What Telegram says itself is in no log: it may quote the message.
"""

from __future__ import annotations

from enum import Enum

from telegram.error import BadRequest, Forbidden


class Refused(Enum):
    """What is known by Telegram's words."""

    BLOCKED = "the person blocked the bot, or it is no member of the chat any more"
    NO_RIGHT = "the bot may not write in that group: an administrator there can let it"
    TOPIC_CLOSED = "the topic is closed, and the bot may not write in it"
    TOPIC_GONE = "the topic is gone"
    CHAT_GONE = "Telegram knows no such chat, or none with this bot in it"
    OTHERWISE = ""

    @property
    def words(self) -> str:
        """Why; nothing where it is none of these."""
        return self.value

    @classmethod
    def of(cls, error: Exception) -> Refused:
        """Why a call failed."""
        if isinstance(error, Forbidden):
            return cls.BLOCKED
        said = error.message.casefold() if isinstance(error, BadRequest) else ""
        return next((why for words, why in SAID.items() if words in said), cls.OTHERWISE)


SAID = {
    "message thread not found": Refused.TOPIC_GONE,
    "topic_deleted": Refused.TOPIC_GONE,
    "topic_id_invalid": Refused.TOPIC_GONE,
    "topic_closed": Refused.TOPIC_CLOSED,
    "chat not found": Refused.CHAT_GONE,
    "not enough rights": Refused.NO_RIGHT,
    "have no rights": Refused.NO_RIGHT,
    "administrator rights": Refused.NO_RIGHT,
    "write_forbidden": Refused.NO_RIGHT,
    "chat_restricted": Refused.NO_RIGHT,
    "plain_forbidden": Refused.NO_RIGHT,
}
"""Words of Telegram's, the first that fit."""

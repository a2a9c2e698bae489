"""The way in: who is not a member, or asks too much, is told so and costs nobody else anything."""

from __future__ import annotations

import logging
from enum import StrEnum

from limits import RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter
from telegram import Update

from bot.chat.calls import AnswerInline
from bot.chat.members import Members, Role
from bot.chat.outbox import Outbox
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.chat.windows import Windows
from bot.live import LiveEngine

log = logging.getLogger(__name__)
GROUP_SHARE = 3
"""How many times more a group may ask than one person."""
INLINE_SHARE = 5
"""How many times more may be typed behind the bot's name in other chats: each keystroke is a query."""
SILENCE = 5
"""Minutes after which a stranger is answered again."""


class Refusal(StrEnum):
    """Why somebody is not let in: the name of the message that says so."""

    STRANGER = "members_only"
    USED_UP = "invitation_used"
    HASTE = "slow_down"


class Gate:
    """Asked before an update is handled. Moving windows, by an independent library."""

    def __init__(self, members: Members, live: LiveEngine, outbox: Outbox, a_minute: int, contact: str = "") -> None:
        self._members = members
        self._live = live
        self._outbox = outbox
        self._contact = contact
        self._windows = MovingWindowRateLimiter(Windows())
        self._of_one = RateLimitItemPerMinute(a_minute)
        self._of_typing = RateLimitItemPerMinute(INLINE_SHARE * a_minute)
        self._of_group = RateLimitItemPerMinute(GROUP_SHARE * a_minute)
        self._told = {
            Refusal.STRANGER: RateLimitItemPerMinute(1, SILENCE),
            Refusal.USED_UP: RateLimitItemPerMinute(1),
            Refusal.HASTE: RateLimitItemPerMinute(1),
        }

    async def admits(self, update: Update, role: Role = Role.USER) -> bool:
        """Whether it may be handled; if not, it is refused here. From nobody, nothing is taken."""
        user, chat = update.effective_user, update.effective_chat
        if user is None:
            return False
        if not self._is_in_time(update, user.id, chat.id if chat else user.id):
            await self.refuse(update, Refusal.HASTE)
        elif self._members.role(user.id) < role:
            await self.refuse(update, Refusal.STRANGER)
        else:
            return True
        return False

    async def refuse(self, update: Update, why: Refusal) -> None:
        """Taps and inline queries are always answered, with a few words; messages once in the window."""
        user, visit = update.effective_user, Visit.of(update)
        number = user.id if user else 0
        messages = self._live.engine.catalogue.messages
        text = str(getattr(messages, why)).format(number=number, contact=self._contact).strip()
        if query := update.inline_query:
            label = messages.inline_slow_down if why is Refusal.HASTE else messages.inline_members_only
            await self._outbox.put(update.update_id, AnswerInline(query.id, (), label))
        elif visit and visit.query:
            await self._outbox.put(update.update_id, *visit.acknowledged(text))
        elif visit and self._windows.hit(self._told[why], why, str(number)):
            log.info("update %d refused: %s", update.update_id, why, extra={"update": update.update_id})
            await self._outbox.put(update.update_id, *visit.shows(Page.saying(text)))

    def _is_in_time(self, update: Update, user: int, chat: int) -> bool:
        if update.inline_query:
            return self._windows.hit(self._of_typing, "inline", str(user))
        own = self._windows.hit(self._of_one, "user", str(user))
        return own and (chat == user or self._windows.hit(self._of_group, "chat", str(chat)))

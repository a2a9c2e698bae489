"""What somebody hears who comes in with an invitation, and whoever invited them."""

from __future__ import annotations

from dataclasses import replace

from telegram import User

from bot.chat import pages
from bot.chat.calls import Say
from bot.chat.members import Admission, Role
from bot.chat.outbox import Outbox
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.live import LiveEngine


class Reception:
    """Speaks to both, once the register has the newcomer."""

    def __init__(self, live: LiveEngine, outbox: Outbox) -> None:
        self._live = live
        self._outbox = outbox

    async def greet(self, visit: Visit, newcomer: User, admission: Admission) -> None:
        """The newcomer is greeted before the usual welcome; whoever invited them learns who came."""
        engine = self._live.engine
        messages, welcome = engine.catalogue.messages, pages.welcome(engine)
        greeting = Page.saying(messages.admitted)
        page = replace(welcome, messages=(*greeting.messages, *welcome.messages))
        await self._outbox.put(visit.update, *visit.shows(page))
        if (invitation := admission.invitation) and invitation.by:
            role = Role(invitation.role).name.lower()
            said = messages.came_in.format(who=newcomer.name, number=newcomer.id, role=role)
            (message,) = Page.saying(said).messages
            await self._outbox.put(visit.update, Say(invitation.by, message))

"""Which updates lead to the desk. To anybody else its commands are none, and its documents are not read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.chat import pages
from bot.chat.audience import HUMAN, PRIVATE
from bot.chat.connection import Moment
from bot.chat.conversation import Conversation
from bot.chat.desk.buttons import TAP
from bot.chat.desk.desk import Command, Desk
from bot.chat.desk.drawer import Editor
from bot.chat.visit import Visit

Handle = Callable[[Update, Moment], Coroutine[Any, Any, None]]
LONGEST = 200
"""Letters behind a command that are read."""


class DeskHandlers:
    """Each reads what it needs from the update."""

    def __init__(self, desk: Desk, conversation: Conversation) -> None:
        self._desk = desk
        self._conversation = conversation

    def all(self, gated: Callable[[Handle], Handle]) -> list[BaseHandler[Update, Moment, None]]:
        """To stand before those for everybody."""
        mine = filters.UpdateType.MESSAGE & HUMAN & PRIVATE
        commands = self._desk.commands.items()
        return [
            *(CommandHandler(name, gated(self._command(does)), mine) for name, does in commands),
            MessageHandler(mine & filters.Document.ALL, gated(self.document)),
            CallbackQueryHandler(gated(self.tap), rf"^{TAP}\|"),
        ]

    def _command(self, does: Command) -> Handle:
        async def show(update: Update, moment: Moment) -> None:
            visit, editor, message = Visit.of(update), _editor(update), update.message
            if visit and editor and message and self._desk.admits(visit):
                await does(visit, editor, message, " ".join(moment.args or ())[:LONGEST])
            elif visit:
                await self._conversation.tell(visit, pages.welcome)

        return show

    async def document(self, update: Update, moment: Moment) -> None:
        visit, editor, message = Visit.of(update), _editor(update), update.message
        if visit and editor and message and self._desk.admits(visit):
            await self._desk.document(visit, editor, message, moment.bot)
        elif visit:
            await self._conversation.tell(visit, pages.not_text)

    async def tap(self, update: Update, _: Moment) -> None:
        visit, editor, query = Visit.of(update), _editor(update), update.callback_query
        if visit and editor and query:
            await self._desk.tap(visit, editor, query.data or "")

    async def answers(self, update: Update) -> bool:
        """Whether a message was an editor's answer to what the desk had asked."""
        visit, editor, message = Visit.of(update), _editor(update), update.message
        if not (visit and editor and message and self._desk.admits(visit)):
            return False
        return await self._desk.answers(visit, editor, message)


def _editor(update: Update) -> Editor | None:
    user = update.effective_user
    return Editor.called(user.full_name, user.id) if user else None

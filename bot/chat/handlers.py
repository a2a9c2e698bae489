"""What happens to each kind of update. Whatever is not in the list below is left alone on purpose.

An edited question is answered once more when its words changed, and not when anything else about it did. Captions are
not read. In groups the bot answers to its name, to a reply and to a command.
"""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.chat import pages
from bot.chat.audience import ADDRESSED, HUMAN, PRIVATE, words_of
from bot.chat.connection import App, Moment
from bot.chat.conversation import Conversation
from bot.chat.keyboard import option_of
from bot.chat.memory import Wordings
from bot.chat.visit import Visit
from bot.domain.context import Context, Turn
from bot.domain.reply import Option
from bot.errors import summary
from bot.live import Answers

log = logging.getLogger(__name__)
SOURCE = Option("", "source", None)


class Handlers:
    """Thin: each reads what it needs from the update and leaves the rest to the conversation."""

    def __init__(self, conversation: Conversation, wordings: Wordings) -> None:
        self._conversation = conversation
        self._wordings = wordings

    def join(self, application: App) -> None:
        """The first that fits handles an update."""
        new, edited = filters.UpdateType.MESSAGE & HUMAN, filters.UpdateType.EDITED_MESSAGE & HUMAN
        application.add_handlers(
            [
                CommandHandler(["start", "help"], self.welcome, new),
                CommandHandler("topics", self.topics, new),
                CommandHandler("source", self.source, new),
                MessageHandler(new & PRIVATE & filters.COMMAND, self.welcome),
                MessageHandler((new | edited) & ADDRESSED & filters.TEXT & ~filters.COMMAND, self.question),
                MessageHandler(new & PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, self.not_text),
                CallbackQueryHandler(self.tap),
            ]
        )
        application.add_error_handler(self.failure)

    async def welcome(self, update: Update, _: Moment) -> None:
        if visit := Visit.of(update):
            await self._conversation.tell(visit, pages.welcome)

    async def topics(self, update: Update, _: Moment) -> None:
        if visit := Visit.of(update):
            await self._conversation.tell(visit, pages.topics)

    async def source(self, update: Update, _: Moment) -> None:
        if visit := Visit.of(update):
            await self._conversation.turn(visit, lambda engine, context: engine.reply_to_option(SOURCE, context))

    async def not_text(self, update: Update, _: Moment) -> None:
        if visit := Visit.of(update):
            await self._conversation.tell(visit, pages.not_text)

    async def question(self, update: Update, _: Moment) -> None:
        visit, message = Visit.of(update), update.effective_message
        if visit and message and self._is_new(message):
            words = words_of(message)
            await self._conversation.turn(visit, lambda engine, context: engine.reply_to(words, context))

    async def tap(self, update: Update, _: Moment) -> None:
        visit, query = Visit.of(update), update.callback_query
        if visit and query:
            await self._conversation.turn(visit, lambda engine, context: _tapped(query.data or "", engine, context))

    async def failure(self, update: object, moment: Moment) -> None:
        """Says sorry. Logs what kind of error and where, and nothing of what was said."""
        log.error("an update failed: %s", summary(moment.error) if moment.error else "for no known reason")
        if isinstance(update, Update) and (visit := Visit.of(update)):
            await self._conversation.apologise(visit)

    def _is_new(self, message: Message) -> bool:
        return self._wordings.is_new(message.chat_id, message.message_id, message.text or "")


def _tapped(data: str, engine: Answers, context: Context) -> Turn:
    option = option_of(data)
    return engine.reply_to_option(option, context) if option else Turn(pages.expired(engine), context)

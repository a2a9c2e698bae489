"""What happens to each kind of update. Whatever is not in the list below is left alone on purpose.

An edited question is answered once more when its words changed, and not when anything else about it did. Captions are
not read. In groups the bot answers to its name, to a reply and to a command.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, InlineQueryHandler, MessageHandler, filters

from bot.chat import correction, doubts, feedback, links, menu, pages, wishes
from bot.chat.audience import ADDRESSED, FOR_ANOTHER, HUMAN, PRIVATE, buttons_under, words_of
from bot.chat.connection import App, Moment
from bot.chat.conversation import Conversation
from bot.chat.desk.handlers import DeskHandlers, Handle
from bot.chat.gate import Gate, Refusal
from bot.chat.inline import Inline
from bot.chat.keyboard import wants_all
from bot.chat.members import Members, Outcome, Role
from bot.chat.memory import Wordings
from bot.chat.menu import FOR_STRANGERS, LONGEST, SOURCE, Make
from bot.chat.metrics import Metrics
from bot.chat.office import REVOKE, Office
from bot.chat.opinions import Opinions
from bot.chat.page import Page
from bot.chat.reception import Reception
from bot.chat.shown import Shown
from bot.chat.visit import Visit
from bot.errors import summary
from bot.live import Answers

log = logging.getLogger(__name__)
MakeFor = Callable[[Answers, int, str], Page]
"""The same for this person."""


@dataclass(frozen=True)
class Handlers:
    """Thin: each reads what it needs from the update and leaves the rest to those it knows."""

    conversation: Conversation
    opinions: Opinions
    inline: Inline
    wordings: Wordings
    gate: Gate
    members: Members
    office: Office
    reception: Reception
    desk: DeskHandlers
    metrics: Metrics
    shown: Shown
    kept: pages.Kept

    def join(self, application: App) -> None:
        """The first that fits handles an update, if the gate admits it."""
        new, edited = filters.UpdateType.MESSAGE & HUMAN, filters.UpdateType.EDITED_MESSAGE & HUMAN
        application.add_handlers(
            [
                CommandHandler("start", self._gated(self.start, Role.STRANGER), new),
                CommandHandler("source", self._gated(self.source), new),
                CommandHandler("corrections", self._gated(self.corrections), new),
                *(
                    CommandHandler(
                        name, self._command(make, Role.STRANGER if name in FOR_STRANGERS else Role.USER), new
                    )
                    for name, make in self._commands().items()
                ),
                *(
                    CommandHandler(name, self._office(make), new & PRIVATE)
                    for name, make in self._for_editors().items()
                ),
                *self.desk.all(self._gated),
                MessageHandler(new & PRIVATE & filters.COMMAND & ~FOR_ANOTHER, self._command(pages.welcome)),
                MessageHandler(
                    (new | edited) & ADDRESSED & filters.TEXT & ~filters.COMMAND, self._gated(self.question)
                ),
                MessageHandler(
                    new & PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, self._command(pages.not_text)
                ),
                CallbackQueryHandler(self._gated(self.opinion), rf"^{feedback.TAP}\|"),
                CallbackQueryHandler(self._gated(self.name), rf"^{feedback.NAMING}\|"),
                *(CallbackQueryHandler(self._button(make), rf"^{kind}\|") for kind, make in self._buttons().items()),
                CallbackQueryHandler(self._office_button(self.office.revoke), rf"^{REVOKE}\|"),
                CallbackQueryHandler(self._office_button(self.office.look_into), rf"^{doubts.TAP}\|"),
                CallbackQueryHandler(self._gated(self.wish), rf"^{correction.TAP}\|"),
                CallbackQueryHandler(self._gated(self.tap)),
                InlineQueryHandler(self._gated(self.typed_elsewhere)),
            ]
        )
        application.add_error_handler(self.failure)

    def _commands(self) -> dict[str, Make]:
        return menu.commands(self.conversation.charts, self.kept)

    def _buttons(self) -> dict[str, Make]:
        return menu.buttons(self.conversation.charts, lambda: self.office.address)

    def _for_editors(self) -> dict[str, MakeFor]:
        return {"invite": self.office.invite, "members": self.office.members, "status": self.office.status}

    def _gated(self, handle: Handle, role: Role = Role.USER) -> Handle:
        async def handle_if_admitted(update: Update, moment: Moment) -> None:
            if await self.gate.admits(update, role):
                await handle(update, moment)

        return handle_if_admitted

    def _office(self, make: MakeFor) -> Handle:
        """A command of editors; to anybody else it is no command at all."""

        async def show(update: Update, moment: Moment) -> None:
            if visit := Visit.of(update):
                words, user = " ".join(moment.args or ())[:LONGEST], visit.user
                is_editor = self.members.role(user) >= Role.EDITOR
                page = (lambda engine: make(engine, user, words)) if is_editor else pages.welcome
                await self.conversation.tell(visit, page)

        return self._gated(show)

    def _office_button(self, make: MakeFor) -> Handle:
        """A button of editors; to anybody else it has expired."""

        async def show(update: Update, _: Moment) -> None:
            visit, query = Visit.of(update), update.callback_query
            if visit and query:
                user, data = visit.user, query.data or ""
                is_editor = self.members.role(user) >= Role.EDITOR
                await self.conversation.tell(
                    visit, lambda engine: make(engine, user, data) if is_editor else pages.expired(engine)
                )

        return self._gated(show)

    def _command(self, make: Make, role: Role = Role.USER) -> Handle:
        async def show(update: Update, moment: Moment) -> None:
            if visit := Visit.of(update):
                words = " ".join(moment.args or ())[:LONGEST]
                await self.conversation.tell(visit, lambda engine: make(engine, words))

        return self._gated(show, role)

    def _button(self, make: Make) -> Handle:
        async def show(update: Update, _: Moment) -> None:
            visit, query = Visit.of(update), update.callback_query
            if visit and query:
                data = query.data or ""
                await self.conversation.tell(visit, lambda engine: make(engine, data))

        return self._gated(show)

    async def start(self, update: Update, moment: Moment) -> None:
        """An invitation lets in; a link opens its answer; any other start, and a link to nothing, is a welcome."""
        visit, payload = Visit.of(update), " ".join(moment.args or ())
        if visit is None:
            return
        admission = self.members.redeem(payload, visit.user)
        if admission.outcome is Outcome.ADMITTED and update.effective_user:
            await self.reception.greet(visit, update.effective_user, admission)
        elif self.members.role(visit.user) is Role.STRANGER:
            is_void = admission.outcome is Outcome.VOID
            await self.gate.refuse(update, Refusal.USED_UP if is_void else Refusal.STRANGER)
        elif option := links.option_of(payload, self.conversation.engine):
            await self.conversation.turn(visit, lambda engine, context: engine.reply_to_option(option, context))
        else:
            await self.conversation.tell(visit, pages.welcome)

    async def source(self, update: Update, _: Moment) -> None:
        if visit := Visit.of(update):
            await self.conversation.turn(visit, lambda engine, context: engine.reply_to_option(SOURCE, context))

    async def question(self, update: Update, _: Moment) -> None:
        visit, message = Visit.of(update), update.effective_message
        if visit and message and self._is_new(message) and not await self.desk.answers(update):
            await self.conversation.question(visit, words_of(message))

    async def tap(self, update: Update, _: Moment) -> None:
        visit, query = Visit.of(update), update.callback_query
        if visit and query:
            data = query.data or ""
            await self.conversation.turn(
                visit, lambda engine, context: menu.tapped(data, engine, context), whole=wants_all(data)
            )

    async def corrections(self, update: Update, moment: Moment) -> None:
        if visit := Visit.of(update):
            await self._wish(visit, wishes.said(" ".join(moment.args or ())))

    async def wish(self, update: Update, _: Moment) -> None:
        visit, query = Visit.of(update), update.callback_query
        if visit and query:
            await self._wish(visit, wishes.tapped(query.data or ""))

    async def _wish(self, visit: Visit, wanted: bool | None) -> None:
        if wanted is not None:
            self.shown.wish(visit.chat, corrections=wanted)
        await self.conversation.tell(visit, lambda engine: wishes.standing(engine, self.shown, visit.chat))

    async def opinion(self, update: Update, _: Moment) -> None:
        visit, query = Visit.of(update), update.callback_query
        if visit and query and query.message:
            shown = buttons_under(query.message)
            await self.opinions.take(visit, query.data or "", query.message.message_id, shown)

    async def name(self, update: Update, _: Moment) -> None:
        visit, query = Visit.of(update), update.callback_query
        if visit and query and query.message:
            shown = buttons_under(query.message)
            who = query.from_user.name
            await self.opinions.name(visit, query.data or "", query.message.message_id, shown, who)

    async def typed_elsewhere(self, update: Update, _: Moment) -> None:
        if query := update.inline_query:
            await self.inline.answer(update.update_id, query.id, query.query)

    async def failure(self, update: object, moment: Moment) -> None:
        """Says sorry. Logs what kind of error and where, and nothing of what was said."""
        error = moment.error or RuntimeError()
        self.metrics.failed("answering", error)
        number = update.update_id if isinstance(update, Update) else None
        log.error("an update failed: %s", summary(error), extra={"update": number})
        if isinstance(update, Update) and (visit := Visit.of(update)):
            await self.conversation.apologise(visit)

    def _is_new(self, message: Message) -> bool:
        return self.wordings.is_new(message.chat_id, message.message_id, message.text or "")

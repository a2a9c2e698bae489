"""The way to the desk: commands, documents, taps and replies of editors, each in their own chat with the bot."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot, Message

from bot.chat.audience import buttons_under
from bot.chat.desk.buttons import Verb, item_under, tapped
from bot.chat.desk.documents import Documents
from bot.chat.desk.drawer import (
    Awaited,
    Card,
    Change,
    Choice,
    Declining,
    Editor,
    Founding,
    Item,
    Lesson,
    Reversal,
    Unplaced,
)
from bot.chat.desk.editions import NOW, Editions
from bot.chat.desk.figures import Figures
from bot.chat.desk.lessons import Lessons
from bot.chat.desk.proposals import Proposals
from bot.chat.desk.room import Room
from bot.chat.members import Role
from bot.chat.visit import Visit

Command = Callable[[Visit, Editor, Message, str], Coroutine[Any, Any, None]]
LONGEST_REPLY = 1500
"""Letters of an answer to what was asked that are read."""


class Desk:
    """Who may do what is asked anew at every step: roles change, and what a button sends back can be forged."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._proposals = Proposals(room)
        self._documents = Documents(room, self._proposals)
        self._figures = Figures(room, self._proposals)
        self._editions = Editions(room, self._proposals)
        self._lessons = Lessons(room, self._proposals)

    def admits(self, visit: Visit) -> bool:
        """Whether this is an editor, and nobody else listens."""
        return visit.chat == visit.user and self._room.members.role(visit.user) >= Role.EDITOR

    @property
    def commands(self) -> dict[str, Command]:
        """By name."""
        return {
            "edit": lambda visit, editor, _, said: self._figures.edit(visit, editor, said),
            "fix": self._figures.fix,
            "missed": lambda visit, editor, *_: self._lessons.missed(visit, editor),
            "history": lambda visit, editor, *_: self._editions.history(visit, editor),
            "undo": lambda visit, editor, *_: self._editions.undo(visit, editor),
        }

    async def document(self, visit: Visit, editor: Editor, message: Message, bot: Bot) -> None:
        """A file that an editor sends."""
        if message.document:
            await self._documents.received(visit, editor, bot, message.document, message.caption or "")

    async def answers(self, visit: Visit, editor: Editor, message: Message) -> bool:
        """Whether a message answers what was asked of this editor; then it is taken."""
        replied, words = message.reply_to_message, (message.text or "")[:LONGEST_REPLY]
        id = item_under(buttons_under(replied)) if replied else self._room.asked(editor.user)
        item = self._room.drawer.get(id) if id else None
        if item is None or item.by.user != editor.user:
            return False
        return await self._answered(visit, editor, item, words)

    async def _answered(self, visit: Visit, editor: Editor, item: Item, words: str) -> bool:
        """Take the words; False where nothing was asked about what lies there."""
        match item.matter:
            case Awaited() as awaited:
                await self._figures.typed(visit, editor, item, awaited, words)
            case Change(why="") as change:
                await self._proposals.explained(visit, item, change, words)
            case Lesson() as lesson:
                await self._lessons.reworded(visit, editor, lesson, words)
            case Founding() as founding:
                await self._lessons.founded(visit, editor, founding, words)
            case Declining(word="") as declining:
                await self._lessons.declined(visit, editor, declining, words)
            case _:
                return False
        return True

    async def tap(self, visit: Visit, editor: Editor, data: str) -> None:
        """A button of the desk: refused where it may not be used, or leads to nothing any more."""
        said = tapped(data)
        item = self._room.drawer.get(said[0]) if said else None
        if not self.admits(visit):
            await self._acknowledge(visit, self._room.words.only_editors)
        elif said is None or item is None or not self._is_for(item, visit.user):
            await self._acknowledge(visit, self._room.words.gone)
        else:
            await self._acknowledge(visit)
            self._room.asks(visit.user, None)
            if not await self._tapped(visit, editor, item, said[1], said[2]):
                await self._room.says(visit, self._room.words.gone)

    async def _acknowledge(self, visit: Visit, text: str = "") -> None:
        await self._room.outbox.put(visit.update, *visit.acknowledged(text))

    @staticmethod
    def _is_for(item: Item, user: int) -> bool:
        """Whose it is, and for what was handed on, every editor."""
        return item.by.user == user or (isinstance(item.matter, Change) and item.matter.handed_on)

    async def _tapped(self, visit: Visit, editor: Editor, item: Item, verb: Verb, argument: str) -> bool:
        """Do it; False where this button does not belong to what lies there."""
        match item.matter, verb:
            case _, Verb.DROP:
                await self._proposals.discard(visit, editor, item)
            case Change() as change, Verb.PUBLISH | Verb.CORRECT:
                correction = verb is Verb.CORRECT
                await self._proposals.publish(visit, editor, item, change, correction=correction)
            case Reversal(), Verb.UNDO:
                await self._undone(visit, editor, item, argument)
            case Card(), _:
                return await self._on_card(visit, editor, item, verb, argument)
            case _, Verb.CHOOSE:
                return await self._chosen(visit, editor, item, argument)
            case _:
                return False
        return True

    async def _undone(self, visit: Visit, editor: Editor, item: Item, argument: str) -> None:
        """What that changes is seen first."""
        if argument == NOW:
            await self._editions.undone(visit, editor, item)
        else:
            await self._editions.shown(visit, item)

    async def _on_card(self, visit: Visit, editor: Editor, item: Item, verb: Verb, argument: str) -> bool:
        match item.matter, verb:
            case Card() as card, Verb.TEACH if topic := _nth(card.topics, argument):
                await self._lessons.teach(visit, editor, card, topic)
            case Card() as card, Verb.MORE:
                await self._lessons.more(visit, item, card)
            case Card() as card, Verb.FOUND:
                await self._lessons.found(visit, editor, card)
            case Card() as card, Verb.DECLINE:
                await self._lessons.decline(visit, editor, card)
            case Card() as card, Verb.FORGET:
                await self._lessons.forget(visit, editor, item, card)
            case _:
                return False
        return True

    async def _chosen(self, visit: Visit, editor: Editor, item: Item, argument: str) -> bool:
        match item.matter:
            case Unplaced() as unplaced if place := _nth(unplaced.places, argument):
                await self._documents.placed(visit, editor, item, unplaced, place)
            case Choice() as choice if finding := _nth(choice.findings, argument):
                await self._figures.chosen(visit, editor, choice, finding)
            case Declining() as declining if argument.isdecimal():
                await self._lessons.chosen(visit, editor, declining, int(argument[:4]))
            case _:
                return False
        return True


def _nth(these: tuple[str, ...], number: str) -> str | None:
    """The one of this number; None for what is no such number."""
    return these[int(number)] if number.isdecimal() and len(number) < 4 and int(number) < len(these) else None

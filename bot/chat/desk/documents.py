"""Files that editors send: fetched if they may be content, and placed."""

from __future__ import annotations

import asyncio

from telegram import Bot, Document
from telegram.error import TelegramError

from bot.changing.snapshot import Snapshot
from bot.chat.desk.buttons import Verb, button
from bot.chat.desk.drawer import Change, Editor, Item, Unplaced
from bot.chat.desk.edits import NewText
from bot.chat.desk.places import named_in, places
from bot.chat.desk.proposals import Proposals, reason
from bot.chat.desk.room import Room
from bot.chat.keyboard import laid
from bot.chat.visit import Visit
from bot.content.document import MAX_BYTES
from bot.content.layout import ENDING

SIZE = f"{MAX_BYTES // 1024} kB"


class UnfitError(Exception):
    """A document is no content; `field` names the sentence that says why."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Documents:
    """What is too large, or has another ending, is never fetched."""

    def __init__(self, room: Room, proposals: Proposals) -> None:
        self._room = room
        self._proposals = proposals

    async def received(self, visit: Visit, editor: Editor, bot: Bot, document: Document, caption: str) -> None:
        """A document with its caption."""
        try:
            text = await _fetched(bot, document)
        except UnfitError as unfit:
            await self._room.says(visit, str(getattr(self._room.words, unfit.field)).format(size=SIZE))
            return
        name, why = document.file_name or "", reason(named_in(caption)[1])
        now = await asyncio.to_thread(Snapshot.of, self._room.content)
        found = await asyncio.to_thread(places, name, caption, now.texts, self._room.engine)
        if len(found) == 1:
            await self._proposals.consider(visit, editor, Change(NewText(found[0], text), "", why))
        else:
            await self._ask(visit, editor, name, Unplaced(text, found, why))

    async def _ask(self, visit: Visit, editor: Editor, name: str, unplaced: Unplaced) -> None:
        words = self._room.words
        if not unplaced.places:
            await self._room.says(visit, words.no_place.format(name=name))
            return
        item = self._room.drawer.put(editor, unplaced)
        choices = [button(place, item, Verb.CHOOSE, number) for number, place in enumerate(unplaced.places)]
        buttons = laid([*choices, button(words.drop_label, item, Verb.DROP)])
        await self._room.says(visit, words.which_place.format(name=name), buttons)

    async def placed(self, visit: Visit, editor: Editor, item: Item, unplaced: Unplaced, place: str) -> None:
        """It was said where the file belongs."""
        self._room.drawer.drop(item)
        await self._proposals.consider(visit, editor, Change(NewText(place, unplaced.text), "", unplaced.why))


async def _fetched(bot: Bot, document: Document) -> str:
    """The text of a document. Raises UnfitError. Only a size that is known beforehand is small enough."""
    if not (document.file_name or "").lower().endswith(ENDING):
        raise UnfitError("not_yaml")
    if document.file_size is None or document.file_size > MAX_BYTES:
        raise UnfitError("too_large")
    try:
        file = await bot.get_file(document.file_id)
        content = bytes(await file.download_as_bytearray())
    except (TelegramError, KeyError):
        raise UnfitError("not_fetched") from None
    if len(content) > MAX_BYTES:
        raise UnfitError("too_large")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitError("not_utf8") from None

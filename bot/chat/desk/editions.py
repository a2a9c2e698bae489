"""What was published: the last editions, and undoing the newest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from bot.calendar import current_day
from bot.changing.edition import Edition
from bot.changing.press import PressError
from bot.changing.review import Review, review
from bot.changing.snapshot import Snapshot
from bot.chat.desk.buttons import Verb, button
from bot.chat.desk.drawer import Editor, Item, Reversal
from bot.chat.desk.proposals import Proposals
from bot.chat.desk.room import Room
from bot.chat.desk.summary import Summary, errors, notice
from bot.chat.keyboard import laid
from bot.chat.visit import Visit

LISTED = 8
"""Editions."""
LONGEST = 150
"""Letters of a reason, and of the files, in the list."""
NOW = "now"
"""Argument of the button under a difference that was shown."""


class Editions:
    """Undoing takes one editor: it brings back what two had agreed on where two must. There the others are told."""

    def __init__(self, room: Room, proposals: Proposals) -> None:
        self._room = room
        self._proposals = proposals

    async def history(self, visit: Visit, editor: Editor) -> None:
        """/history: who, when, why and what, and a button that undoes the newest."""
        await self._proposals.errands.run(
            visit, lambda: self._room.press.history(LISTED), lambda visit, found: self._list(visit, editor, found)
        )

    async def _list(self, visit: Visit, editor: Editor, found: Sequence[Edition]) -> None:
        words = self._room.words
        if not found:
            await self._room.says(visit, words.no_history)
            return
        item = self._room.drawer.put(editor, Reversal(found[0].id))
        text = "\n\n".join([words.history, *map(self._line, found)])
        await self._room.says(visit, text, laid([button(words.undo_label, item, Verb.UNDO)]))

    def _line(self, one: Edition) -> str:
        words = self._room.words
        mark = f" {words.correction_mark}" if one.correction else ""
        return words.edition.format(
            at=f"{one.at.astimezone(UTC):%d %b %Y %H:%M} UTC",
            who=one.by,
            why=f"{one.why[:LONGEST]}{mark}",
            what=", ".join(one.paths)[:LONGEST],
        )

    async def undo(self, visit: Visit, editor: Editor) -> None:
        """/undo: what undoing the newest edition would change."""
        await self._proposals.errands.run(
            visit, lambda: self._room.press.history(1), lambda visit, found: self._begun(visit, editor, found)
        )

    async def _begun(self, visit: Visit, editor: Editor, found: Sequence[Edition]) -> None:
        if found:
            await self.shown(visit, self._room.drawer.put(editor, Reversal(found[0].id)))
        else:
            await self._room.says(visit, self._room.words.nothing_to_undo)

    async def shown(self, visit: Visit, item: Item) -> None:
        """What it would change, with the button that does it."""
        await self._proposals.errands.run(
            visit, lambda: self._tried(item), lambda visit, tried: self._show(visit, item, *tried)
        )

    async def _show(self, visit: Visit, item: Item, edition: Edition, found: Review, told: Summary) -> None:
        words = self._room.words
        if found.errors:
            await self._room.shows(visit, errors(found, words))
            return
        heading = words.undoing.format(edition=self._line(edition).splitlines()[0])
        buttons = [button(words.undo_now_label, item, Verb.UNDO, NOW), button(words.drop_label, item, Verb.DROP)]
        await self._room.shows(visit, told.page(words, heading, "", laid(buttons)))

    async def undone(self, visit: Visit, editor: Editor, item: Item) -> None:
        """Undo it, if it is the newest still."""
        await self._proposals.errands.run(
            visit,
            lambda: self._undone(editor, item),
            lambda visit, edition: self._went(visit, editor, item, edition),
        )

    async def _went(self, visit: Visit, editor: Editor, item: Item, edition: Edition) -> None:
        self._room.drawer.drop(item)
        await self._proposals.went_live(visit, editor, edition)
        if self._room.two_person:
            page = notice(self._room.words.undone_by, editor)
            for user in self._room.members.editors:
                if user != editor.user:
                    await self._room.shows(visit, page, Editor(user, ""))

    def _tried(self, item: Item) -> tuple[Edition, Review, Summary]:
        newest = self._newest(item)
        now = Snapshot.of(self._room.content)
        found = review(now, now.changed_by(self._room.press.reversal(newest.id)), current_day())
        return newest, found, Summary.of(found, self._room.words)

    def _undone(self, editor: Editor, item: Item) -> Edition:
        return self._room.press.undo(str(editor), self._newest(item).id)

    def _newest(self, item: Item) -> Edition:
        """The newest edition. Raises PressError where it is not the one that was meant."""
        for one in self._room.press.history(1):
            if isinstance(item.matter, Reversal) and one.id == item.matter.edition:
                return one
        raise PressError(self._room.words.nothing_to_undo)

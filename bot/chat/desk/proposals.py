"""A change on its way: tried out, shown with what it would do, explained, and published or discarded."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.cache import usual_cache
from bot.calendar import current_day
from bot.changing.edition import Edition, HistoryError
from bot.changing.press import OutdatedError, PressError
from bot.changing.proposal import Proposal
from bot.changing.review import Review, review
from bot.changing.snapshot import Snapshot
from bot.changing.state import State
from bot.chat.calls import Rows
from bot.chat.desk import summary
from bot.chat.desk.buttons import Verb, button
from bot.chat.desk.drawer import Change, Editor, Item, Reversal
from bot.chat.desk.edits import Edit, NewPhrase
from bot.chat.desk.errands import Errands
from bot.chat.desk.room import Room
from bot.chat.desk.summary import Summary
from bot.chat.keyboard import laid
from bot.chat.visit import Visit
from bot.domain.place import ContentError
from bot.evaluating.teaching import Taught
from bot.store.database import StoreError

LIVE_WITHIN = 20.0
"""Seconds in which the running bot takes over what was published, unless something is wrong."""
LONGEST_WHY = 500
"""Letters."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change would do to the content of this digest."""

    over: str
    is_different: bool
    review: Review
    summary: Summary


def reason(said: str) -> str:
    """Why something is changed, as it is kept: on one line, and no longer than a paragraph."""
    return " ".join(said.split())[:LONGEST_WHY]


class Proposals:
    """What is published goes through the press, which checks it once more."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.errands = Errands(room)

    async def consider(self, visit: Visit, editor: Editor, change: Change, item: Item | None = None) -> None:
        """Try a change out and show what it would do; `item` is what it takes the place of in the drawer."""
        await self.errands.run(
            visit,
            lambda: self._tried(change.edit),
            lambda visit, tried: self._considered(visit, editor, change, item, tried),
        )

    async def _considered(self, visit: Visit, editor: Editor, change: Change, item: Item | None, tried: Tried) -> None:
        if not tried.is_different:
            await self._room.says(visit, self._room.words.no_difference)
        elif tried.review.errors:
            await self._room.shows(visit, summary.errors(tried.review, self._room.words))
        else:
            await self._show(visit, editor, replace(change, over=tried.over), tried, item)

    async def _show(self, visit: Visit, editor: Editor, change: Change, tried: Tried, item: Item | None) -> None:
        words = self._room.words
        who = item.by if item else editor
        heading = words.changed_meanwhile if item else words.proposed.format(who=who)
        if not tried.review.may_go_live:
            await self._room.shows(visit, tried.summary.page(words, heading, words.may_not))
            return
        drawer = self._room.drawer
        kept = drawer.change(item, change) if item else drawer.put(editor, change)
        below = words.because.format(why=change.why) if change.why else words.why
        self._room.asks(editor.user, None if change.why else kept)
        await self._room.shows(visit, tried.summary.page(words, heading, below, self._buttons(kept, tried.review)))

    def _buttons(self, item: Item, found: Review | None = None) -> Rows:
        """Publishing needs a why; a correction needs an answer that changes, and is settled once it is handed on."""
        words, change = self._room.words, item.matter
        shown = []
        if isinstance(change, Change) and change.why:
            shown.append(button(words.publish_label, item, Verb.PUBLISH))
            if not change.handed_on and (found is None or found.answers):
                shown.append(button(words.correct_label, item, Verb.CORRECT))
        return laid([*shown, button(words.drop_label, item, Verb.DROP)])

    async def explained(self, visit: Visit, item: Item, change: Change, why: str) -> None:
        """The why was given."""
        kept = self._room.drawer.change(item, replace(change, why=reason(why)))
        self._room.asks(visit.user, None)
        await self._room.says(visit, self._room.words.because.format(why=reason(why)), self._buttons(kept))

    async def publish(self, visit: Visit, editor: Editor, item: Item, change: Change, *, correction: bool) -> None:
        """Put it live, or, where two must agree, ask the others to."""
        if not change.why:
            self._room.asks(editor.user, item)
            await self._room.says(visit, self._room.words.why, self._buttons(item))
            return
        change = replace(change, correction=change.correction or correction)
        if self._room.two_person and editor.user == item.by.user:
            await self._hand_on(visit, item, change)
        else:
            await self._print(visit, editor, item, change)

    async def _hand_on(self, visit: Visit, item: Item, change: Change) -> None:
        """Ask every other editor to publish it, unless they are asked already."""
        words = self._room.words
        others = tuple(user for user in self._room.members.editors if user != item.by.user)
        if not others:
            await self._room.says(visit, words.nobody_else)
        elif change.handed_on:
            await self._room.says(visit, words.handed_on.format(number=len(others)))
        else:
            await self.errands.run(
                visit,
                lambda: self._tried(change.edit),
                lambda visit, tried: self._handed_on(visit, item, change, others, tried),
            )

    async def _handed_on(self, visit: Visit, item: Item, change: Change, others: Sequence[int], tried: Tried) -> None:
        """Show them what it would do, with the button that publishes, if that is still what was reviewed."""
        words = self._room.words
        if tried.over != change.over or not tried.review.may_go_live:
            await self._considered(visit, item.by, change, item, tried)
            return
        item = self._room.drawer.change(item, replace(change, handed_on=True))
        heading, below = words.proposed.format(who=item.by), words.because.format(why=change.why)
        page = tried.summary.page(words, heading, below, self._buttons(item))
        for user in others:
            await self._room.shows(visit, page, Editor(user, ""))
        await self._room.says(visit, words.handed_on.format(number=len(others)))

    async def _print(self, visit: Visit, editor: Editor, item: Item, change: Change) -> None:
        by = str(editor) if editor.user == item.by.user else f"{item.by}, published by {editor}"
        await self.errands.run(
            visit,
            lambda: self._published(item, change, by),
            lambda visit, edition: self._printed(visit, editor, item, change, edition),
        )

    async def _printed(self, visit: Visit, editor: Editor, item: Item, change: Change, edition: Edition | None) -> None:
        """It is published, and done with; or the content has changed since it was reviewed."""
        if edition is None:
            await self.consider(visit, editor, change, item)
            return
        self._room.drawer.drop(item)
        self._room.missed.learnt(change.learnt)
        await self.went_live(visit, editor, edition)
        if editor.user != item.by.user:
            await self._room.shows(visit, summary.notice(self._room.words.published_by, editor), item.by)

    async def went_live(self, visit: Visit, editor: Editor, edition: Edition) -> None:
        """Wait until the running bot has taken over what was published, and offer to undo it."""
        words = self._room.words
        now = await asyncio.to_thread(Snapshot.of, self._room.content)
        version = now.files.version
        is_live = await self._room.live.becomes(version, LIVE_WITHIN)
        text = words.live.format(version=version) if is_live else words.not_live_yet
        told = await self._told(edition) if is_live and edition.correction else ""
        undo = button(words.undo_label, self._room.drawer.put(editor, Reversal(edition.id)), Verb.UNDO)
        await self._room.says(visit, "\n".join(filter(None, (text, told))), laid([undo]))

    async def _told(self, edition: Edition) -> str:
        """How many chats are told of a correction, if that is known by now."""
        with suppress(StoreError, HistoryError, ContentError):
            number = await self._room.corrections.announce(edition)
            return "" if number is None else self._room.words.corrects.format(number=number)
        return ""

    async def discard(self, visit: Visit, editor: Editor, item: Item) -> None:
        """Nothing comes of it."""
        self._room.drawer.drop(item)
        self._room.asks(editor.user, None)
        await self._room.says(visit, self._room.words.dropped)
        if editor.user != item.by.user:
            await self._room.shows(visit, summary.notice(self._room.words.dropped_by, editor), item.by)

    def _tried(self, edit: Edit) -> Tried:
        now = Snapshot.of(self._room.content)
        new = now.changed_by(Proposal(edit.applied(now.texts), ""))
        found, against = review(now, new, current_day()), _objections(edit, now)
        told = Summary.of(found, self._room.words, against)
        return Tried(now.digest, new.digest != now.digest, found, told)

    def _published(self, item: Item, change: Change, by: str) -> Edition | None:
        """The edition; None where the content is not what was reviewed."""
        if self._room.drawer.get(item.id) is None:
            raise PressError(self._room.words.gone)
        texts = Snapshot.of(self._room.content).texts
        proposal = Proposal(change.edit.applied(texts), change.why, change.correction)
        with suppress(OutdatedError):
            return self._room.press.publish(proposal, by, change.over)
        return None


def _objections(edit: Edit, now: Snapshot) -> tuple[str, ...]:
    """What stands against a new way of asking: the same as `new phrase` says."""
    state = State(now, current_day(), usual_cache())
    if not isinstance(edit, NewPhrase) or state.engine is None:
        return ()
    return tuple(Taught(state.engine, edit.topic, edit.phrase).objections(state.cases))

"""Errands: work in the backroom and what follows from it, or what an editor is told where nothing comes of it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from bot.changing.edition import HistoryError
from bot.changing.press import PressError, RefusedError
from bot.changing.proposal import ProposalError
from bot.changing.review import Review
from bot.chat.desk.backroom import BusyError, LateError
from bot.chat.desk.room import Room
from bot.chat.desk.summary import Summary, errors
from bot.chat.visit import Visit
from bot.errors import summary
from bot.writing import WritingError

log = logging.getLogger(__name__)
Made = TypeVar("Made")
Then = Callable[[Visit, Made], Awaitable[None]]
"""What follows from what was made. The visit says where to tell of it: one that is late has a number of its own."""


class Errands:
    """Whoever comes late comes to an end all the same: what was published is told of, and is not left in hand."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._late: set[asyncio.Task[None]] = set()

    async def run(self, visit: Visit, work: Callable[[], Made], then: Then[Made]) -> None:
        """Do the work, and then what follows from it."""
        try:
            await self._follow(visit, self._room.backroom.does(visit, work), then)
        except LateError as late:
            await self._room.says(visit, self._room.words.too_slow)
            task = asyncio.create_task(self._afterwards(_numbered_anew(visit), late.work, then))
            self._late.add(task)
            task.add_done_callback(self._late.discard)

    async def _follow(self, visit: Visit, making: Awaitable[Made], then: Then[Made]) -> None:
        room = self._room
        try:
            made = await making
        except BusyError:
            await room.says(visit, room.words.busy)
        except RefusedError as error:
            await self._refused(visit, error.review)
        except (PressError, HistoryError) as error:
            await room.says(visit, str(error))
        except (WritingError, ProposalError) as error:
            await room.refuses(visit, f"{str(error).removesuffix('.')}.")
        else:
            await then(visit, made)

    async def _refused(self, visit: Visit, found: Review) -> None:
        words = self._room.words
        if found.errors:
            await self._room.shows(visit, errors(found, words))
        else:
            told = await asyncio.to_thread(Summary.of, found, words)
            await self._room.shows(visit, told.page(words, "", words.may_not))

    async def _afterwards(self, visit: Visit, work: Awaitable[Made], then: Then[Made]) -> None:
        try:
            await self._follow(visit, work, then)
        except Exception as error:  # noqa: BLE001 - nobody waits for it: it is told of here or nowhere
            log.error("an editor's errand that took too long failed: %s", summary(error))
            await self._room.says(visit, self._room.catalogue.messages.failed)
        await self._room.outbox.seal(visit.update)


def _numbered_anew(visit: Visit) -> Visit:
    """What answers an update is kept with the note that it was answered; what comes later needs another number."""
    return replace(visit, update=-1 - secrets.randbits(55), query=None)

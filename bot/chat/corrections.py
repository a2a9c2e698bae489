"""A correction reaches those who saw the mistake: once, at a gentle pace, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from bot.changing.edition import Edition, HistoryError
from bot.chat.calls import Say
from bot.chat.correction import Correction
from bot.chat.envelope import read as read_call
from bot.chat.envelope import written
from bot.chat.errata import Errata
from bot.chat.exhibit import Exhibit, read
from bot.chat.outbox import DurableOutbox
from bot.chat.shown import Shown
from bot.domain.catalogue import Catalogue
from bot.errors import summary
from bot.live import LiveEngine
from bot.store.database import StoreError
from bot.store.ledger import Notice, View
from bot.store.store import Store

log = logging.getLogger(__name__)
PACE = 0.1
"""Seconds between two notices: a third of what Telegram takes, so that answers keep the rest."""
PATIENT = 20
"""Lanes of the outbox beyond which notices wait: answers come first, and one slow chat holds up no notice."""
SETTLING = 1.0
"""Seconds after which no answer of the old content is in the making any more."""
NOBODY = 0
"""The chat of a message whose own is sealed."""
RETRY = 60.0
"""Seconds until what the database refused is tried again."""


class Past(Protocol):
    """Tells what was published."""

    def editions(self) -> Sequence[Edition]:
        """The latest."""

    def around(self, edition: Edition) -> tuple[Catalogue, Catalogue]:
        """The content before and after an edition. Takes a moment."""

    def since(self, edition: Edition) -> Collection[str]:
        """Versions of the content that hold an edition."""


class Corrections:
    """What an edition owes is written in one commit with the mark that it was; notices go out from there, one by one.

    Killed before that commit, the program announces at its next start; killed after it, it goes on where it was.
    """

    def __init__(
        self,
        shown: Shown,
        store: Store,
        outbox: DurableOutbox,
        past: Past,
        live: LiveEngine,
    ) -> None:
        self._shown = shown
        self._store = store
        self._outbox = outbox
        self._past = past
        self._live = live
        self._owed = asyncio.Event()
        self._announcing = asyncio.Lock()
        self._told: dict[str, int] = {}

    async def announce(self, edition: Edition) -> int | None:
        """Owe a notice to every chat that was shown what this edition puts right; how many there are.

        Asked again, it says the same and owes nothing more. 0 for an edition that is no correction, or that an earlier
        run announced; None while older content answers: it is announced once that is over. Raises StoreError,
        HistoryError and ContentError: the next look tries again.
        """
        if not self._shown.days or not edition.correction:
            return 0
        async with self._announcing:
            if edition.name not in self._told and await self._store.ledger.marked(_mark(edition)) is not None:
                self._told[edition.name] = 0
            if edition.name not in self._told:
                if not await self._answers_since(edition):
                    return None
                await asyncio.sleep(SETTLING)
                self._told[edition.name] = await self._announce(edition)
            return self._told[edition.name]

    async def run(self) -> None:
        """Announce what was published and is not announced, whoever published it, and send what is owed.

        Until cancelled. The history is read at the start, when other content answers, and every minute: an edition
        stands in it a moment after its files do.
        """
        self._live.tell(self._owed.set)
        while True:
            self._owed.clear()
            await self.round()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._owed.wait(), RETRY)

    async def round(self) -> None:
        """One look at the history, and at what is owed. Whatever fails is tried again by the next one."""
        for part in (self._catch_up, self._send_all):
            try:
                await part()
            except StoreError:
                log.warning("corrections wait: the database cannot be used; trying again in %g s", RETRY)
            except Exception as error:  # noqa: BLE001 - one fault does not end corrections for good
                log.error("corrections wait: %s; trying again in %g s", summary(error), RETRY)

    async def _catch_up(self) -> None:
        try:
            editions = await asyncio.to_thread(self._past.editions)
        except HistoryError as error:
            log.error("whether a correction is owed cannot be told: %s", summary(error))
            return
        for edition in reversed(editions):
            if edition.at.timestamp() >= self._shown.since:
                await self._announce_late(edition)

    async def _announce_late(self, edition: Edition) -> None:
        try:
            if await self.announce(edition) is None:
                log.warning("edition %s is not announced yet: older content answers", edition.id)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - no edition holds up those after it
            log.error("edition %s cannot be announced: %s", edition.id, summary(error))

    async def _answers_since(self, edition: Edition) -> bool:
        """Whether what answers now is the content of an edition, or of a later state."""
        return self._live.engine.catalogue.version in await asyncio.to_thread(self._past.since, edition)

    async def _announce(self, edition: Edition) -> int:
        ledger = self._store.ledger
        old, new = await asyncio.to_thread(self._past.around, edition)
        errata = await asyncio.to_thread(Errata, old, new)
        await self._settled()
        figures = {answer: read(held) for answer, held in (await ledger.figures()).items()}
        seen = {answer: found for answer, held in figures.items() if (found := errata.among(held))}
        views = await ledger.views(seen) if seen else []
        owed = await asyncio.to_thread(lambda: list(self._notices(edition, _by_chat(views, seen), new)))
        for _, view, held in owed:
            ledger.show(view, held)
        ledger.owe(_mark(edition), [notice for notice, _, _ in owed])
        await self._store.settled()
        log.info("edition %s: a correction is owed to %d chats", edition.id, len(owed))
        self._owed.set()
        return len(owed)

    async def _settled(self) -> None:
        """Wait until all that was shown stands in the database. Raises StoreError where it cannot be written."""
        await self._store.settled()
        if not self._store.writable:
            raise StoreError("it cannot be written now")

    def _notices(
        self, edition: Edition, chats: Iterable[tuple[View, Correction]], catalogue: Catalogue
    ) -> Iterator[tuple[Notice, View, str]]:
        """For each chat whose seal opens: the notice, and what it shows in its turn, should that prove wrong too."""
        for view, correction in chats:
            if place := self._shown.place_of(view):
                page = correction.page(catalogue)
                call = written(Say(NOBODY, page.messages[0], page.buttons))
                number = self._shown.number(edition.name, view.who)
                exhibit = Exhibit.of(correction.held)
                yield Notice(number, view.who, view.seal, call), self._shown.view(*place, exhibit), exhibit.held

    async def _send_all(self) -> None:
        """One by one, while the outbox has room and the database notes what went."""
        for notice in await self._store.ledger.notices():
            while self._outbox.lanes > PATIENT or not self._store.writable:  # noqa: ASYNC110 - no bell rings for either
                await asyncio.sleep(1.0)
            await self._hand_over(notice)
            await asyncio.sleep(PACE)

    async def _hand_over(self, notice: Notice) -> None:
        """To the outbox, which keeps it until it is sent: that it is owed no more stands in the same commit."""
        self._store.ledger.handed_over(notice.number)
        place, call = self._shown.place_of(notice), read_call(notice.call)
        if place and isinstance(call, Say):
            chat, thread = place
            await self._outbox.put(notice.number, replace(call, chat=chat, thread=thread))
        await self._outbox.seal(notice.number)


def _mark(edition: Edition) -> str:
    return f"announced {edition.name}"


def _by_chat(views: Iterable[View], seen: Mapping[str, Correction]) -> Iterator[tuple[View, Correction]]:
    """The latest view of each chat, and all that was wrong in what it was shown."""
    latest: dict[str, View] = {}
    told: dict[str, Correction] = {}
    for view in views:
        latest[view.who] = view
        told[view.who] = told.get(view.who, Correction({})).beside(seen[view.answer])
    return ((latest[who], correction) for who, correction in told.items())

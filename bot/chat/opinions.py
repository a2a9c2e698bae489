"""Takes feedback: keeps it, and tells the editors of a figure that looks wrong."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections import OrderedDict
from collections.abc import Callable, Collection

from bot.chat import feedback
from bot.chat.calls import ChangeButtons, Rows, Say
from bot.chat.doubts import Doubts
from bot.chat.feedback import Subject, Verdict
from bot.chat.keyboard import rows
from bot.chat.outbox import Outbox
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.live import LiveEngine
from bot.store.rows import Opinion

log = logging.getLogger(__name__)
REMEMBERED = 10_000
"""Taps of which it is known, until the next start, that they were taken: a second one counts for nothing."""


class Opinions:
    """A tap changes the buttons of the reply: no further message to whoever tapped."""

    def __init__(
        self,
        live: LiveEngine,
        outbox: Outbox,
        doubts: Doubts,
        editors: Callable[[], Collection[int]],
        token: str,
    ) -> None:
        self._live = live
        self._outbox = outbox
        self._doubts = doubts
        self._editors = editors
        self._token = token
        self._taken: OrderedDict[str, None] = OrderedDict()

    async def take(self, visit: Visit, data: str, message: int, shown: Rows) -> None:
        """A tap with this data under a message that shows these buttons."""
        catalogue = self._live.engine.catalogue
        said = feedback.tapped(data, catalogue)
        below, notice = feedback.follow_up(said, catalogue)
        match said:
            case (Verdict() as verdict, subject):
                if self._counts(visit, message, verdict):
                    below = await self._keep(visit, message, verdict, subject)
                elif not visit.is_in_group:
                    await self._outbox.put(visit.update, *visit.acknowledged(notice))
                    return
                below = (*below, *self._for_others(visit, subject))
        await self._change(visit, message, (*self._left(visit, shown), *below), notice)

    async def name(self, visit: Visit, data: str, message: int, shown: Rows, who: str) -> None:
        """A reader who found a figure wrong lets the editors know who they are; nobody else can do it for them."""
        messages = self._live.engine.catalogue.messages
        seal = self._seal("named", visit, message)
        match feedback.named(data, self._live.engine.catalogue):
            case None:
                await self._change(visit, message, feedback.without(shown), messages.expired)
            case (_, theirs) if not hmac.compare_digest(seal.encode(), theirs.encode()):
                await self._outbox.put(visit.update, *visit.acknowledged(messages.not_yours))
            case (subject, _):
                if self._is_first(seal):
                    await self._tell(visit, messages.named_reader.format(reader=who), subject)
                others = tuple(row for row in shown if all(button.data != data for button in row))
                left = (*self._left(visit, others), *self._for_others(visit, subject))
                await self._change(visit, message, left, messages.named_thanks)

    def _counts(self, visit: Visit, message: int, verdict: Verdict) -> bool:
        """Of each person and message one verdict counts; that a figure looks wrong does even after another."""
        is_first = self._is_first(self._seal("judged", visit, message))
        return self._is_first(self._seal("doubted", visit, message)) if verdict is Verdict.WRONG_FIGURE else is_first

    async def _keep(self, visit: Visit, message: int, verdict: Verdict, subject: Subject) -> Rows:
        """Keep what was said; the buttons that follow from it."""
        opinion = Opinion(verdict, subject.name, subject.content_version)
        self._doubts.judge(visit.update, opinion)
        if verdict is not Verdict.WRONG_FIGURE:
            return ()
        editors, catalogue = self._editors(), self._live.engine.catalogue
        log.warning(
            "to a reader a figure looks wrong: %s @ %s; editors who are told: %d",
            *(subject.name, subject.content_version, len(editors)),
            extra={"update": visit.update},
        )
        await self._tell(visit, catalogue.messages.figure_doubted, subject)
        return ((subject.naming(self._seal("named", visit, message), catalogue),),) if editors else ()

    def _left(self, visit: Visit, shown: Rows) -> Rows:
        """What stays of the buttons: in a group also those with which others may give their names."""
        return feedback.without(shown, feedback.TAP) if visit.is_in_group else feedback.without(shown)

    def _for_others(self, visit: Visit, subject: Subject) -> Rows:
        """In a group others may judge the same reply after one of them has."""
        return ((subject.button(self._live.engine.catalogue),),) if visit.is_in_group else ()

    async def _tell(self, visit: Visit, heading: str, subject: Subject) -> None:
        """Tell every editor, with the names of the answers and buttons that show them."""
        catalogue = self._live.engine.catalogue
        (message,) = Page.saying(f"{heading}\n{subject.name} @ {subject.content_version}").messages
        shows = rows(one.option(catalogue) for one in subject.about if one.topic)
        await self._outbox.put(visit.update, *(Say(editor, message, shows) for editor in self._editors()))

    async def _change(self, visit: Visit, message: int, buttons: Rows, notice: str) -> None:
        changed = ChangeButtons(visit.chat, message, buttons)
        await self._outbox.put(visit.update, *visit.acknowledged(notice), changed)

    def _seal(self, what: str, visit: Visit, message: int) -> str:
        """Stands for a person under one message, and tells nobody without the bot's token which; 48 bits."""
        said = f"{what} {visit.user} {visit.chat} {message}"
        digest = hmac.new(self._token.encode(), said.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest)[:8].decode()

    def _is_first(self, seal: str) -> bool:
        """Whether this was not tapped before. From now on it was."""
        if seal in self._taken:
            return False
        self._taken[seal] = None
        if len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
        return True

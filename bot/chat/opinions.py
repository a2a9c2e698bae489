"""Takes feedback: keeps it, and tells the editors of a figure that looks wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Protocol

from bot.chat import feedback
from bot.chat.calls import ChangeButtons, Rows, Say
from bot.chat.feedback import Subject, Verdict
from bot.chat.keyboard import rows
from bot.chat.outbox import Outbox
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.domain.reply import Option
from bot.live import LiveEngine
from bot.store.store import Opinion

log = logging.getLogger(__name__)


class FeedbackBox(Protocol):
    """Where feedback is kept: never who gave it, nor what was asked."""

    def judge(self, number: int, opinion: Opinion) -> None: ...


class Opinions:
    """A tap changes the buttons of the reply: no further message to whoever tapped."""

    def __init__(
        self, live: LiveEngine, outbox: Outbox, box: FeedbackBox, editors: Callable[[], Collection[int]] = tuple
    ) -> None:
        self._live = live
        self._outbox = outbox
        self._box = box
        self._editors = editors

    async def take(self, visit: Visit, data: str, message: int, shown: Rows) -> None:
        """A tap with this data under a message that shows these buttons."""
        catalogue = self._live.engine.catalogue
        said = feedback.tapped(data)
        below, notice = feedback.follow_up(said, catalogue)
        match said:
            case (Verdict() as verdict, subject) if subject.is_known(catalogue):
                below = await self._keep(visit, verdict, subject)
        await self._change(visit, message, (*feedback.without(shown), *below), notice)

    async def name(self, visit: Visit, data: str, message: int, shown: Rows, who: str) -> None:
        """A reader who found a figure wrong lets the editors know who they are."""
        catalogue, subject = self._live.engine.catalogue, feedback.named(data)
        if subject and subject.is_known(catalogue):
            notice = catalogue.messages.feedback_thanks
            await self._tell(visit, catalogue.messages.named_reader.format(reader=who), subject)
        else:
            notice = catalogue.messages.expired
        await self._change(visit, message, feedback.without(shown), notice)

    async def _keep(self, visit: Visit, verdict: Verdict, subject: Subject) -> Rows:
        """Keep what was said; the buttons that follow from it."""
        self._box.judge(visit.update, Opinion(verdict, subject.topic, subject.drug, subject.content_version))
        if verdict is not Verdict.WRONG_FIGURE:
            return ()
        about = subject
        log.warning(
            "to a reader a figure looks wrong: topic %s, drug %s, content version %s",
            about.topic,
            about.drug,
            about.content_version,
        )
        await self._tell(visit, self._live.engine.catalogue.messages.figure_doubted, subject)
        return ((feedback.naming(subject, self._live.engine.catalogue),),) if self._editors() else ()

    async def _tell(self, visit: Visit, heading: str, subject: Subject) -> None:
        """Tell every editor, with the answer's id and a button that shows it."""
        catalogue = self._live.engine.catalogue
        title = catalogue.topics[subject.topic].title if subject.topic else catalogue.messages.feedback_label
        text = f"{heading}\n{subject.drug or '-'}/{subject.topic or '-'} @ {subject.content_version}"
        shows = rows([Option(title, subject.topic, subject.drug)] if subject.topic else [])
        for editor in self._editors():
            (message,) = Page.saying(text).messages
            await self._outbox.put(visit.update, Say(editor, message, shows))

    async def _change(self, visit: Visit, message: int, buttons: Rows, notice: str) -> None:
        changed = ChangeButtons(visit.chat, message, buttons)
        await self._outbox.put(visit.update, *visit.acknowledged(notice), changed)

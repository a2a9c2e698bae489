"""Takes feedback: unfolds its buttons, keeps what was chosen, and warns the editors of a figure that looks wrong."""

from __future__ import annotations

import logging

from bot.chat import feedback
from bot.chat.calls import ChangeButtons, Rows
from bot.chat.feedback import Feedback, FeedbackBox, Verdict
from bot.chat.outbox import Outbox
from bot.chat.visit import Visit
from bot.live import LiveEngine

log = logging.getLogger(__name__)


class Opinions:
    """Answers taps on feedback buttons by changing the buttons: no further message."""

    def __init__(self, live: LiveEngine, outbox: Outbox, box: FeedbackBox) -> None:
        self._live = live
        self._outbox = outbox
        self._box = box

    async def take(self, visit: Visit, data: str, message: int, shown: Rows) -> None:
        """A tap with this data under a message that shows these buttons."""
        catalogue = self._live.engine.catalogue
        said, notice = feedback.tapped(data), ""
        below: Rows = ()
        match said:
            case (None, subject) if subject.is_known(catalogue):
                below = subject.buttons(catalogue)
            case (Verdict() as verdict, subject) if subject.is_known(catalogue):
                notice = catalogue.messages.feedback_thanks
                await self._keep(Feedback(verdict, subject))
            case _:
                notice = catalogue.messages.expired
        changed = ChangeButtons(visit.chat, message, (*feedback.without(shown), *below))
        await self._outbox.put(visit.update, *visit.acknowledged(notice), changed)

    async def _keep(self, said: Feedback) -> None:
        await self._box.put(said)
        if said.verdict is Verdict.WRONG_FIGURE:
            about = said.subject
            log.warning(
                "to a reader a figure looks wrong: topic %s, drug %s, content version %s",
                about.topic,
                about.drug,
                about.content_version,
            )

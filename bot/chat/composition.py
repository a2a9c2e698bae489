"""How a turn is shown: the reply, its options as buttons, and below them what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat import links, studies
from bot.chat.calls import Button
from bot.chat.charts import Charts
from bot.chat.feedback import subject_of
from bot.chat.keyboard import WHOLE, laid, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.domain.context import Turn
from bot.domain.reply import Answered, Reply
from bot.live import Answers
from bot.rendering.fitting import fitted
from bot.rendering.page import heading


def composed(turn: Turn, engine: Answers, charts: Charts, *, in_one: bool = False) -> Page:
    """The page of a turn's reply: below the options a row with its picture, its studies, its link and feedback on it.

    Several answers, and with `in_one` any, are shortened to one message where that can be; then each has a button for
    all of it.
    """
    catalogue, reply = engine.catalogue, turn.reply
    if isinstance(reply, Answered) and (in_one or len(reply.stated) > 1):
        reply = fitted(reply, engine.library)
    subject = subject_of(turn, catalogue)
    feedback = [subject.button(catalogue)] if subject else []
    below = [*charts.under(reply, catalogue), *studies.under(reply, catalogue), *links.under(reply, catalogue)]
    return Page.of(reply, engine, (*laid(_wholes(reply, catalogue)), *laid([*below, *feedback], abreast=4)))


def _wholes(reply: Reply, catalogue: Catalogue) -> Iterator[Button]:
    """A button for all of each answer that was shortened, by name where there are several answers."""
    stated = reply.stated if isinstance(reply, Answered) else ()
    for one in stated:
        if one.is_shortened:
            label = catalogue.messages.whole_label
            named = label if len(stated) == 1 else f"{label}: {heading(one)}"
            yield Button(named, written(WHOLE, one.topic, one.drug, one.population))

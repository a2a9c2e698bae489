"""How a turn is shown: the reply, its options as buttons, and below them what can be done with it."""

from __future__ import annotations

from bot.chat import links
from bot.chat.charts import Charts
from bot.chat.feedback import subject_of
from bot.chat.keyboard import laid
from bot.chat.page import Page
from bot.domain.context import Turn
from bot.live import Answers


def composed(turn: Turn, engine: Answers, charts: Charts) -> Page:
    """The page of a turn's reply: below the options a row with its picture, its link and feedback on it."""
    catalogue, reply = engine.catalogue, turn.reply
    subject = subject_of(turn, catalogue)
    feedback = [subject.button(catalogue)] if subject else []
    below = [*charts.under(reply, catalogue), *links.under(reply, catalogue)]
    return Page.of(reply, engine, laid([*below, *feedback], abreast=3))

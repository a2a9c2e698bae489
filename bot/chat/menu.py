"""What commands and buttons show, whichever way they come in."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat import charts, links, pages, studies
from bot.chat.charts import Charts
from bot.chat.keyboard import option_of
from bot.chat.page import Page
from bot.chat.pages import Kept
from bot.domain.context import Context, Turn
from bot.domain.reply import Option, Refused, Understood
from bot.live import Answers

FOR_STRANGERS = {"privacy"}
"""Commands that also those may give who are not admitted: what is kept of them is theirs to know."""
SOURCE = Option("", "source", None)
"""What /source asks."""
LONGEST = 200
"""Letters behind a command that are read: a few names, and no more."""
Make = Callable[[Answers, str], Page]
"""Makes a page out of an engine and the words behind a command, or the data of a button."""


def commands(pictures: Charts, kept: Kept) -> dict[str, Make]:
    """The commands that anybody may give and that are no questions, by name. `kept` is what /privacy says."""
    return {
        "help": pages.help_,
        "topics": pages.topics,
        "studies": studies.asked,
        "chart": pictures.asked,
        "coverage": pages.coverage,
        "feedback": lambda engine, _: pages.feedback(engine, kept),
        "privacy": lambda engine, _: pages.privacy(engine, kept),
        "about": pages.about,
    }


def buttons(pictures: Charts, address: Callable[[], str]) -> dict[str, Make]:
    """The buttons that are no questions, by the first part of their data. `address` is the bot's, for links."""
    return {
        charts.TAP: pictures.tapped,
        studies.TAP: studies.tapped,
        links.TAP: lambda engine, data: links.shared(engine, data, address()),
    }


def tapped(data: str, engine: Answers, context: Context) -> Turn:
    """The turn that a button with an option begins; one of another version is said to have expired."""
    option = option_of(data)
    if option is None:
        return Turn(Refused(Understood("chosen"), engine.catalogue.messages.expired), context)
    return engine.reply_to_option(option, context)

"""The chat of the workbench: what is typed or tapped becomes the page that Telegram would show."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat import feedback, links, menu, pages
from bot.chat.calls import Rows
from bot.chat.charts import Charts, caption
from bot.chat.composition import composed
from bot.chat.page import Page
from bot.chat.pages import Kept
from bot.domain.context import Context, Turn
from bot.drawing.gallery import planned
from bot.live import Answers
from bot.workbench.thread import Ask, Thread, name_of


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a chart is, what it shows in words, and what stands below it."""

    address: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked and what is shown for it. The turn is None where a page was shown and no question answered."""

    ask: Ask
    page: Page
    turn: Turn | None
    thread: Thread
    engine: Answers

    @property
    def picture(self) -> Picture | None:
        """The picture that comes first, where there is one."""
        if self.page.chart is None:
            return None
        plan = planned(self.engine.catalogue, *self.page.chart)
        address = "/".join(["/chart", *filter(None, self.page.chart)])
        version = self.engine.catalogue.version
        return Picture(f"{address}?of={version}", plan.alt, caption(plan.caption, plan.alt))


@dataclass(frozen=True, slots=True)
class Answer:
    """Feedback taken: the buttons that stand there now, and the words that show for a moment."""

    buttons: Rows
    notice: str


class Chat:
    """Answers as the chat in Telegram does. Remembers nothing: the thread comes with each question."""

    def __init__(self, kept: Kept) -> None:
        """`kept` is what /privacy says."""
        self._charts = Charts()
        self._commands = menu.commands(self._charts, kept)

    @property
    def commands(self) -> tuple[str, ...]:
        """Names of the commands, for a person to choose from."""
        return tuple(self._commands)

    def welcome(self, engine: Answers) -> Exchange:
        """What a chat begins with."""
        return Exchange(Ask(), pages.welcome(engine), None, Thread(), engine)

    def exchange(self, engine: Answers, ask: Ask, context: Context, address: str) -> Exchange:
        """The answer to words or a tap in a context. `address` is where links to answers lead."""
        made = self._tapped(engine, ask.data, context, address) if ask.data else self._asked(engine, ask.words, context)
        if isinstance(made, Page):
            return Exchange(ask, made, None, Thread(context, ask, context, name_of(made)), engine)
        page = composed(made, engine, self._charts)
        return Exchange(ask, page, made, Thread(made.context, ask, context, name_of(page)), engine)

    def opinion(self, engine: Answers, data: str, shown: Rows) -> Answer:
        """Feedback: unfolds the buttons or thanks for it, as in Telegram. Nothing is kept of it."""
        below, notice = feedback.follow_up(feedback.tapped(data, engine.catalogue), engine.catalogue)
        return Answer((*feedback.without(shown), *below), notice)

    def _asked(self, engine: Answers, words: str, context: Context) -> Page | Turn:
        if not words.startswith("/"):
            return engine.reply_to(words, context)
        command, _, rest = words[1:].partition(" ")
        name, rest = command.partition("@")[0].lower(), rest.strip()[: menu.LONGEST]
        if name == "source":
            return engine.reply_to_option(menu.SOURCE, context)
        if name == "start" and (option := links.option_of(rest, engine)):
            return engine.reply_to_option(option, context)
        return self._commands.get(name, pages.welcome)(engine, rest)

    def _tapped(self, engine: Answers, data: str, context: Context, address: str) -> Page | Turn:
        make = menu.buttons(self._charts, lambda: address).get(data.partition("|")[0])
        return make(engine, data) if make else menu.tapped(data, engine, context)

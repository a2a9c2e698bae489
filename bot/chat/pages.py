"""What is shown without having been asked: pages made of the content's own sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.feedback import Subject
from bot.chat.keyboard import laid, rows
from bot.chat.page import Page
from bot.domain.answer import State
from bot.domain.catalogue import Catalogue
from bot.live import Answers
from bot.rendering import html
from bot.rendering.page import Block, Line, Run
from bot.reviewing.coverage import Coverage, coverage_of
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long what is kept: threads for minutes, all else for days; 0 is not at all. `contact` is whom to ask."""

    minutes: float
    missed: int
    shown: int
    feedback: int
    contact: str = ""

    @classmethod
    def by(cls, chosen: Settings) -> Kept:
        """As the settings want it."""
        days = chosen.keep_missed_days, chosen.correction_days, chosen.feedback_days
        return cls(chosen.context_minutes, *days, chosen.contact)


def welcome(engine: Answers, _: str = "") -> Page:
    """/start: what is covered and what not, with examples to tap."""
    return Page.saying(engine.catalogue.messages.start, rows(engine.examples()))


def help_(engine: Answers, _: str = "") -> Page:
    """/help: how to ask, with examples to tap."""
    return Page.saying(engine.catalogue.messages.help, rows(engine.examples()))


def topics(engine: Answers, _: str = "") -> Page:
    """/topics: what can be asked by subject, and in the same order each as a button."""
    groups = engine.topic_options()
    heading: list[Line] = [(Run(engine.catalogue.messages.topics),)]
    named = [
        (Run(f"{title}: ", bold=True), Run(", ".join(option.label.lower() for option in options)))
        for title, options in groups
    ]
    buttons = tuple(row for _, options in groups for row in rows(options))
    return Page(html.packed([Block((*heading, *named))]), buttons)


def about(engine: Answers, _: str = "") -> Page:
    """/about: what the bot is."""
    return Page.saying(engine.catalogue.messages.about.format(version=engine.catalogue.version))


def privacy(engine: Answers, kept: Kept) -> Page:
    """/privacy: what is kept, and for how long."""
    messages = engine.catalogue.messages
    missed = messages.missed_kept.format(days=kept.missed) if kept.missed else messages.missed_not_kept
    shown = messages.shown_kept.format(days=kept.shown) if kept.shown else messages.shown_not_kept
    said = messages.privacy.format(
        minutes=f"{kept.minutes:g}", missed=missed, shown=shown, feedback=kept.feedback, contact=kept.contact
    )
    return Page.saying(said.strip())


def feedback(engine: Answers, kept: Kept) -> Page:
    """/feedback: how to say what one thinks of a reply, and buttons to say it of the bot."""
    text = engine.catalogue.messages.feedback.format(contact=kept.contact).strip()
    return Page.saying(text, Subject("bot", (), engine.catalogue.version).buttons(engine.catalogue))


def expired(engine: Answers) -> Page:
    """For a button that means nothing any more, or nothing to whoever tapped it."""
    return Page.saying(engine.catalogue.messages.expired)


def coverage(engine: Answers, _: str = "") -> Page:
    """/coverage: of each drug how much is known, and what is missing by name."""
    catalogue, grid = engine.catalogue, coverage_of(engine.catalogue)
    heading = catalogue.messages.coverage.format(version=grid.content_version, cells=len(grid.cells))
    first: list[Line] = [(Run(heading, bold=True),)]
    more: list[Line] = []
    for drug, name in _drugs(catalogue):
        first.append((Run(f"{name}: {_states(catalogue, grid, drug)}"),))
        more.extend(_gaps(catalogue, grid, drug, name))
    further = (Run(catalogue.messages.continued.format(title=heading), bold=True),)
    button = Subject("coverage", (), catalogue.version).button(catalogue)
    return Page(html.packed([Block(tuple(first), tuple(more), further)]), laid([button]))


def not_text(engine: Answers, _: str = "") -> Page:
    """A photo, a sticker, a voice message: nothing of it was looked at."""
    return Page.saying(engine.catalogue.messages.not_text)


def _drugs(catalogue: Catalogue) -> Iterator[tuple[str | None, str]]:
    yield from ((key, drug.name.capitalize()) for key, drug in catalogue.drugs.items())
    yield None, "General"


def _states(catalogue: Catalogue, grid: Coverage, drug: str | None) -> str:
    counted = Counter(cell.state for cell in grid.cells if cell.drug == drug)
    return ", ".join(f"{number} {_words(catalogue, state)}" for state, number in counted.most_common()) or "nothing"


def _gaps(catalogue: Catalogue, grid: Coverage, drug: str | None, name: str) -> Iterator[Line]:
    """For each kind of gap a heading, and the topics below it, each a line that a phone has room for."""
    gaps: dict[State, list[str]] = {}
    for cell in grid.cells:
        if cell.drug == drug and cell.state is not State.REPORTED:
            gaps.setdefault(cell.state, []).append(catalogue.topics[cell.topic].title)
    for state, titles in gaps.items():
        yield (Run(f"{name}, {_words(catalogue, state)}", bold=True),)
        yield from ((Run(f"• {title}"),) for title in titles)


def _words(catalogue: Catalogue, state: State) -> str:
    return str(getattr(catalogue.messages.states, state))

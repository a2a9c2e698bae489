"""Pictures in a chat: which one is meant, the buttons that lead to one, and what is sent with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.chat.calls import Button, Rows
from bot.chat.entry import Entry
from bot.chat.feedback import Subject
from bot.chat.keyboard import laid, read, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Answered, NotReported, Reply
from bot.drawing.chart import NothingToDrawError, UnknownChartError
from bot.drawing.gallery import NAMES, OVERALL, drawable, planned
from bot.live import Answers
from bot.rendering import html
from bot.rendering.page import Block, Run

TAP = "c1"
LONGEST_CAPTION = 1024

Picture = tuple[str, str | None]
"""The name of a chart, and its drug unless it shows them all."""


class Charts:
    """Knows what can be drawn of the newest content that it saw."""

    def __init__(self) -> None:
        self._newest: tuple[Catalogue | None, tuple[Picture, ...]] = (None, ())

    def asked(self, engine: Answers, words: str) -> Page:
        """/chart: the picture that the words name, or buttons for what they leave open."""
        names, drugs = _names(engine, words), engine.named(words).drugs
        choices = [
            (name, drug)
            for name, drug in self._of(engine.catalogue)
            if (not names or name in names) and (not drugs or drug in {*drugs, None})
        ]
        if not choices:
            return self.shown(engine, (names[0], drugs[0]))
        if len(choices) == 1:
            return self.shown(engine, choices[0])
        return Page.saying(engine.catalogue.messages.which_chart, _rows(engine.catalogue, choices))

    def tapped(self, engine: Answers, data: str) -> Page:
        """What a button asks for; one of another version has expired."""
        match read(TAP, data, 2):
            case [str(name), drug]:
                return self.shown(engine, (name, drug))
        return Page.saying(engine.catalogue.messages.expired)

    def shown(self, engine: Answers, picture: Picture) -> Page:
        """The picture, what it shows in words, and the same of other drugs; or why there is none, and what there is."""
        catalogue, all_of_them = engine.catalogue, self._of(engine.catalogue)
        try:
            plan = planned(catalogue, *picture)
        except (UnknownChartError, NothingToDrawError) as error:
            return Page.saying(str(error), _rows(catalogue, all_of_them))
        title = catalogue.messages.chart_in_words
        words = Block(
            ((Run(title, bold=True),),),
            tuple((Run(line),) for line in plan.alt.splitlines()),
            ((Run(catalogue.messages.continued.format(title=title), bold=True),)),
        )
        others = (one for one in all_of_them if one[0] == picture[0] and one != picture)
        return Page(
            () if _fits(plan.caption, plan.alt) else html.packed([words]),
            (*_rows(catalogue, others), *laid([_subject(catalogue, picture).button(catalogue)])),
            picture,
        )

    def under(self, reply: Reply, catalogue: Catalogue) -> Iterator[Button]:
        """Buttons for what was answered. They name their drug only where there are several."""
        stated = reply.stated if isinstance(reply, Answered) else ()
        wanted = [(catalogue.topics[one.topic].chart, one.drug) for one in stated if one.topic in catalogue.topics]
        pictures = dict.fromkeys((name, None if name in OVERALL else drug) for name, drug in wanted if name)
        found = [picture for picture in pictures if picture in self._of(catalogue)]
        for picture in found:
            one, several = catalogue.messages.chart_label, _label(catalogue, picture)
            yield Button(one if len(found) == 1 else f"{one}, {several.lower()}", written(TAP, *picture))

    def _of(self, catalogue: Catalogue) -> tuple[Picture, ...]:
        known, pictures = self._newest
        if known is not catalogue:
            pictures = drawable(catalogue)
            self._newest = catalogue, pictures
        return pictures


def caption(said: str, alt: str) -> str:
    """What stands below a picture: with all of it in words where there is room."""
    return f"{said}\n\n{alt}" if _fits(said, alt) else said[:LONGEST_CAPTION]


def _fits(said: str, alt: str) -> bool:
    return len(said) + len(alt) + 2 <= LONGEST_CAPTION


def _names(engine: Answers, words: str) -> tuple[str, ...]:
    """The charts that are named, or else those of what the words ask."""
    if named := [word for word in words.casefold().split() if word in NAMES]:
        return tuple(dict.fromkeys(named))
    topics = engine.catalogue.topics
    reply = engine.reply_to(words).reply
    asked = reply.understood.topics if isinstance(reply, Answered | NotReported) else ()
    return tuple({name: None for topic in asked if topic in topics and (name := topics[topic].chart)})


def _subject(catalogue: Catalogue, picture: Picture) -> Subject:
    """What feedback on a picture is about: the topic that it shows."""
    name, drug = picture
    topic = next((key for key, one in catalogue.topics.items() if one.chart == name), None)
    return Subject("chart", (Entry(topic, drug),) if topic or drug else (), catalogue.version)


def _rows(catalogue: Catalogue, pictures: Iterable[Picture]) -> Rows:
    return laid(Button(_label(catalogue, picture), written(TAP, *picture)) for picture in pictures)


def _label(catalogue: Catalogue, picture: Picture) -> str:
    name, drug = picture
    return f"{name.capitalize()}: {catalogue.drugs[drug].name}" if drug else name.capitalize()

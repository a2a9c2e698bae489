"""/edit and /fix: the file of an answer, its figures one by one, and a new value typed in reply."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message

from bot.changing.snapshot import Snapshot
from bot.chat import feedback, links
from bot.chat.audience import buttons_under
from bot.chat.calls import Button, Rows
from bot.chat.desk.buttons import Verb, button
from bot.chat.desk.drawer import Awaited, Change, Choice, Editor, Item
from bot.chat.desk.edits import NewFigure
from bot.chat.desk.places import file_name
from bot.chat.desk.proposals import Proposals
from bot.chat.desk.room import Room
from bot.chat.keyboard import laid
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.content.layout import path_of_answer
from bot.domain.catalogue import Catalogue, Located
from bot.domain.reply import Answered, NotReported, Option
from bot.live import Answers
from bot.writing.figures import FigureError, figure
from bot.writing.typed import Value, typed

MOST = 24
"""Figures that are offered of one answer."""
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer, by topic and drug."""

    topic: str
    drug: str | None


class Figures:
    """A figure belongs to an answer if its sentences name it, or if it stands in its file."""

    def __init__(self, room: Room, proposals: Proposals) -> None:
        self._room = room
        self._proposals = proposals

    async def edit(self, visit: Visit, editor: Editor, said: str) -> None:
        """/edit: the file of the answer that the words name, and its figures to choose from."""
        engine, words = self._room.engine, self._room.words
        cell = await asyncio.to_thread(cell_named, engine, said)
        texts = (await asyncio.to_thread(Snapshot.of, self._room.content)).texts
        path = path_of_answer(cell.drug, cell.topic) if cell else ""
        if cell is None or path not in texts:
            await self._room.says(visit, words.which_answer)
            return
        found = tuple(one.id for one in _figures(engine, cell))
        rows = self._choices(self._room.drawer.put(editor, Choice(found))) if found else ()
        text = words.edit_help.format(path=path) if found else words.no_figures
        await self._room.shows(visit, Page.saying(text, rows, (file_name(path), texts[path])))

    async def fix(self, visit: Visit, editor: Editor, message: Message, said: str) -> None:
        """/fix in reply to an answer: its figures to choose from, with the value that was given."""
        words = self._room.words
        cell = _cell_of(message, self._room.catalogue)
        if cell is None:
            await self._room.says(visit, words.reply_to_an_answer)
            return
        found = tuple(one.id for one in await asyncio.to_thread(lambda: tuple(_figures(self._room.engine, cell))))
        if not found:
            await self._room.says(visit, words.no_figures)
            return
        title = _title(self._room.catalogue, cell)
        rows = self._choices(self._room.drawer.put(editor, Choice(found, said)))
        await self._room.says(visit, words.which_figure.format(answer=title), rows)

    def _choices(self, item: Item) -> Rows:
        return laid([*self._of_each(item), button(self._room.words.drop_label, item, Verb.DROP)])

    def _of_each(self, item: Item) -> Iterator[Button]:
        """A button for each figure that is still there."""
        findings = self._room.catalogue.findings
        for number, id in enumerate(item.matter.findings if isinstance(item.matter, Choice) else ()):
            if id in findings:
                label = f"{typed(_value(findings[id]))} · {findings[id].finding.says}"
                yield button(label[:LONGEST_LABEL], item, Verb.CHOOSE, number)

    async def chosen(self, visit: Visit, editor: Editor, choice: Choice, finding: str) -> None:
        """A figure was chosen: take the value that was given, or ask for one."""
        awaited = Awaited(finding)
        if choice.typed:
            await self.typed(visit, editor, None, awaited, choice.typed)
        else:
            await self._ask(visit, editor, awaited)

    async def _ask(self, visit: Visit, editor: Editor, awaited: Awaited, above: str = "") -> None:
        words, found = self._room.words, self._room.catalogue.findings.get(awaited.finding)
        if found is None:
            await self._room.says(visit, words.gone)
            return
        item = self._room.drawer.put(editor, awaited)
        self._room.asks(editor.user, item)
        asked = words.new_value.format(says=found.finding.says, value=typed(_value(found)), place=found.place)
        buttons = laid([button(words.drop_label, item, Verb.DROP)])
        await self._room.says(visit, "\n\n".join(filter(None, (above, asked))), buttons)

    async def typed(self, visit: Visit, editor: Editor, item: Item | None, awaited: Awaited, said: str) -> None:
        """A new value was typed: it is refused with the reason, and asked for again, or tried out."""
        found = self._room.catalogue.findings.get(awaited.finding)
        if found is None:
            await self._room.says(visit, self._room.words.gone)
            return
        try:
            value = figure(said, _value(found))
        except FigureError as error:
            if item:
                self._room.drawer.drop(item)
            await self._ask(visit, editor, awaited, self._room.words.refused.format(why=error))
            return
        edit = NewFigure(found.place.path, found.id.rpartition(".")[2], value)
        await self._proposals.consider(visit, editor, Change(edit, ""))


def cell_named(engine: Answers, said: str) -> Cell | None:
    """The one answer that a few words name: by keys, or as a question would."""
    catalogue = engine.catalogue
    keys = said.casefold().split()
    topics = [key for key in keys if key in catalogue.topics]
    drugs = engine.named(" ".join(key for key in keys if key not in topics)).drugs
    if len(topics) == 1:
        possible = catalogue.drugs_of(topics[0]) or (None,)
        meant = [drug for drug in possible if drug in drugs] if len(possible) > 1 else possible
        return Cell(topics[0], meant[0]) if len(meant) == 1 else None
    reply = engine.reply_to(said).reply
    stated = reply.stated if isinstance(reply, Answered | NotReported) else ()
    cells = dict.fromkeys(Cell(one.topic, one.drug) for one in stated[:1])
    return next(iter(cells), None)


def _figures(engine: Answers, cell: Cell) -> list[Located]:
    """Those with a value of their own, each once: the answer's own, then those of studies that it names."""
    catalogue = engine.catalogue
    own = f"{cell.drug or 'general'}.{cell.topic}."
    reply = engine.reply_to_option(Option("", cell.topic, cell.drug)).reply
    stated = reply.stated if isinstance(reply, Answered | NotReported) else ()
    named = [found for one in stated if one.topic == cell.topic for found in one.findings]
    everything = [*(found for id, found in catalogue.findings.items() if id.startswith(own)), *named]
    with_value = {one.id: one for one in everything if getattr(one.finding, "value", None) is not None}
    return list(with_value.values())[:MOST]


def _value(found: Located) -> Value:
    """The typed value of a finding that has one, past its day or not."""
    value: Value = getattr(found.finding, "value")  # noqa: B009 - not every kind of finding has one
    return value


def _cell_of(message: Message, catalogue: Catalogue) -> Cell | None:
    """The answer that a message replies to, as the buttons under it say."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != message.get_bot().id:
        return None
    for data in (one.data for row in buttons_under(replied) for one in row):
        said = feedback.tapped(data, catalogue)
        for entry in said[1].about if said else links.entries(data, catalogue):
            if entry.topic:
                return Cell(entry.topic, entry.drug)
    return None


def _title(catalogue: Catalogue, cell: Cell) -> str:
    name = [catalogue.drugs[cell.drug].name.capitalize()] if cell.drug else []
    return " · ".join([*name, catalogue.topics[cell.topic].title])

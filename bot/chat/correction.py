"""Figures that were wrong, and the message that says what they were and what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from bot.chat.calls import Button
from bot.chat.exhibit import SENTENCE, Cell, Held, Print
from bot.chat.keyboard import data_of, laid, written
from bot.chat.page import Page
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import Statement
from bot.domain.messages import Messages
from bot.domain.reply import Option
from bot.rendering import html
from bot.rendering.page import Block, Line, Run

TAP = "k1"
"""Begins the data of the button that ends corrections."""
ON, OFF = "on", "off"
MOST_FIGURES = 6
MOST_BUTTONS = 3
LONGEST = 160
"""Letters of a sentence that was or is said."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A finding, or a sentence, that was printed otherwise. `after` is None where it is not shown any more.

    Where only the source is another, `before` and `after` are the same. A sentence goes by its digest.
    """

    finding: str
    digest: str
    """Of its print before."""
    next_digest: str | None
    """Of its print now."""
    about: str
    """What it is about; empty for a sentence, which says that itself."""
    before: str
    after: str | None
    source: str
    """Tag and locator: of now, or of before where nothing stands now; empty for a sentence that names no source."""

    @property
    def next_key(self) -> str:
        """By which it is known that its print of now was shown."""
        return f"{SENTENCE}{self.next_digest}" if self.finding.startswith(SENTENCE) else self.finding


def corrected(old: Catalogue, new: Catalogue) -> Mapping[str, Corrected]:
    """Every finding that is printed otherwise in the new content, by its id; those derived from others among them."""
    return {
        key: _corrected(was, old, new.findings.get(key), new)
        for key, was in old.in_date.findings.items()
        if not _is_printed_alike(was, new.in_date.findings.get(key))
    }


def _is_printed_alike(was: Located, now: Located | None) -> bool:
    return now is not None and Print.of(was) == Print.of(now)


def _corrected(was: Located, old: Catalogue, now: Located | None, new: Catalogue) -> Corrected:
    stands = now if now is not None and not now.withheld else None
    source = source_of((stands,), new) if stands else source_of((was,), old)
    before, after = _said(was, stands)
    about = "" if isinstance(was.finding, Statement) else was.finding.says
    now_printed = Print.of(stands).digest if stands else None
    return Corrected(was.id, Print.of(was).digest, now_printed, about, before, after, source)


def _said(was: Located, now: Located | None) -> tuple[str, str | None]:
    """The two figures; where they are the same, with what tells them apart."""
    before, after = Print.of(was), Print.of(now) if now else None
    if after is None or before.figure != after.figure:
        return before.figure, after.figure if after else None
    return _in_full(before), _in_full(after)


def _in_full(printed: Print) -> str:
    return f"{printed.figure} ({', '.join(filter(None, (printed.kind, printed.basis)))})"


def source_of(findings: Iterable[Located], catalogue: Catalogue) -> str:
    """Where they stand first; empty where they are none."""
    citation = next((one for located in findings for one in located.citations), None)
    return f"{catalogue.references[citation.reference].tag}, {citation.locator}" if citation else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What one chat is told: by answer, the figures in it that were wrong when it was shown there."""

    figures: Mapping[Cell, tuple[Corrected, ...]]

    @property
    def held(self) -> Held:
        """What the message itself shows."""
        return {
            cell: {one.next_key: one.next_digest for one in found if one.next_digest}
            for cell, found in self.figures.items()
        }

    def beside(self, other: Correction) -> Correction:
        """Both, each figure once."""
        known = {one.finding for found in self.figures.values() for one in found}
        figures = dict(self.figures)
        for cell, found in other.figures.items():
            if new := tuple(one for one in found if one.finding not in known):
                figures[cell] = (*figures.get(cell, ()), *new)
                known |= {one.finding for one in new}
        return Correction(figures)

    def page(self, catalogue: Catalogue) -> Page:
        """One message with both values of each, buttons for the answers, and one to be told no more."""
        messages = catalogue.messages
        lines = [(Run(messages.correction),), *self._lines(catalogue)]
        if sum(map(len, self.figures.values())) > MOST_FIGURES:
            lines.append((Run(messages.correction_more),))
        asks = islice(_buttons(self.figures, catalogue), MOST_BUTTONS)
        (message, *_) = html.packed([Block(tuple(lines))])
        return Page((message,), laid([*asks, Button(messages.corrections_stop_label, written(TAP, OFF))]))

    def _lines(self, catalogue: Catalogue) -> Iterator[Line]:
        """A heading for each answer, and a line for each figure."""
        figures = islice(((cell, one) for cell, found in self.figures.items() for one in found), MOST_FIGURES)
        for cell, of_cell in groupby(figures, key=itemgetter(0)):
            yield (Run(_title(cell, catalogue), bold=True),)
            yield from ((Run(_line(one, catalogue.messages)),) for _, one in of_cell)


def _line(one: Corrected, messages: Messages) -> str:
    about = f"{one.about[0].upper()}{one.about[1:]}: " if one.about else ""
    if one.after is None:
        said = messages.correction_withdrawn
    elif one.after == one.before:
        said = messages.correction_of_source
    else:
        said = messages.correction_of_figure
    pairs = zip(one.before, one.after or "", strict=False)
    differs = next((at for at, (first, second) in enumerate(pairs) if first != second), 0)
    before, after = (_cut(text, differs) for text in (one.before, one.after or ""))
    return about + said.format(before=before, after=after, source=one.source).replace(" ()", "")


def _cut(text: str, differs: int) -> str:
    """As much as there is room for, from a few words before the letter at which it differs from the other."""
    if len(text) <= LONGEST:
        return text
    start = text.rfind(" ", 0, differs - LONGEST // 3) + 1 if differs > LONGEST // 2 else 0
    kept = text[start : start + LONGEST - 2].rstrip()
    return f"{'…' if start else ''}{kept}{'…' if start + len(kept) < len(text) else ''}"


def _title(cell: Cell, catalogue: Catalogue) -> str:
    topic, drug = cell
    title = catalogue.topics[topic].title if topic in catalogue.topics else topic.replace("_", " ")
    named = [catalogue.drugs[drug].name.capitalize()] if drug and drug in catalogue.drugs else []
    text = " · ".join([*named, title])
    return text[0].upper() + text[1:]


def _buttons(cells: Mapping[Cell, object], catalogue: Catalogue) -> Iterator[Button]:
    """One for each answer that can still be asked for."""
    for topic, drug in cells:
        if topic in catalogue.topics and drug in {None, *catalogue.drugs}:
            option = Option(_title((topic, drug), catalogue), topic, drug)
            yield Button(option.label, data_of(option))

"""Every answer that a change of the content changes, as a reader gets it before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.stating import Cell, library_of
from bot.domain.catalogue import Catalogue
from bot.rendering import plain
from bot.reviewing.walk import Walk

Title = str


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An answer with its title; None where there was or is none."""

    title: Title
    before: str | None
    after: str | None


def changed_answers(old: Catalogue, new: Catalogue) -> tuple[ChangedAnswer, ...]:
    """The answers that are not the same word for word, in the order of the new content, then what is gone."""
    before, after = dict(_said(old)), dict(_said(new))
    return tuple(
        ChangedAnswer(title, before.get(title), after.get(title))
        for title in {**after, **before}
        if before.get(title) != after.get(title)
    )


def _said(catalogue: Catalogue) -> Iterator[tuple[Title, str]]:
    walk, library = Walk(catalogue), library_of(catalogue)
    for drug, topic in catalogue.cells:
        for cell in (Cell(topic, drug), *walk.parts(topic, drug)):
            yield title_of(catalogue, cell), plain.text(walk.reply(cell), library)
    for key, study in catalogue.studies.items():
        yield f"Study · {study.name}", plain.text(walk.study(key), library)


def title_of(catalogue: Catalogue, cell: Cell) -> Title:
    """What a cell is called: "Lenalidomide · relapse rate · children"."""
    group = catalogue.populations.get(cell.population or "") or catalogue.aspects.get(cell.aspect or "")
    drug = catalogue.drugs[cell.drug].name.capitalize() if cell.drug else "General"
    return " · ".join([drug, catalogue.topics[cell.topic].title, *([group.name] if group else [])])

"""Every answer that a change of the content changes, as a reader gets it before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    told = {
        title: ChangedAnswer(title, before.get(title), after.get(title))
        for title in {**after, **before}
        if before.get(title) != after.get(title)
    }
    return (*told.values(), *_to_others(old, new, told))


def _said(catalogue: Catalogue) -> Iterator[tuple[Title, str]]:
    """Every answer with its title: of topics and drugs, of studies, and of what lies beside the subject."""
    walk, library = Walk(catalogue), library_of(catalogue)
    for drug, topic in catalogue.cells:
        for cell in (Cell(topic, drug), *walk.parts(topic, drug)):
            yield title_of(catalogue, cell), plain.text(walk.reply(cell), library)
    for title, reply in walk.besides():
        yield title, plain.text(reply, library)


def _to_others(old: Catalogue, new: Catalogue, told: Mapping[Title, object]) -> Iterator[ChangedAnswer]:
    """What changes for groups and aspects that an answer does not name, where it does not change for all."""
    walks, libraries = (Walk(old), Walk(new)), (library_of(old), library_of(new))
    cells = (cell for cell in new.cells if cell in old.cells and title_of(new, Cell(cell[1], cell[0])) not in told)
    for drug, topic in cells:
        known = set(walks[0].others(topic, drug))
        for cell in (one for one in walks[1].others(topic, drug) if one in known):
            before, after = (
                plain.text(walk.reply(cell), library) for walk, library in zip(walks, libraries, strict=True)
            )
            if before != after:
                yield ChangedAnswer(title_of(new, cell), before, after)


def title_of(catalogue: Catalogue, cell: Cell) -> Title:
    """What a cell is called: "Lenalidomide · relapse rate · children"."""
    group = catalogue.populations.get(cell.population or "") or catalogue.aspects.get(cell.aspect or "")
    drug = catalogue.drugs[cell.drug].name.capitalize() if cell.drug else "General"
    return " · ".join([drug, catalogue.topics[cell.topic].title, *([group.name] if group else [])])

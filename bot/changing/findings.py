"""How a finding has changed: its figure in the renderer's words, its source, and everything else it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.changing.difference import Sort
from bot.changing.leaves import Leaf, leaves
from bot.changing.subject import Side, Subjects
from bot.changing.wording import key_words, path_words, said, words
from bot.domain.finding import Checked, Finding, Statement
from bot.domain.record import Record
from bot.rendering.page import CHECKED

Change = tuple[Sort, str | None, str | None, str, tuple[str, ...]]
"""What kind of thing, before, after, what about the finding, and the keys below it."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that stands in both states, or in one of them."""

    key: str
    before: Finding | None
    after: Finding | None
    sides: tuple[Side, Side]
    subjects: Subjects

    def changes(self) -> Iterator[Change]:
        """Everything about it, the figure first."""
        if self.before is None or self.after is None:
            yield Sort.FINDING, self._figure(0, self.before), self._figure(1, self.after), "", ()
            return
        rest = list(leaves(self.before, self.after))
        told = [leaf for leaf in rest if self._is_of_figure(leaf)]
        yield from self._of_figure(self.before, self.after, told)
        yield from (self._other(leaf) for leaf in rest if leaf not in told)

    def _figure(self, side: int, finding: Finding | None) -> str | None:
        return None if finding is None else self.sides[side].figure(self.key, finding)

    def _is_of_figure(self, leaf: Leaf) -> bool:
        if leaf.steps == ("says",):
            return isinstance(self.before, Statement) and isinstance(self.after, Statement)
        return leaf.steps[0] in {"value", "of"}

    def _of_figure(self, before: Finding, after: Finding, told: list[Leaf]) -> Iterator[Change]:
        """The figure as printed, and each part of it that is not printed."""
        printed = self._figure(0, before), self._figure(1, after)
        if told and printed[0] != printed[1]:
            yield Sort.FIGURE, *printed, "", ("value",)
            told = [leaf for leaf in told if self._is_silent(before, after, leaf)]
        for leaf in told:
            yield Sort.FIGURE, said(leaf.before), said(leaf.after), path_words(leaf.steps), _keys(leaf)

    def _is_silent(self, before: Any, after: Any, leaf: Leaf) -> bool:
        """Whether the figure is printed as before though this part of it has changed."""
        old: Any = getattr(before, "value", None)
        new: Any = getattr(after, "value", None)
        if not isinstance(old, Record) or type(old) is not type(new):
            return False
        part = str(leaf.steps[1])
        halfway = old.model_copy(update={part: getattr(new, part, None)})
        return self._figure(0, before.model_copy(update={"value": halfway})) == self._figure(0, before)

    def _other(self, leaf: Leaf) -> Change:
        first = leaf.steps[0]
        if first == "source":
            before, after = self._cited(leaf.before, leaf), self._cited(leaf.after, leaf)
            return Sort.SOURCE, before, after, _SOURCE.get(str(leaf.steps[-1]), path_words(leaf.steps)), _keys(leaf)
        if first == "population":
            before, after = _apart(self.subjects.population(leaf.before), self.subjects.population(leaf.after), leaf)
            return Sort.POPULATION, before, after, "patients", _keys(leaf)
        if first == "kind":
            return Sort.FIGURE, key_words(leaf.before), key_words(leaf.after), "kind of number", _keys(leaf)
        sort = Sort.SENTENCE if first in {"says", "caution"} else Sort.OTHER
        return sort, said(leaf.before), said(leaf.after), path_words(leaf.steps), _keys(leaf)

    def _cited(self, value: object, leaf: Leaf) -> str | None:
        """A part of a citation, as a source tag or in the words for what was read."""
        if leaf.steps[-1] in {"reference", "told_by"} and value is not None:
            return self.subjects.reference(str(value))
        return CHECKED[value] if isinstance(value, Checked) else said(value)


_SOURCE = {
    "reference": "source",
    "locator": "place in the source",
    "checked": "what was read",
    "cites": "numbers that the source cites",
    "told_by": "told by",
}


def _apart(before: str, after: str, leaf: Leaf) -> tuple[str, str]:
    """Names that are the same for two keys are told apart by the keys."""
    return (before, after) if before != after else (words(leaf.before), words(leaf.after))


def _keys(leaf: Leaf) -> tuple[str, ...]:
    return tuple(map(str, leaf.steps))

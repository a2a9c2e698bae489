"""What a correction puts right, held against what was shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.answering.stating import Cell as Asked
from bot.answering.stating import Statements, library_of
from bot.chat.correction import Corrected, Correction, corrected, source_of
from bot.chat.exhibit import SENTENCE, Cell, Held, digest_of, held_by, states
from bot.domain.catalogue import Catalogue
from bot.domain.reply import Stated
from bot.domain.template import prose
from bot.rendering.page import sentence, words
from bot.reviewing.walk import Walk

Answers = Mapping[Cell, Mapping[str, Stated]]
"""By topic and drug all that is stated there: for everybody, for a group, of an aspect, of a study."""


class Errata:
    """Every figure, and every first sentence of an answer, that reads otherwise in the new content."""

    def __init__(self, old: Catalogue, new: Catalogue) -> None:
        self._old, self._new = old.in_date, new
        self._before, self._after = _answers(self._old), _answers(new)
        self._figures = corrected(old, new)
        self._libraries = library_of(self._old), library_of(new)
        self._sentences = {(cell, one.digest): one for cell in self._before for one in self._reworded(cell)}

    def among(self, held: Held) -> Correction | None:
        """What of all that was shown then was wrong, as it was printed then; None where nothing was."""
        wrong = {cell: tuple(self._wrong(cell, prints)) for cell, prints in held.items()}
        figures = {cell: found for cell, found in wrong.items() if found}
        return Correction(figures) if figures else None

    def _wrong(self, cell: Cell, prints: Mapping[str, str]) -> Iterator[Corrected]:
        for key, digest in prints.items():
            one = self._sentences.get((cell, digest)) if key.startswith(SENTENCE) else self._figures.get(key)
            if one and one.digest == digest and not self._stands_renamed(cell, key, digest):
                yield one

    def _stands_renamed(self, cell: Cell, key: str, digest: str) -> bool:
        """Whether the same answer prints the same under an id that it did not hold before, instead of this one."""
        before, after = (self._held(side, cell) for side in (0, 1))
        return key not in after and any(after[name] == digest for name in after.keys() - before.keys())

    def _held(self, side: int, cell: Cell) -> Mapping[str, str]:
        stated = (self._before, self._after)[side].get(cell, {}).values()
        return held_by(stated, self._libraries[side]).get(cell, {})

    def _reworded(self, cell: Cell) -> Iterator[Corrected]:
        """The sentences that read otherwise, unless that is because of figures which are told themselves."""
        for place, was in self._before[cell].items():
            now = self._after.get(cell, {}).get(place)
            if now is None or not states(was):
                continue
            before, after = (
                words(sentence(one.lead, library)) for one, library in zip((was, now), self._libraries, strict=True)
            )
            if before != after and not self._is_told_by_figures(was, now):
                source = source_of(now.lead.findings, self._new)
                digests = digest_of(before), digest_of(after)
                yield Corrected(f"{SENTENCE}{digests[0]}", *digests, "", before, after, source)

    def _is_told_by_figures(self, was: Stated, now: Stated) -> bool:
        alike = prose(was.lead.template) == prose(now.lead.template)
        return alike and any(found.id in self._figures for found in was.lead.findings)


def _answers(catalogue: Catalogue) -> Answers:
    statements, walk = Statements(catalogue), Walk(catalogue)
    found: dict[Cell, dict[str, Stated]] = {}
    for drug, topic in catalogue.answers:
        for asked in (Asked(topic, drug), *walk.parts(topic, drug)):
            place = f"{asked.population or ''}/{asked.aspect or ''}"
            found.setdefault((topic, drug), {})[place] = statements.of(asked)
    for key in catalogue.studies:
        stated = statements.of_study(key)
        found.setdefault((stated.topic, stated.drug), {})[key] = stated
    return found

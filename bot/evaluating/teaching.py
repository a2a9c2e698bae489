"""What stands against a new way of asking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.answering.engine import Engine
from bot.domain.case import Case
from bot.domain.interpretation import Sort
from bot.evaluating.overlap import FEWEST_WORDS
from bot.matching.index import TALK, lessons
from bot.matching.masking import PLACEHOLDER, training_texts
from bot.matching.reading import Reading, read

PLACEHOLDERS = {"drug", "population", "companion"}


@dataclass(frozen=True, slots=True)
class Taught:
    """A phrase that was added to a topic, and the engine as it was before."""

    before: Engine
    topic: str
    phrase: str

    def objections(self, cases: Iterable[Case]) -> Iterator[str]:
        """Why it should not be taught: a sentence each, none where nothing stands against it.

        `cases` are the labelled questions: one that is taught proves nothing any more. They are named, not quoted.
        """
        if unknown := sorted(set(re.findall(r"\{(\w*)", self.phrase)) - PLACEHOLDERS):
            yield f"{{{unknown[0]}}} stands for nothing in a phrase: use {{drug}}, {{population}} or {{companion}}"
        if {"{", "}"} & set(PLACEHOLDER.sub("", self.phrase)):
            yield "a brace in it is opened and not closed, or closed and never opened"
        if not training_texts(self.phrase, self.before.catalogue):
            yield "nothing is left of it once names and filler words are taken out"
            return
        yield from self._names()
        yield from self._elsewhere()
        yield from self._test_questions(cases)

    def _names(self) -> Iterator[str]:
        """A drug by its name: questions are ranked with their names masked, so it would never be found."""
        for mention in self._read(PLACEHOLDER.sub(" ", self.phrase)).mentions:
            if mention.sort is Sort.DRUG and self.topic not in mention.keys:
                yield f"`{mention.text}` is a name of {mention.key}: write {{drug}} in its place"

    def _elsewhere(self) -> Iterator[str]:
        """Whose it is today, if that is clear."""
        text = training_texts(self.phrase, self.before.catalogue)[0]
        others = {label for taught, label in lessons(self.before.catalogue) if taught == text} - {self.topic}
        for label in sorted(others):
            yield f"it stands among the phrases of `{label.removeprefix(TALK)}` already"
        if not others and (winner := self._winner(text)):
            yield f"`{winner}` wins it clearly as things stand, and would be robbed of questions like it"

    def _winner(self, text: str) -> str | None:
        """Another topic that is answered for this text today."""
        limits, ranking = self.before.catalogue.limits, self.before.index.ranker.rank(text)
        best, second = ranking.candidates[:2]
        sure = best.score * ranking.in_scope
        is_clear = sure >= limits.threshold and best.score - second.score >= limits.margin * best.score
        return best.label.removeprefix(TALK) if is_clear and best.label != self.topic else None

    def _test_questions(self, cases: Iterable[Case]) -> Iterator[str]:
        examples = self._examples()
        asked = self._read(PLACEHOLDER.sub(lambda found: examples.get(found.group().strip("{}"), ""), self.phrase))
        for case in cases:
            for number, question in enumerate(case.turns):
                other = self._read(question.text)
                if other.words_left >= FEWEST_WORDS and other.masked == asked.masked:
                    name = f"{case.id}.{number}"
                    yield f"it stands among the test questions, as {name}: a question that is taught tests nothing"

    def _examples(self) -> dict[str, str]:
        """Something that each placeholder stands for."""
        catalogue = self.before.catalogue
        companions = (one for listed in catalogue.foreign.values() for one in listed.entries.values() if one.companion)
        return {
            "drug": next(iter(catalogue.drugs.values())).name,
            "population": next(iter(catalogue.populations.values())).name,
            "companion": next((one.name for one in companions), ""),
        }

    def _read(self, question: str) -> Reading:
        return read(question, self.before.catalogue, self.before.index)

"""What can be asked next: the buttons under a reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.answering.stating import PRESENT, Cell, Statements
from bot.domain.catalogue import Catalogue
from bot.domain.reply import MOST_KEPT, Option, Stated

MOST_FOLLOW_UPS = 4


class Options:
    """Makes options that the catalogue can answer."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._statements = Statements(catalogue)
        self._after = lru_cache(MOST_KEPT)(self._next)

    def one(self, topic: str, drug: str | None, population: str | None = None) -> Option:
        """The option for a topic and a drug, labelled with both, and in words as a gap where it leads to one."""
        title = self._catalogue.topics[topic].title
        label = f"{self._catalogue.drugs[drug].name.capitalize()}: {title}" if drug else title
        marked = self._marked(label, Cell(topic, drug, population)) if drug else label
        return Option(marked[0].upper() + marked[1:], topic, drug, population)

    def examples(self) -> tuple[Option, ...]:
        """The example questions, labelled with their text."""
        return tuple(Option(one.text, one.topic, one.drug) for one in self._catalogue.messages.examples)

    def for_topics(self, topics: Iterable[str], drugs: Sequence[str]) -> tuple[Option, ...]:
        """One option for each topic and each of the drugs that it can be asked of."""
        return tuple(self.one(topic, drug) for topic in topics for drug in self._drugs(topic, drugs))

    def after(self, stated: Sequence[Stated]) -> tuple[Option, ...]:
        """The same topic for the other drug, then the next topics for the same drug."""
        offered = dict.fromkeys(option for one in stated for option in self._after(one))
        said = {(one.topic, one.drug) for one in stated}
        return tuple(option for option in offered if (option.topic, option.drug) not in said)[:MOST_FOLLOW_UPS]

    def _next(self, stated: Stated) -> tuple[Option, ...]:
        others = (drug for drug in self._catalogue.drugs_of(stated.topic) if stated.drug and drug != stated.drug)
        same = [self.one(stated.topic, drug, stated.population) for drug in others]
        for topic in self._catalogue.topics[stated.topic].next:
            drugs = self._drugs(topic, (stated.drug,) if stated.drug else ())
            same += [self.one(topic, drug) for drug in drugs if self._catalogue.state_of(drug, topic) in PRESENT]
        return tuple(same)

    def _marked(self, label: str, cell: Cell) -> str:
        messages, state = self._catalogue.messages, self._statements.state(cell)
        if state in PRESENT:
            return label
        return messages.gap_option.format(label=label, state=getattr(messages.states, state))

    def _drugs(self, topic: str, wanted: Sequence[str]) -> tuple[str | None, ...]:
        possible = self._catalogue.drugs_of(topic)
        if not possible:
            return (None,)
        return tuple(drug for drug in possible if drug in wanted) or possible

"""From answer to answer: every cell that can be asked for, with the groups and aspects that it has words for."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.replies import Replies
from bot.answering.stating import Cell, Statements
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context
from bot.domain.interpretation import Asked, Declined, Talk
from bot.domain.reply import Answered, Reply, Understood


class Walk:
    """The replies of a catalogue, asked for one by one as by a tap."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._statements = Statements(catalogue)
        self._replies = Replies(catalogue)

    def parts(self, topic: str, drug: str | None) -> Iterator[Cell]:
        """The groups and aspects that an answer names itself."""
        answer = self._catalogue.answers.get((drug, topic))
        for key in dict.fromkeys((*answer.populations, *answer.gaps)) if answer else ():
            if key in self._catalogue.aspects:
                yield Cell(topic, drug, aspect=key)
            else:
                yield Cell(topic, drug, population=key)

    def others(self, topic: str, drug: str | None) -> Iterator[Cell]:
        """All other groups and aspects: what the bot says of them follows from the lists alone."""
        answer = self._catalogue.answers.get((drug, topic))
        own = {*answer.populations, *answer.gaps} if answer else set()
        yield from (Cell(topic, drug, population=key) for key in self._catalogue.populations if key not in own)
        yield from (Cell(topic, drug, aspect=key) for key in self._catalogue.aspects if key not in own)

    def reply(self, cell: Cell) -> Reply:
        """The reply to a cell."""
        drugs = (cell.drug,) if cell.drug else ()
        asked = Asked((cell.topic,), drugs, "chosen", 1, population=cell.population, aspect=cell.aspect)
        return self._replies.to(asked, Context())

    def study(self, key: str) -> Reply:
        """The card of a study."""
        return Answered(Understood("chosen"), (self._statements.of_study(key),))

    def besides(self) -> Iterator[tuple[str, Reply]]:
        """The cards of the studies, what is declined by name, and small talk: each with a title."""
        for key, study in self._catalogue.studies.items():
            yield f"Study · {study.name}", self.study(key)
        for listed, foreign in self._catalogue.foreign.items():
            for key, entry in foreign.entries.items():
                yield f"Not covered · {entry.name}", self._replies.to(Declined(listed, key), Context())
        for key in self._catalogue.small_talk:
            talk = Talk(key, 1)
            yield f"Small talk · {key.replace('_', ' ')}", self._replies.to(talk, Context())

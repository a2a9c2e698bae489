"""How a drug that is not ours stands to ours in a question: given beside it, tried before it, or asked about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Mention, Sort
from bot.matching.reading import Reading

_GOVERNS = frozenset(
    {"after", "failed", "failing", "tried", "despite", "had", "previous", "prior", "past", "following"}
)
"""Words before a name that make it the past of the patient."""
_GIVES_UP = frozenset({"failed", "failure", "tried", "ineffective", "intolerant", "intolerance", "unsuccessful"})
"""Words behind a name that do the same."""
_BESIDE = frozenset({"on", "with", "plus", "taking", "alongside", "beside", "besides", "combined"})
_JOINS = frozenset({"and", "or", "then", "also", "plus", "both"})
_COMPARING = frozenset({"or", "versus", "vs", "than", "against", "over"})
_COMPARISON = _COMPARING | {"better", "rather", "compared", "to", "instead", "of", "with"}
_SWITCH = frozenset({"and", "what", "about", "how", "ok", "okay", "so", "then", "now"})
"""Words before a name that turn the talk to it: "and what about methotrexate?" is no question on ours."""


@dataclass(frozen=True, slots=True)
class Companions:
    """The drugs of a question in their roles. `named` says that one of ours is named, `carried` that one is in talk."""

    catalogue: Catalogue
    reading: Reading
    named: bool
    carried: bool
    points_back: bool

    def is_background(self, mention: Mention, *, companion: bool) -> bool:
        """Whether the question is on ours all the same. `companion`: the drug is one that is given beside ours."""
        if self._is_set_against_ours(mention):
            return False
        if self.named:
            return self._is_past(mention) or (companion and not self._heads(mention))
        return companion and self._is_beside_what_is_in_talk(mention)

    def _is_past(self, mention: Mention) -> bool:
        """Tried before: the words around it say so, and none says that ours came before it."""
        ours_is_past = any(self._word_before(one) in _GOVERNS for one in self._ours)
        if self._word_before(mention) in _GOVERNS:
            return True
        return self._word_after(mention) in _GIVES_UP and not ours_is_past

    def _heads(self, mention: Mention) -> bool:
        """Asked about itself: it comes before ours, and the topic is none that companions belong to."""
        first = all(mention.start < one.start for one in self._ours)
        return first and self._word_before(mention) not in _BESIDE and not self._belongs_to_topic(mention)

    def _belongs_to_topic(self, mention: Mention) -> bool:
        phrases = self._best_phrases
        named = any(mention.text in phrase.split() for phrase in phrases)
        return named or any("{companion}" in phrase for phrase in phrases)

    def _is_beside_what_is_in_talk(self, mention: Mention) -> bool:
        if not self.points_back and set(self._words[: mention.start]) <= _SWITCH:
            return False
        if self.carried:
            return True
        named = any(mention.text in phrase.split() for phrase in self._best_phrases)
        return named or (self.points_back and self._belongs_to_topic(mention))

    def _is_set_against_ours(self, mention: Mention) -> bool:
        """Whether it is compared with one of ours: "thal or methotrexate"."""
        words = self._words
        gaps = [words[one.end : mention.start] or words[mention.end : one.start] for one in self._ours]
        return any(_COMPARING & set(gap) and set(gap) <= _COMPARISON for gap in gaps)

    def _word_before(self, mention: Mention) -> str:
        """The word before a name, or before the list of names that it stands in."""
        ends = {one.end: one for one in self.reading.mentions if one.sort is Sort.FOREIGN}
        place = mention.start
        while place > 0:
            if place in ends:
                place = ends[place].start
            elif self._words[place - 1] in _JOINS:
                place -= 1
            else:
                return self._words[place - 1]
        return ""

    def _word_after(self, mention: Mention) -> str:
        return self._words[mention.end] if mention.end < len(self._words) else ""

    @property
    def _words(self) -> list[str]:
        return self.reading.text.split()

    @property
    def _ours(self) -> list[Mention]:
        return [one for one in self.reading.mentions if one.sort is Sort.DRUG]

    @property
    def _best_phrases(self) -> tuple[str, ...]:
        best = self.reading.topics[:1]
        return self.catalogue.topics[best[0].label].phrases if best else ()

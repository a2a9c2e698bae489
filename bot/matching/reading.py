"""A question taken apart: words, names, masked parts, and how well each topic fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Mention, Named, Scored, Sort, Trace
from bot.matching.index import TALK, Index
from bot.matching.masking import Segment, mask
from bot.matching.mentions import find
from bot.matching.normal import Normalised, normalise
from bot.matching.ranker import Ranking
from bot.matching.unexplained import SHORTEST_SLIP, Unexplained, unexplained

WEAK_WHOLE = 0.2
"""Below this score no topic fits the message as a whole: a question stands in a longer story."""

LONGEST_PARTICLE = 3
"""Words up to this length ("for", "in") ask nothing by themselves."""
_SEVERAL_DRUGS = re.compile(r"\{drug\}(?: (?:or|and|versus|vs|than|to|with|against) \{drug\}| \{drug\})+")

_UNLISTED = frozenset({Sort.FOREIGN, Sort.ASPECT, Sort.AGE})
"""Names by which no list is made."""

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Part:
    """A clause that can stand alone: how well each topic fits it, and which of our drugs it names."""

    scores: Scores
    drugs: tuple[str, ...]

    @property
    def best(self) -> str:
        """The label that fits best."""
        return _ordered(self.scores)[0].label


@dataclass(frozen=True, slots=True)
class Reading:
    """A question taken apart. `scores` fit the whole message, `parts` each part that can stand alone.

    `in_thread` fit the message read on from the topic before it. `all_taught` says that every word is a name, stands
    in a training phrase, or is among the commonest of English.
    """

    normalised: Normalised
    mentions: tuple[Mention, ...]
    segments: tuple[Segment, ...]
    scores: Scores
    parts: tuple[Part, ...]
    unexplained: tuple[Unexplained, ...]
    all_taught: bool
    in_thread: Scores

    @property
    def text(self) -> str:
        """The normalised question."""
        return self.normalised.text

    @property
    def masked(self) -> str:
        """All masked parts in one."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def compares(self) -> bool:
        """Whether it sets several drugs against one another: "thal or len"."""
        return _SEVERAL_DRUGS.search(self.masked) is not None

    @property
    def words_left(self) -> int:
        """How many words say what is asked, once names are masked."""
        return sum(own_words(segment.words) for segment in self.segments)

    @property
    def is_strange(self) -> bool:
        """Whether nobody placed any of its words: then nothing in it says what is asked."""
        return not self.mentions and 0 < self.words_left <= len(self.unexplained)

    def keys(self, sort: Sort) -> tuple[str, ...]:
        """What clear mentions of a sort name, in order, each once."""
        return tuple(dict.fromkeys(m.key for m in self.mentions if m.sort is sort and m.how != "unclear"))

    @property
    def named(self) -> Named:
        """The names in it by their sort, and the words that nobody placed."""
        foreign = (mention.text for mention in self.mentions if mention.sort in _UNLISTED or mention.how == "unclear")
        return Named(
            drugs=self.keys(Sort.DRUG),
            populations=self.keys(Sort.POPULATION),
            studies=self.keys(Sort.STUDY),
            unknown=(*foreign, *(one.word for one in self.unexplained)),
        )

    @property
    def topics(self) -> tuple[Scored, ...]:
        """The topics by how well they fit the whole message, best first; where none does, a part may."""
        fitting = max(self.scores.values(), default=0.0) if self.parts else 1.0
        merged = dict(self.scores)
        if fitting < WEAK_WHOLE:
            merged = {label: max(scores.get(label, 0.0) for scores in self._each) for label in self._labels}
        return tuple(one for one in _ordered(merged) if not one.label.startswith(TALK))

    @property
    def questions(self) -> tuple[Scored, ...]:
        """What the whole, and then each part in order, fits best: topics and small talk."""
        return tuple(_ordered(scores)[0] for scores in self._each if scores)

    @property
    def _labels(self) -> set[str]:
        return {label for scores in self._each for label in scores}

    @property
    def _each(self) -> tuple[Scores, ...]:
        return (self.scores, *(part.scores for part in self.parts))

    def trace(self, reason: str, threshold: float = 0.0, margin: float = 0.0) -> Trace:
        """The steps so far, for an explanation."""
        return Trace(
            normalised=self.text,
            mentions=self.mentions,
            masked=tuple(segment.text for segment in self.segments),
            ranking=_ordered(self.scores)[:6],
            threshold=threshold,
            margin=margin,
            unexplained=tuple(one.word for one in self.unexplained),
            reason=reason,
        )


def read(question: str, catalogue: Catalogue, index: Index, before: str = "") -> Reading:
    """Take a question apart. `before` names the topic of the turn before it."""
    normalised = normalise(question, catalogue.abbreviations)
    words = [token.text for token in normalised.tokens]
    mentions = find(words, index.lexicon, index.is_word)
    segments = mask(catalogue, normalised.tokens, mentions)
    text = " ".join(segment.text for segment in segments)
    whole = index.ranker.rank(text)
    alone = [segment for segment in segments if _asks(segment.words)] if len(segments) > 1 else []
    return Reading(
        normalised=normalised,
        mentions=mentions,
        segments=segments,
        scores=_beside_one_another(text, _scores(whole), index),
        parts=tuple(Part(_scores(index.ranker.rank(segment.text)), segment.drugs) for segment in alone),
        unexplained=unexplained(
            words, mentions, index, respelt={typed for typed, _ in whole.corrections if len(typed) >= SHORTEST_SLIP}
        ),
        in_thread=_scores(index.ranker.rank(f"{before.casefold()} {text}")) if before else {},
        all_taught=all(index.is_taught(word) for segment in segments for word in segment.words),
    )


def _beside_one_another(text: str, scores: Scores, index: Index) -> Scores:
    """The scores of a question on several drugs: each topic also by how well it fits a question on one of them."""
    on_one = _SEVERAL_DRUGS.sub("{drug}", text)
    if on_one == text or not _asks(on_one.split()):
        return scores
    alone = _scores(index.ranker.rank(on_one))
    return {label: max(scores.get(label, 0.0), alone.get(label, 0.0)) for label in {*scores, *alone}}


def _asks(words: Iterable[str]) -> bool:
    """Whether words can ask something by themselves: not names and particles alone."""
    return any(len(word) > LONGEST_PARTICLE and not word.startswith("{") for word in words)


def own_words(words: Iterable[str]) -> int:
    """How many words are no placeholders."""
    return sum(not word.startswith("{") for word in words)


def _scores(ranking: Ranking) -> Scores:
    """How well each label fits: the geometric mean of how likely it is, and of being in scope at all."""
    return {candidate.label: sqrt(candidate.score * ranking.in_scope) for candidate in ranking.candidates}


def _ordered(scores: Scores) -> tuple[Scored, ...]:
    return tuple(Scored(label, score) for label, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])))

"""A question taken apart: words, names, masked parts, and how well each topic fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Mention, Scored, Sort, Trace
from bot.matching.index import TALK, Index
from bot.matching.masking import Segment, mask
from bot.matching.normal import Normalised, normalise

PART_WEIGHT = 0.95
"""A part of a message counts a little less than the whole: it may be torn out of its sense."""

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question taken apart. `scores` is of the whole by label, `parts` of each part; `in_scope` of the whole."""

    normalised: Normalised
    mentions: tuple[Mention, ...]
    segments: tuple[Segment, ...]
    scores: Scores
    parts: tuple[Scores, ...]
    unexplained: tuple[str, ...]

    @property
    def text(self) -> str:
        """The normalised question."""
        return self.normalised.text

    @property
    def masked(self) -> str:
        """All masked parts in one."""
        return " ".join(word for segment in self.segments for word in segment)

    @property
    def words_left(self) -> int:
        """How many words say what is asked, once names are masked."""
        return sum(not word.startswith("{") for segment in self.segments for word in segment)

    def keys(self, sort: Sort) -> tuple[str, ...]:
        """What clear mentions of a sort name, in order, each once."""
        return tuple(dict.fromkeys(m.key for m in self.mentions if m.sort is sort and m.how != "unclear"))

    @property
    def topics(self) -> tuple[Scored, ...]:
        """The topics by how well they fit, best first."""
        return tuple(one for one in _ordered(self.scores) if not one.label.startswith(TALK))

    @property
    def talk(self) -> Scored | None:
        """The small talk that fits best, by its key."""
        fitting = [one for one in _ordered(self.scores) if one.label.startswith(TALK)]
        return Scored(fitting[0].label.removeprefix(TALK), fitting[0].score) if fitting else None

    def trace(self, reason: str, threshold: float = 0.0, margin: float = 0.0) -> Trace:
        """The steps so far, for an explanation."""
        return Trace(
            normalised=self.text,
            mentions=self.mentions,
            masked=tuple(" ".join(segment) for segment in self.segments),
            ranking=_ordered(self.scores)[:6],
            threshold=threshold,
            margin=margin,
            unexplained=self.unexplained,
            reason=reason,
        )


def read(question: str, catalogue: Catalogue, index: Index) -> Reading:
    """Take a question apart."""
    normalised = normalise(question, catalogue.abbreviations)
    words = [token.text for token in normalised.tokens]
    mentions = index.lexicon.find(words, index.is_word)
    segments = mask(catalogue, normalised.tokens, mentions)
    parts = tuple(_rank(" ".join(segment), index) for segment in segments)
    whole = _rank(" ".join(word for segment in segments for word in segment), index) if len(parts) > 1 else {}
    return Reading(
        normalised=normalised,
        mentions=mentions,
        segments=segments,
        scores=_merged(whole, parts),
        parts=parts,
        unexplained=_unexplained(segments, index),
    )


def _rank(text: str, index: Index) -> Scores:
    ranking = index.ranker.rank(text)
    return {candidate.label: candidate.score * ranking.in_scope for candidate in ranking.candidates}


def _merged(whole: Scores, parts: Sequence[Scores]) -> Scores:
    """Each label by its best score: in the whole message, or in a part of it."""
    if not whole:
        return parts[0] if parts else {}
    labels: Iterable[str] = {label for scores in (whole, *parts) for label in scores}
    return {
        label: max(whole.get(label, 0.0), *(PART_WEIGHT * part.get(label, 0.0) for part in parts)) for label in labels
    }


def _unexplained(segments: Sequence[Segment], index: Index) -> tuple[str, ...]:
    """Words that are neither ordinary, nor taught, nor a misspelling of a taught one."""
    odd = [word for segment in segments for word in segment if not word.startswith("{") and not index.is_word(word)]
    return tuple(word for word in dict.fromkeys(odd) if len(word) > 2 and not index.ranker.rank(word).corrections)


def _ordered(scores: Scores) -> tuple[Scored, ...]:
    return tuple(Scored(label, score) for label, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])))

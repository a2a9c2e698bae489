"""The labels that a question may mean, best first, learnt from labelled phrases alone.

A question is respelt in the phrases' own words and becomes a sparse vector. Linear machines choose a few
labels; how near the question comes to the phrases of each re-scores them; a logistic model says whether the
question belongs to any label at all.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from bot.matching.evidence import Evidence, Index
from bot.matching.features import Features, tokens_of
from bot.matching.lesson import Lesson, known_share
from bot.matching.linear import Choice, Verdict
from bot.matching.neighbours import Neighbours
from bot.matching.speller import Correction, Speller

FORMAT = 1
_TYPED_SHARE = np.float32(0.2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label, and the probability (0 to 1) that it is meant if the question belongs to any."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a question may mean.

    `text` is the corrected text that was ranked; `candidates` the best few labels, best first; `in_scope` the
    probability that the question belongs to any label; `corrections` each misspelt word and its reading.
    """

    text: str
    candidates: tuple[Candidate, ...]
    in_scope: float
    corrections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks its labels for any question. Build one with `train` or `from_bytes`."""

    labels: tuple[str, ...]
    speller: Speller
    index: Index
    choice: Choice
    scope: Verdict

    @classmethod
    def train(
        cls, phrases: Sequence[tuple[str, str]], *, elsewhere: Sequence[str] = (), seed: int = 0
    ) -> "Ranker":
        """Learn from `phrases`, pairs of text and label, and from texts known to belong to no label.

        Raises ValueError when there are fewer than two labels.
        """
        labels = tuple(sorted({label for _, label in phrases}))
        if len(labels) < 2:
            raise ValueError("a ranker needs phrases of two labels at least")
        places = {label: place for place, label in enumerate(labels)}
        ordered = sorted((places[label], text) for text, label in phrases)
        texts = [tokens_of(text) for text in chain((text for _, text in ordered), elsewhere)]
        owners = np.array([*(place for place, _ in ordered), *(-1 for _ in elsewhere)])
        lesson = Lesson(texts, owners, len(labels), np.random.default_rng(seed))
        return cls(labels, Speller.learn(texts[: len(ordered)]), *lesson.teach())

    def rank(self, text: str) -> Ranking:
        """The labels that `text` may mean."""
        typed = tokens_of(text)
        corrections = self.speller.correct(typed)
        tokens = _respelt(typed, corrections)
        evidence = self._evidence(typed, tokens)
        return Ranking(
            text=" ".join(tokens),
            candidates=self._candidates(evidence),
            in_scope=self.scope.chance(evidence.scope_columns(self.choice)),
            corrections=tuple((c.typed, c.read_as) for c in corrections),
        )

    def to_bytes(self) -> bytes:
        """Everything that `from_bytes` needs, as a compressed NumPy archive without pickles."""
        texts = {
            "format": FORMAT,
            "labels": self.labels,
            "words": dict(self.speller.words),
            "bigrams": [[*pair, count] for pair, count in self.speller.bigrams.items()],
        }
        file = io.BytesIO()
        np.savez_compressed(file, texts=np.frombuffer(json.dumps(texts).encode(), np.uint8), **self._arrays())
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Ranker":
        """The ranker that `to_bytes` wrote. Raises ValueError when another format wrote them."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            texts = json.loads(arrays["texts"].tobytes())
            if texts["format"] != FORMAT:
                raise ValueError(f"ranker of format {texts['format']}, not {FORMAT}")
            speller = Speller(texts["words"], {(a, b): count for a, b, count in texts["bigrams"]})
            features = Features(arrays["hashes"], arrays["idf"])
            neighbours = Neighbours(*(arrays[name] for name in ("firsts", "starts", "grams", "idf", "lengths")))
            index = Index(features, arrays["weights"].astype(np.float32), neighbours)
            scope = Verdict(*(arrays[name] for name in ("scope", "centre", "spread")))
            return cls(tuple(texts["labels"]), speller, index, Choice(arrays["choice"]), scope)

    def _arrays(self) -> dict[str, Any]:
        neighbours = self.index.neighbours
        return {
            "hashes": self.index.features.hashes,
            "idf": self.index.features.idf,
            "weights": self.index.weights.astype(np.float16),
            "firsts": neighbours.firsts,
            "starts": neighbours.starts,
            "grams": neighbours.grams,
            "lengths": neighbours.lengths,
            "choice": self.choice.weights,
            "scope": self.scope.weights,
            "centre": self.scope.centre,
            "spread": self.scope.spread,
        }

    def _evidence(self, typed: Sequence[str], tokens: Sequence[str]) -> Evidence:
        """Evidence on the respelt tokens; what was typed has a say in the scores where it differs."""
        vector = self.index.features.vector(tokens)
        scores = self.index.scores(vector)
        if typed != tokens:
            as_typed = self.index.scores(self.index.features.vector(typed))
            scores = (1 - _TYPED_SHARE) * scores + _TYPED_SHARE * as_typed
        return self.index.evidence(vector, scores, known_share(tokens, self.speller.words))

    def _candidates(self, evidence: Evidence) -> tuple[Candidate, ...]:
        chances = self.choice.chances(evidence.columns)
        order = np.argsort(-chances, kind="stable")
        return tuple(Candidate(self.labels[evidence.labels[i]], float(chances[i])) for i in order)


def _respelt(tokens: Sequence[str], corrections: Sequence[Correction]) -> list[str]:
    respelt = list(tokens)
    for correction in corrections:
        respelt[correction.at] = correction.read_as
    return respelt

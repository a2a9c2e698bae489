"""Questions that were missed, put together where they ask the same: what an editor may make a phrase of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Sort
from bot.matching.index import Index
from bot.matching.masking import PLACEHOLDER, training_texts
from bot.matching.reading import Reading, read

ALIKE = 80
"""From which similarity on (0 to 100) two wordings ask the same; word order does not count."""
OFFERED = 8
"""Topics that are named for a wording, best first."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of asking. `masked` has a placeholder for each name, `asked` is the question as it was typed."""

    asked: str = field(repr=False)
    masked: str = field(repr=False)
    topics: tuple[str, ...] = ()
    """Those that fit, best first."""
    drugs: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=(), repr=False)
    """Words that nobody placed."""

    @property
    def words(self) -> tuple[str, ...]:
        """What says what is asked, names taken out."""
        return tuple(word for word in self.masked.split() if not PLACEHOLDER.fullmatch(word))

    def repeats(self, phrase: str, catalogue: Catalogue) -> bool:
        """Whether it is no more than this phrase, once both are masked and names are left out."""
        return bool({self.masked, " ".join(self.words)} & {*training_texts(phrase, catalogue)})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask the same. `numbers` are those of all of them, `wordings` differ; the commonest is first."""

    numbers: tuple[int, ...]
    wordings: tuple[Wording, ...]

    @property
    def typical(self) -> Wording:
        """What speaks for all."""
        return self.wordings[0]


def wording(question: str, catalogue: Catalogue, index: Index) -> Wording:
    """A question as a way of asking."""
    return _wording(question, read(question, catalogue, index))


def clusters(questions: Mapping[int, str], catalogue: Catalogue, index: Index) -> tuple[Cluster, ...]:
    """Questions by number, put together; the largest cluster first. Left out is what holds no word but names."""
    numbers: dict[str, list[int]] = {}
    wordings: dict[str, Wording] = {}
    for number, question in questions.items():
        one = wording(question, catalogue, index)
        if one.words:
            numbers.setdefault(one.masked, []).append(number)
            wordings.setdefault(one.masked, one)
    counted = Counter({masked: len(found) for masked, found in numbers.items()})
    groups = _grouped(masked for masked, _ in counted.most_common())
    made = (
        Cluster(
            tuple(sorted(number for masked in group for number in numbers[masked])),
            tuple(wordings[masked] for masked in group),
        )
        for group in groups
    )
    return tuple(sorted(made, key=lambda cluster: (-len(cluster.numbers), cluster.numbers)))


def _grouped(texts: Iterable[str]) -> list[list[str]]:
    """Each text with the first group whose first text is like it, else in a group of its own."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        bare = PLACEHOLDER.sub(" ", text)
        found = process.extractOne(bare, list(groups), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        groups.setdefault(found[0] if found else bare, []).append(text)
    return list(groups.values())


def _wording(question: str, reading: Reading) -> Wording:
    return Wording(
        " ".join(question.split()),
        reading.masked,
        tuple(one.label for one in reading.topics[:OFFERED]),
        reading.keys(Sort.DRUG),
        reading.keys(Sort.POPULATION),
        tuple(one.word for one in reading.unexplained),
    )

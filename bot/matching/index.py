"""Everything that is learnt from a catalogue before the first question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.domain.catalogue import Catalogue
from bot.matching.grams import tokens_of
from bot.matching.lexicon import Lexicon
from bot.matching.masking import training_texts
from bot.matching.normal import fold, words
from bot.matching.ordinary import English
from bot.matching.ranker import Ranker

Lesson = tuple[str, str]
"""A masked text, and the topic or small talk that it asks."""
TALK = "talk:"
"""Before the key of small talk, in the labels of the ranker."""
SHORTEST_SLIP = 3
"""In a shorter word one edit makes another word."""


@dataclass(frozen=True, slots=True)
class Index:
    """The names, the ranker, and the words that need no explanation."""

    lexicon: Lexicon
    ranker: Ranker
    english: English
    taught: frozenset[str]
    plain: frozenset[str]
    authors: frozenset[str]
    """The surnames of those who wrote the sources."""
    by_start: Mapping[tuple[str, int], tuple[str, ...]]
    """Every word that is known and long enough to be misspelt, by its first letter and its length."""
    tails: frozenset[str]
    """The same words without their first letter, which may have been mistyped."""

    @classmethod
    def of(cls, catalogue: Catalogue, taught: Iterable[Lesson], ranker: Ranker) -> Index:
        """The index of a catalogue, with its lessons and the ranker that they teach."""
        known = {token for text, _ in taught for token in tokens_of(text)}
        plain = frozenset({*catalogue.plain_words, *_printed(catalogue)})
        lexicon, english = Lexicon.of(catalogue), English.read()
        by_start = _by_start({*known, *lexicon.parts, *english.plain, *english.everyday})
        tails = frozenset(word[1:] for (_, length), some in by_start.items() if length > SHORTEST_SLIP for word in some)
        return cls(lexicon, ranker, english, frozenset(known), plain, _authors(catalogue), by_start, tails)

    def is_word(self, token: str) -> bool:
        """Whether a word needs neither correction nor explanation."""
        known = token in self.taught or token in self.plain or token in self.english.ordinary
        return known or _is_number(token)

    def is_taught(self, token: str) -> bool:
        """Whether a word stands in a training phrase, or is so common that it says nothing of the subject."""
        return token in self.taught or token in self.english.everyday or _is_number(token)


def _is_number(token: str) -> bool:
    """A number needs no explanation; a code of letters and digits may be a drug."""
    return token[0].isdecimal()


def _by_start(known: Iterable[str]) -> dict[tuple[str, int], tuple[str, ...]]:
    def start(word: str) -> tuple[str, int]:
        return word[0], len(word)

    ordered = sorted((word for word in known if len(word) >= SHORTEST_SLIP and word.isalpha()), key=start)
    return {key: tuple(some) for key, some in groupby(ordered, key=start)}


def _authors(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(word for one in catalogue.references.values() for word in words(fold(one.authors or "")))


def _printed(catalogue: Catalogue) -> set[str]:
    """The words of the sources' names: authors, journals and titles."""
    fields = ((one.tag, one.authors, one.title, one.journal) for one in catalogue.references.values())
    return {word for record in fields for text in record if text for word in words(fold(text))}


def lessons(catalogue: Catalogue) -> list[Lesson]:
    """What the ranker learns from."""
    topics = [(key, topic.phrases) for key, topic in catalogue.topics.items()]
    talk = [(f"{TALK}{key}", talk.phrases) for key, talk in catalogue.small_talk.items()]
    return [
        (text, label)
        for label, phrases in (*topics, *talk)
        for phrase in phrases
        for text in training_texts(phrase, catalogue)
    ]

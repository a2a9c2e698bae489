"""Everything that is learnt from a catalogue before the first question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Index:
    """The names, the ranker, and the words that need no explanation."""

    lexicon: Lexicon
    ranker: Ranker
    english: English
    taught: frozenset[str]
    plain: frozenset[str]

    @classmethod
    def of(cls, catalogue: Catalogue, taught: Iterable[Lesson], ranker: Ranker) -> Index:
        """The index of a catalogue, with its lessons and the ranker that they teach."""
        known = {token for text, _ in taught for token in tokens_of(text)}
        plain = frozenset({*catalogue.plain_words, *_printed(catalogue)})
        return cls(Lexicon.of(catalogue), ranker, English.read(), frozenset(known), plain)

    def is_word(self, token: str) -> bool:
        """Whether a word needs neither correction nor explanation."""
        known = token in self.taught or token in self.plain or token in self.english.ordinary
        return known or _is_number(token)

    def is_of_content(self, word: str) -> bool:
        """Whether the content knows a word: from its phrases, or as part of a name in its lists."""
        return word in self.taught or word in self.lexicon.parts

    def is_taught(self, token: str) -> bool:
        """Whether a word stands in a training phrase, or is so common that it says nothing of the subject."""
        return token in self.taught or token in self.english.everyday or _is_number(token)


def _is_number(token: str) -> bool:
    """A number needs no explanation; a code of letters and digits may be a drug."""
    return token[0].isdecimal()


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

"""Rules on what could tell who a patient is: it is never taught, never a name of something, never a test question.

What is taught becomes a known word, and a known word is no stranger's name: who teaches "okafor relapsed on {drug}" has
every question about Okafor answered. So a phrase is judged by what the bot would know without it: first by English and
the content's names alone, and then by the words of the phrases that passed. Suspects do not vouch for one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import cast

from pydantic import ValidationError

from bot.checking.names import entities
from bot.content.document import Document, parse
from bot.content.files import Files
from bot.content.layout import QUESTIONS, path_of
from bot.domain.case import Cases
from bot.domain.catalogue import Catalogue
from bot.domain.place import Place, Problem
from bot.matching.identifiers import Identifier, identifier_in
from bot.matching.index import Index
from bot.matching.masking import PLACEHOLDER
from bot.matching.normal import fold, words
from bot.matching.ranker import Ranker

_NOTHING_RANKED = cast(Ranker, None)
_KINDS = {
    Identifier.EMAIL: "an e-mail address",
    Identifier.PHONE: "a telephone number",
    Identifier.NUMBER: "the number of a person",
    Identifier.DATE: "a date",
    Identifier.NAME: "the name of a person",
    Identifier.ADDRESS: "an address",
}
_REMEDY = "Take it out. Where it tells of nobody, put the word that looks like a name into intents/plain_words.yaml."


def people_taught(catalogue: Catalogue) -> Iterator[Problem]:
    """A training phrase that could tell who a patient is."""
    known = vocabulary(catalogue)
    for place, phrase in _suspects(catalogue):
        yield from _problems(place, phrase, known, catalogue)


def people_as_names(catalogue: Catalogue) -> Iterator[Problem]:
    """The same of an alias, judged by the words of official names, and of those that two aliases hold."""
    named = [(path, steps, one) for path, steps, one in entities(catalogue)]
    counts = Counter(word for *_, one in named for alias in one.aliases for word in set(_words(alias)))
    official = {word for *_, one in named for word in _words(one.name)}
    parts = official | {word for word, count in counts.items() if count > 1}
    known = vocabulary(catalogue)
    lexicon = replace(known.lexicon, parts=frozenset(parts))
    strict = replace(known, lexicon=lexicon, by_start={}, tails=frozenset())  # every alias is a slip for itself
    for path, steps, one in named:
        for number, alias in enumerate(one.aliases):
            yield from _problems(catalogue.place(path, *steps, "aliases", number), alias, strict, catalogue)


def people_asked_about(questions: Files, catalogue: Catalogue) -> Iterator[Problem]:
    """The same of a test question, in files that may hold something else: that is told elsewhere."""
    known = vocabulary(catalogue)
    for path, text in questions.texts.items():
        document = parse(path, text)
        if not isinstance(document, Document):
            continue
        for number, case in enumerate(_cases(document)):
            for question in case.turns:
                yield from _problems(document.place((number,)), question.text, known, catalogue)


def identified(phrase: str, catalogue: Catalogue) -> str | None:
    """What a phrase that is to be taught holds that could tell who a patient is, in words; None for nothing."""
    return _found(phrase, vocabulary(catalogue), catalogue)


@lru_cache(maxsize=2)
def vocabulary(catalogue: Catalogue) -> Index:
    """What is known without the phrases that may hold a name. It ranks nothing."""
    suspects = set(_suspects(catalogue))
    sound = (phrase for place, phrase in _phrases(catalogue) if (place, phrase) not in suspects)
    return Index.of(catalogue, [(" ".join(_words(phrase)), "") for phrase in sound], _NOTHING_RANKED)


@lru_cache(maxsize=2)
def _suspects(catalogue: Catalogue) -> tuple[tuple[Place, str], ...]:
    """The phrases that look like it to whoever was taught nothing."""
    english = Index.of(catalogue, (), _NOTHING_RANKED)
    return tuple(one for one in _phrases(catalogue) if _found(one[1], english, catalogue))


def _phrases(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    kinds = (("topic", catalogue.topics), ("small_talk", catalogue.small_talk))
    for kind, records in kinds:
        for key, record in records.items():
            for number, phrase in enumerate(record.phrases):
                yield catalogue.place(path_of(kind, key), "phrases", number), phrase


def _problems(place: Place, text: str, known: Index, catalogue: Catalogue) -> Iterator[Problem]:
    """Without the line itself: problems are logged."""
    if what := _found(text, known, catalogue):
        said = f"this holds {what}, and could tell who a patient is"
        yield Problem(place, "tells-of-a-person", said, _REMEDY, is_quoted=False)


def _found(text: str, known: Index, catalogue: Catalogue) -> str | None:
    """What kind of it, with a drug in the place of each placeholder."""
    drug = next((one.name for one in catalogue.drugs.values()), "")
    found = identifier_in(PLACEHOLDER.sub(drug, text), known)
    return _KINDS[found] if found else None


def _words(text: str) -> Iterable[str]:
    return words(fold(text))


def _cases(document: Document) -> Cases:
    try:
        cases: Cases = QUESTIONS.adapter.validate_python(document.data or ())
    except ValidationError:
        return ()
    return cases

"""Finds sentences of ours that were copied from a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.checking.prose import prose_of, read_aloud
from bot.content.evidence import Source
from bot.content.sentences import Sentence
from bot.domain.catalogue import Catalogue
from bot.domain.place import Problem

MOST_WORDS = 7
"""As many words in a row may be the same as in a source; more of them are a copy."""
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")

Phrase = tuple[str, ...]


def copied_sentences(catalogue: Catalogue, sources: Iterable[Source]) -> Iterator[Problem]:
    """A problem for every sentence that shares too many words in a row with a source, figures filled in."""
    taken = {phrase: source.name for source in sources for phrase in _phrases(source.text)}
    for one in prose_of(catalogue):
        if copied := next((phrase for phrase in _phrases(read_aloud(one)) if phrase in taken), None):
            yield _problem(one, copied, taken[copied])


def _problem(one: Sentence, copied: Phrase, source: str) -> Problem:
    return Problem(
        one.place,
        "copied-words",
        f'these words stand in {source} too: "{" ".join(copied)}"',
        f"Say it in other words: at most {MOST_WORDS} in a row may be the same.",
    )


def _phrases(text: str) -> Iterator[Phrase]:
    words = _WORD.findall(text.lower())
    return zip(*(words[start:] for start in range(MOST_WORDS + 1)), strict=False)

"""The question without its names: what is left says what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Mention, Sort
from bot.matching.normal import Token, normalise

PLACEHOLDER = re.compile(r"(\{\w+\})")
_CONNECTIVES = frozenset({"and", "also", "plus", "then", "but"})

Segment = tuple[str, ...]
"""Words and placeholders of one part of a question."""


def mask(catalogue: Catalogue, tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[Segment, ...]:
    """The masked clauses of a question, in order: sentences, cut once more at "and", "also" and the like."""
    by_start = {mention.start: mention for mention in mentions}
    segments: list[list[str]] = []
    index, clause = 0, -1
    while index < len(tokens):
        token, mention = tokens[index], by_start.get(index)
        if token.clause != clause or token.text in _CONNECTIVES:
            segments.append([])
            clause = token.clause
        if mention:
            if mention.sort is Sort.POPULATION:
                _drop_adjectives(catalogue, segments[-1])
            segments[-1] += _stand_in(catalogue, mention)
        elif token.text not in _CONNECTIVES:
            segments[-1].append(token.text)
        index = mention.end if mention else index + 1
    return tuple(tuple(segment) for segment in segments if segment)


def _drop_adjectives(catalogue: Catalogue, segment: list[str]) -> None:
    """Take away words before a population that do not change who is meant ("refractory discoid lupus")."""
    adjectives = {word for population in catalogue.populations.values() for word in population.adjectives}
    while segment and segment[-1] in adjectives:
        segment.pop()


def _stand_in(catalogue: Catalogue, mention: Mention) -> Iterator[str]:
    """What a mention leaves behind: a placeholder, or its words where they say what is asked."""
    match mention.sort:
        case Sort.DRUG:
            yield "{drug}"
        case Sort.DRUG_CLASS:
            yield from ("{drug}", "{drug}")
        case Sort.FOREIGN:
            yield from _stand_in_foreign(catalogue, mention)
        case Sort.POPULATION if catalogue.populations[mention.key].tells_topic:
            yield from mention.text.split()
        case Sort.POPULATION:
            yield "{population}"
        case Sort.ASPECT | Sort.STUDY | Sort.AGE:
            return


def _stand_in_foreign(catalogue: Catalogue, mention: Mention) -> Iterator[str]:
    """A drug given beside ours leaves a placeholder, or its name where that says what is asked; others nothing."""
    list_name, key = mention.key.split(".", 1)
    entry = catalogue.foreign[list_name].entries[key]
    if entry.tells_topic:
        yield from entry.name.casefold().split()
    elif entry.companion:
        yield "{companion}"


def training_texts(phrase: str, catalogue: Catalogue) -> tuple[str, ...]:
    """A training phrase as the masked questions that it stands for: with its placeholders, and without them."""
    pieces = PLACEHOLDER.split(phrase)
    full = [
        piece if PLACEHOLDER.fullmatch(piece) else normalise(piece, catalogue.abbreviations).text for piece in pieces
    ]
    bare = [piece for piece in full if piece not in {"{drug}", "{population}"}]
    texts = (" ".join(" ".join(words).split()) for words in (full, bare))
    return tuple(dict.fromkeys(text for text in texts if text))

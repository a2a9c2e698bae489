"""The question without its names: what is left says what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.interpretation import Mention, Sort
from bot.matching.normal import Token, normalise

PLACEHOLDER = re.compile(r"(\{\w+\})")
_CONNECTIVES = frozenset({"and", "also", "plus", "then", "but"})


@dataclass(frozen=True, slots=True)
class Segment:
    """One clause of a question: words and placeholders, and the keys of our drugs that it names."""

    words: tuple[str, ...]
    drugs: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(self.words)


def mask(catalogue: Catalogue, tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[Segment, ...]:
    """The masked clauses of a question, in order: parts between signs, cut once more at "and", "also" and the like."""
    clauses = (_segment(catalogue, clause) for clause in _clauses(tokens, mentions))
    return tuple(segment for segment in clauses if segment.words)


def _clauses(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[list[str | Mention]]:
    """Words and mentions, clause by clause, without what joins the clauses."""
    by_start = {mention.start: mention for mention in mentions}
    clauses: list[list[str | Mention]] = []
    index, current = 0, -1
    while index < len(tokens):
        token, mention = tokens[index], by_start.get(index)
        if token.clause != current or token.text in _CONNECTIVES:
            clauses.append([])
            current = token.clause
        if mention:
            clauses[-1].append(mention)
        elif token.text not in _CONNECTIVES:
            clauses[-1].append(token.text)
        index = mention.end if mention else index + 1
    return clauses


def _segment(catalogue: Catalogue, clause: Sequence[str | Mention]) -> Segment:
    words: list[str] = []
    drugs: list[str] = []
    for part in clause:
        if isinstance(part, str):
            words.append(part)
            continue
        if part.sort is Sort.POPULATION:
            _drop_adjectives(catalogue, words)
        if part.sort is Sort.DRUG and part.how != "unclear":
            drugs.append(part.key)
        words += _stand_in(catalogue, part)
    return Segment(tuple(words), tuple(dict.fromkeys(drugs)))


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

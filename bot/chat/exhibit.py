"""What an answer shows: its findings and its first sentence, each with a digest of how it was printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass

from bot.answering.stating import PRESENT, library_of
from bot.domain.catalogue import Catalogue, Located
from bot.domain.reply import Answered, Library, NotReported, Reply, Stated
from bot.rendering import figures
from bot.rendering.page import sentence, words

MOST = 5_000
"""Different answers of which it is remembered what they show."""
Cell = tuple[str, str | None]
"""Topic and drug of an answer."""
Held = Mapping[Cell, Mapping[str, str]]
"""By cell the ids of the findings, each with the digest of its print; and the digests of sentences."""
SENTENCE = "/"
"""Begins what stands for a sentence among the ids of findings; its digest follows, since an answer may show several."""


@dataclass(frozen=True, slots=True)
class Print:
    """A finding as a reader sees it: its figure, what kind of number it is, who stands behind it, and its sources."""

    figure: str
    kind: str
    basis: str
    sources: tuple[tuple[str, str], ...]
    """Reference and locator of each."""

    @classmethod
    def of(cls, located: Located) -> Print:
        sources = tuple((citation.reference, citation.locator) for citation in located.citations)
        return cls(figures.figure(located), figures.kind(located), figures.basis(located), sources)

    @property
    def digest(self) -> str:
        """Short, and the same for the same print."""
        return digest_of(repr(astuple(self)))


def digest_of(text: str) -> str:
    """Short, and the same for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What was shown, as it is kept, and a name for exactly that."""

    answer: str
    held: str

    @classmethod
    def of(cls, held: Held) -> Exhibit:
        text = json.dumps([[*cell, prints] for cell, prints in held.items()], separators=(",", ":"))
        return cls(hashlib.sha256(text.encode()).hexdigest()[:32], text)


def read(text: str) -> Held:
    """What an exhibit holds, as it was kept."""
    return {(topic, drug): prints for topic, drug, prints in json.loads(text)}


class Exhibits:
    """Makes them out of replies; the same answer of the same content is looked at once."""

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._known: dict[tuple[Stated, ...], Exhibit | None] = {}

    def of(self, reply: Reply, catalogue: Catalogue) -> Exhibit | None:
        """What a reply shows, what is offered beside a gap included; None where it shows nothing that is known."""
        if self._catalogue is not catalogue or len(self._known) > MOST:
            self._catalogue, self._known = catalogue, {}
        stated = tuple(_stated(reply))
        if stated not in self._known:
            held = held_by(stated, library_of(catalogue))
            self._known[stated] = Exhibit.of(held) if held else None
        return self._known[stated]


def held_by(stated: Iterable[Stated], library: Library) -> Held:
    """Every finding that is stated and not withheld, and the first sentence of what is no mere absence."""
    held: dict[Cell, dict[str, str]] = {}
    for one in stated:
        prints = {found.id: Print.of(found).digest for found in one.findings if not found.withheld}
        if states(one):
            digest = digest_of(words(sentence(one.lead, library)))
            prints[f"{SENTENCE}{digest}"] = digest
        if prints:
            held.setdefault((one.topic, one.drug), {}).update(prints)
    return held


def states(stated: Stated) -> bool:
    """Whether its first sentence says what is known, which may be wrong; and not that nothing is."""
    return stated.state in PRESENT


def _stated(reply: Reply) -> Iterator[Stated]:
    if isinstance(reply, Answered | NotReported):
        yield from reply.stated
    if isinstance(reply, NotReported):
        yield from reply.nearby

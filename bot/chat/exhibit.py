"""What an answer shows: its findings, each with a digest of how it was printed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass

from bot.domain.catalogue import Catalogue, Located
from bot.domain.reply import Answered, NotReported, Reply, Stated
from bot.rendering import figures

MOST = 5_000
"""Different answers of which it is remembered what they show."""
Cell = tuple[str, str | None]
"""Topic and drug of an answer."""
Held = Mapping[Cell, Mapping[str, str]]
"""By cell the ids of the findings, each with the digest of its print."""


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
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:8]


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
        self._known: dict[object, Exhibit | None] = {}

    def of(self, reply: Reply, catalogue: Catalogue) -> Exhibit | None:
        """What a reply shows, what is offered beside a gap included; None where it shows no finding."""
        if self._catalogue is not catalogue or len(self._known) > MOST:
            self._catalogue, self._known = catalogue, {}
        stated = tuple(_stated(reply))
        words = tuple(map(_words, stated))
        if words not in self._known:
            held = held_by(stated)
            self._known[words] = Exhibit.of(held) if held else None
        return self._known[words]


def held_by(stated: Iterable[Stated]) -> Held:
    """Every finding that is stated and not withheld."""
    held: dict[Cell, dict[str, str]] = {}
    for one in stated:
        for found in one.findings:
            if not found.withheld:
                held.setdefault((one.topic, one.drug), {})[found.id] = Print.of(found).digest
    return held


def _words(stated: Stated) -> tuple[object, ...]:
    """What tells one answer of a content from all others."""
    sides = (side.template for contrast in stated.contrasts for side in contrast.sides)
    details = (detail.template for detail in stated.details)
    return (stated.topic, stated.drug, stated.title, stated.lead.template, *details, *sides)


def _stated(reply: Reply) -> Iterator[Stated]:
    if isinstance(reply, Answered | NotReported):
        yield from reply.stated
    if isinstance(reply, NotReported):
        yield from reply.nearby

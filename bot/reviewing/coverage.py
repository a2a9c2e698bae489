"""What is known of which drug and topic, on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.domain.answer import State
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import Checked, Citation, DerivedFinding
from bot.domain.reference import SourceKind
from bot.domain.reply import Passage
from bot.domain.sentence import sentences_of

_KINDS = list(SourceKind)
_CHECKED = list(Checked)
_HEADINGS = ("topic", "drug", "state", "findings", "best source", "read")


@dataclass(frozen=True, slots=True)
class Cover:
    """What one cell of drug and topic holds. The best kind of source and what was read are empty without findings."""

    topic: str
    drug: str | None
    state: State
    findings: int
    best: SourceKind | None
    read: tuple[Checked, ...]

    @property
    def row(self) -> tuple[str, ...]:
        """The cell as words, in the order of the headings."""
        read = ", ".join(map(_words, self.read))
        best = _words(self.best) if self.best else "none"
        return (self.topic, self.drug or "", _words(self.state), str(self.findings), best, read)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The grid, and how many findings there are of each kind."""

    content_version: str
    cells: tuple[Cover, ...]
    by_kind: dict[str, int]
    by_read: dict[str, int]

    def text(self) -> str:
        """Aligned columns for a terminal."""
        rows = [_HEADINGS, *(cell.row for cell in self.cells)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([*lines, "", *self._counts()])

    def markdown(self) -> str:
        """A page with a table."""
        rows = [_HEADINGS, ("---",) * len(_HEADINGS), *(cell.row for cell in self.cells)]
        table = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join(["# Coverage", "", f"Content {self.content_version}.", "", *table, "", *self._counts(), ""])

    def data(self) -> dict[str, Any]:
        """JSON-ready fields."""
        cells = [
            {
                "topic": cell.topic,
                "drug": cell.drug,
                "state": str(cell.state),
                "findings": cell.findings,
                "best_source": cell.best and str(cell.best),
                "read": list(map(str, cell.read)),
            }
            for cell in self.cells
        ]
        findings = {"by_kind": self.by_kind, "by_read": self.by_read}
        return {"content_version": self.content_version, "cells": cells, "findings": findings}

    def _counts(self) -> Iterator[str]:
        states = Counter(_words(cell.state) for cell in self.cells)
        yield f"Cells by state: {_listed(dict(states.most_common()))}."
        yield f"Findings by kind: {_listed(self.by_kind)}."
        yield f"Findings by what was read: {_listed(self.by_read)}."


def coverage_of(catalogue: Catalogue) -> Coverage:
    """Every cell that can be asked for, in the order of topics."""
    cells = tuple(_cover(catalogue, drug, topic) for drug, topic in catalogue.cells)
    kinds = Counter(str(located.finding.kind) for located in catalogue.findings.values())
    return Coverage(catalogue.version, cells, dict(kinds.most_common()), _by_read(catalogue))


def _cover(catalogue: Catalogue, drug: str | None, topic: str) -> Cover:
    findings = _findings(catalogue, drug, topic)
    citations = [citation for located in findings for citation in located.citations]
    return Cover(
        topic,
        drug,
        catalogue.state_of(drug, topic),
        len(findings),
        min((_kind(catalogue, citation) for citation in citations), key=_KINDS.index, default=None),
        tuple(sorted({citation.checked for citation in citations}, key=_CHECKED.index)),
    )


def _kind(catalogue: Catalogue, citation: Citation) -> SourceKind:
    """The kind of what was read: somebody's account of a study is as good as that account."""
    return catalogue.references[citation.told_by or citation.reference].kind


def _findings(catalogue: Catalogue, drug: str | None, topic: str) -> list[Located]:
    """The findings that a sentence of the answer names, each once."""
    answer = catalogue.answers.get((drug, topic))
    if answer is None:
        return []
    scope = catalogue.scope(drug, topic)
    named = (located for _, sentence, _ in sentences_of(answer) for located in Passage(sentence, scope).findings)
    return list({located.id: located for located in named}.values())


def _by_read(catalogue: Catalogue) -> dict[str, int]:
    """How many findings rest on which reading; our own readings over several of them rest on those."""
    sourced = (one.finding for one in catalogue.findings.values() if not isinstance(one.finding, DerivedFinding))
    return dict(Counter(str(finding.source.checked) for finding in sourced).most_common())


def _words(key: str) -> str:
    return str(key).replace("_", " ")


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {_words(key)}" for key, number in counts.items())

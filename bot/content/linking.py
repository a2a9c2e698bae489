"""From records to a catalogue: every key that a record names must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from bot.content.files import Files, gather
from bot.content.layout import cell_of, finding_id
from bot.content.links import broken_links
from bot.content.reading import Entry, Reading, read
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import DerivedFinding, Finding
from bot.domain.place import ContentError, Problem
from bot.domain.reference import Reference

FOUNDATIONS = ("drugs", "populations", "aspects", "messages", "limits")
"""The lists that everything else rests on: where one cannot be read, links are not looked at."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A catalogue of all that could be read, or None, and what is wrong with reading and linking."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    hiding: frozenset[str] = frozenset()
    """Paths of the files in which more may be wrong than is known."""


def load(root: Path, today: date = date.min) -> Catalogue:
    """Read the content's folder as of a day. Raises ContentError with all problems of reading and linking."""
    return link(gather(root), today)


def link(files: Files, today: date = date.min) -> Catalogue:
    """The same, of files that have been read."""
    linked = linked_as_far_as_read(files, today)
    if linked.catalogue is None or linked.problems:
        raise ContentError(files.quoted(linked.problems))
    return linked.catalogue


def linked_as_far_as_read(files: Files, today: date) -> Linked:
    """What can be known although some files cannot be read. Of what stands in those, nothing is said to be missing."""
    reading = read(files)
    hiding = frozenset(reading.hiding)
    if reading.unread & set(FOUNDATIONS):
        return Linked(None, tuple(reading.problems), hiding)
    catalogue = _assemble(reading, today)
    return Linked(catalogue, (*reading.problems, *broken_links(reading, catalogue)), hiding)


def _assemble(reading: Reading, today: date) -> Catalogue:
    drugs = reading.entries["knowledge/drugs.yaml"].record
    studies = reading.of_kind("study")
    return Catalogue(
        version=reading.version,
        drugs=drugs.drugs,
        classes=drugs.classes,
        populations=reading.entries["knowledge/populations.yaml"].record,
        aspects=_single(reading, "knowledge/aspects.yaml"),
        foreign=_records(reading.of_kind("out_of_scope")),
        topics=_records(reading.of_kind("topic")),
        small_talk=_records(reading.of_kind("small_talk")),
        messages=reading.entries["intents/messages.yaml"].record,
        limits=reading.entries["intents/limits.yaml"].record,
        abbreviations=_single(reading, "intents/abbreviations.yaml"),
        plain_words=_plain_words(reading),
        references=_records(reading.of_kind("reference")),
        studies=_records(studies),
        riders=_single(reading, "knowledge/riders.yaml"),
        answers={cell_of(entry.document.path): entry.record for entry in _answers(reading)},
        findings=_findings(reading, today),
        unused_evidence=_single(reading, "knowledge/unused_evidence.yaml"),
        lines={path: entry.document.lines for path, entry in reading.entries.items()},
    )


def _records(entries: Mapping[str, Entry]) -> dict[str, Any]:
    return {key: entry.record for key, entry in entries.items()}


def _single(reading: Reading, path: str) -> Mapping[str, Any]:
    return reading.entries[path].record if path in reading.entries else {}


def _plain_words(reading: Reading) -> tuple[str, ...]:
    path = "intents/plain_words.yaml"
    return reading.entries[path].record if path in reading.entries else ()


def _answers(reading: Reading) -> Iterator[Entry]:
    return (entry for entry in reading.entries.values() if entry.kind.name == "answer")


def _findings(reading: Reading, today: date) -> dict[str, Located]:
    references = _records(reading.of_kind("reference"))
    found = {one.id: _aged(one, references, today) for entry in reading.entries.values() for one in _located(entry)}
    return {key: _with_parts(located, found) for key, located in found.items()}


def _aged(located: Located, references: Mapping[str, Reference], today: date) -> Located:
    """With the dates that hold for it: its own, else those of its source."""
    finding = located.finding
    source = None if isinstance(finding, DerivedFinding) else references.get(finding.source.reference)
    last = finding.withhold_after or (source.withhold_after if source else None)
    review_by = finding.review_by or (source.review_by if source else None)
    return replace(located, review_by=review_by, withheld=last is not None and today > last)


def _located(entry: Entry) -> Iterator[Located]:
    """The findings of a study or an answer, each with its id."""
    if entry.kind.name not in {"study", "answer"}:
        return
    path, record = PurePosixPath(entry.document.path), entry.record
    is_study = entry.kind.name == "study"
    for name, finding in record.findings.items():
        place = entry.document.place(("findings", name))
        located = Located(finding_id(entry.document.path, name), finding, place)
        if is_study:
            located = replace(located, study=path.stem, patients=record.patients, design=str(record.design))
        yield located


def _with_parts(located: Located, found: Mapping[str, Located]) -> Located:
    finding: Finding = located.finding
    if not isinstance(finding, DerivedFinding):
        return located
    parts = tuple(found[key] for key in finding.of if key in found)
    return replace(located, parts=parts, withheld=located.withheld or any(part.withheld for part in parts))

"""Every key that a record names must exist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath

from bot.content.reading import Entry, Reading
from bot.domain.answer import Answer
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import DerivedFinding, Finding
from bot.domain.place import Problem, Steps
from bot.domain.template import REFERENCE_SLOT, slots

GENERAL = "general"
"""The folder of the answers that are not about one drug."""


@dataclass(frozen=True, slots=True)
class Need:
    """Keys that stand at a place in a file, and what they must be keys of."""

    where: Steps
    noun: str
    keys: Iterable[str]
    known: Collection[str]
    rule: str = "unknown-key"


def cell_of(path: str) -> tuple[str | None, str]:
    """Drug and topic of an answer: its path is the question."""
    _, folder, file = PurePosixPath(path).parts
    return (None if folder == GENERAL else folder), PurePosixPath(file).stem


def broken_links(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    """A problem for every key that does not exist, with the nearest that does."""
    for entry in reading.entries.values():
        if needs := _NEEDS.get(entry.kind.name):
            try:
                yield from _unmet(entry, needs(entry, catalogue))
            except ValueError as error:
                yield Problem(
                    entry.document.place(),
                    "broken-slot",
                    f"a slot is not closed: {error}",
                    "Write {name}, with both braces.",
                )


def _unmet(entry: Entry, needs: Iterable[Need]) -> Iterator[Problem]:
    for need in needs:
        for key in need.keys:
            if key not in need.known:
                nearest = get_close_matches(key, need.known, n=1)
                yield Problem(
                    entry.document.place((*need.where, key)),
                    need.rule,
                    f"there is no {need.noun} called `{key}`",
                    f"Did you mean `{nearest[0]}`?" if nearest else f"Use one that exists: {_some(need.known)}.",
                )


def _some(names: Collection[str]) -> str:
    return ", ".join(sorted(names)[:12]) or "there is none yet"


def _of_answer(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    answer: Answer = entry.record
    drug, topic = cell_of(entry.document.path)
    yield Need((), "topic", [topic], catalogue.topics)
    if topic in catalogue.topics:
        yield Need((), "drug folder for this topic", [drug or GENERAL], catalogue.drugs_of(topic) or (GENERAL,))
    scope = catalogue.scope(drug, topic)
    yield Need(("populations",), "population", answer.populations, catalogue.populations)
    yield Need(("gaps",), "population or aspect", answer.gaps, {*catalogue.populations, *catalogue.aspects})
    for key, gap in answer.gaps.items():
        yield Need(("gaps", key, "nearby"), "finding", gap.nearby or (), scope)
    yield from _of_findings(answer.findings, catalogue)
    for where, sentence in sentences(answer):
        yield from _of_slots(where, sentence, scope, catalogue)


def _of_study(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    study, key = entry.record, PurePosixPath(entry.document.path).stem
    yield Need(("drug",), "drug", [study.drug], catalogue.drugs)
    yield Need(("population",), "population", [study.population, *study.mix], catalogue.populations)
    yield Need(("from",), "reference", [study.source.reference], catalogue.references)
    if study.same_patients_as:
        yield Need(("same_patients_as",), "study", [study.same_patients_as], catalogue.studies)
    yield from _of_findings(study.findings, catalogue)
    if study.summary:
        yield from _of_slots(("summary",), study.summary, catalogue.scope_of_study(key), catalogue)


def _of_findings(findings: Mapping[str, Finding], catalogue: Catalogue) -> Iterator[Need]:
    for name, finding in findings.items():
        where: Steps = ("findings", name)
        yield Need((*where, "population"), "population", filter(None, [finding.population]), catalogue.populations)
        if isinstance(finding, DerivedFinding):
            yield Need((*where, "of"), "finding", finding.of, catalogue.findings)
        else:
            named = [key for key in (finding.source.reference, finding.source.told_by) if key]
            yield Need((*where, "from"), "reference", named, catalogue.references)


def _of_slots(where: Steps, sentence: str, scope: Mapping[str, Located], catalogue: Catalogue) -> Iterator[Need]:
    for slot in slots(sentence):
        if slot.name == REFERENCE_SLOT:
            yield Need(where, "reference", [slot.part], catalogue.references)
        else:
            yield Need(where, "finding", [slot.name], scope, rule="slot-without-finding")


def _of_topic(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    topic = entry.record
    yield Need(("kin",), "topic", topic.kin, catalogue.topics)
    yield Need(("next",), "topic", topic.next, catalogue.topics)
    yield Need(("drugs",), "drug", topic.drugs or (), catalogue.drugs)
    yield Need(("about",), "drug", filter(None, [topic.about]), catalogue.drugs)


def _of_riders(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    for key, rider in entry.record.items():
        yield Need((key, "drugs"), "drug", rider.drugs, catalogue.drugs)
        yield Need((key, "topics"), "topic", rider.topics, catalogue.topics)
        yield Need((key, "from"), "reference", [rider.source.reference], catalogue.references)


def _of_populations(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    for key, population in entry.record.items():
        yield Need((key, "within"), "population", filter(None, [population.within]), catalogue.populations)
        yield Need((key, "see"), "topic", population.see, catalogue.topics)


def _of_aspects(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    for key, aspect in entry.record.items():
        yield Need((key, "see"), "topic", aspect.see, catalogue.topics)


def _of_drugs(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    for name, group in entry.record.classes.items():
        yield Need(("classes", name, "drugs"), "drug", group.drugs, catalogue.drugs)


def _of_messages(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    for number, example in enumerate(entry.record.examples):
        yield Need(("examples", number), "topic", [example.topic], catalogue.topics)
        yield Need(("examples", number), "drug", [example.drug], catalogue.drugs)


_NEEDS: dict[str, Callable[[Entry, Catalogue], Iterator[Need]]] = {
    "answer": _of_answer,
    "study": _of_study,
    "topic": _of_topic,
    "riders": _of_riders,
    "populations": _of_populations,
    "aspects": _of_aspects,
    "drugs": _of_drugs,
    "messages": _of_messages,
}


def sentences(answer: Answer) -> Iterator[tuple[Steps, str]]:
    """Every sentence of an answer that can hold slots, with the path that leads to it."""
    yield ("answer",), answer.answer
    for number, detail in enumerate(answer.details):
        yield ("details", number), detail
    for number, disagreement in enumerate(answer.disagreements):
        for side, sentence in enumerate(disagreement.sides):
            yield ("disagreements", number, "sides", side), sentence
    for key, special in answer.populations.items():
        yield ("populations", key, "answer"), special.answer
        for number, detail in enumerate(special.details):
            yield ("populations", key, "details", number), detail
    for key, gap in answer.gaps.items():
        if gap.says:
            yield ("gaps", key, "says"), gap.says

"""Every key that a record names must exist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.content.layout import GENERAL, cell_of, path_of
from bot.content.reading import Entry, Reading
from bot.content.sentences import Sentence, sentences
from bot.domain.answer import Answer
from bot.domain.catalogue import Catalogue
from bot.domain.entity import Population
from bot.domain.finding import Citation, DerivedFinding, Finding
from bot.domain.place import Place, Problem, Steps
from bot.domain.template import REFERENCE_SLOT, slots

FEW = 12
"""As many names are listed where none is like the one that was written."""


@dataclass(frozen=True, slots=True)
class Need:
    """Keys that stand at a place in a file, and what they must be keys of."""

    where: Steps
    noun: str
    keys: Iterable[str]
    known: Collection[str]
    rule: str = "unknown-key"


def broken_links(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    """A problem for every key that does not exist, with the nearest that does, and for groups within themselves.

    A key that leads into a file which could not be read is passed over: nobody knows yet.
    """
    unread = reading.unread
    for entry in reading.entries.values():
        if needs := _NEEDS.get(entry.kind.name):
            yield from _unmet(entry.document.place, needs(entry, catalogue), unread)
    for sentence in sentences(catalogue):
        yield from _broken_slots(sentence, catalogue, unread)
    yield from _circles(catalogue)


def _unmet(place: Callable[[Steps], Place], needs: Iterable[Need], unread: frozenset[str]) -> Iterator[Problem]:
    for need in needs:
        for key in need.keys:
            if key not in need.known and unread.isdisjoint(key.split(".")):
                yield Problem(
                    place((*need.where, key)),
                    need.rule,
                    f"there is no {need.noun} called `{key}`",
                    nearest(key, need.known),
                )


def nearest(key: str, known: Collection[str]) -> str:
    """The names most like a misspelt one; all of them where they are few."""
    if near := get_close_matches(key, known, n=3):
        return f"Did you mean {' or '.join(f'`{name}`' for name in near)}?"
    if len(known) <= FEW:
        return f"Use one that exists: {', '.join(sorted(known)) or 'there is none yet'}."
    return f"Nothing among the {len(known)} that exist is like it: look at a neighbouring file, or add it."


def _broken_slots(sentence: Sentence, catalogue: Catalogue, unread: frozenset[str]) -> Iterator[Problem]:
    """Braces that cannot be filled: not closed, or around a name that the bot does not know there."""
    if not sentence.said.findings and not sentence.said.fills:
        if {"{", "}"} & set(sentence.template):
            remedy = "Take the braces out, or write round ones."
            yield Problem(
                sentence.place, "broken-slot", "nothing is filled in here, so no brace may stand here", remedy
            )
    elif not sentence.is_closed:
        said = "a brace is opened and not closed, or closed and never opened"
        yield Problem(sentence.place, "broken-slot", said, "Write {name}, with both braces.")
    else:
        yield from _unmet(lambda _: sentence.place, _of_slots(sentence, catalogue), unread)


def _of_slots(sentence: Sentence, catalogue: Catalogue) -> Iterator[Need]:
    if not sentence.said.findings:
        yield from _of_words(sentence)
        return
    for slot in sentence.slots:
        if slot.name == REFERENCE_SLOT:
            yield Need((), "reference", [slot.part], catalogue.references)
        else:
            yield Need((), "finding", [slot.name], sentence.scope, rule="slot-without-finding")


def _of_words(sentence: Sentence) -> Iterator[Need]:
    """Words that the bot fills in."""
    for slot in slots(sentence.template) if sentence.said.fills else ():
        named = f"{slot.name}:{slot.part}" if slot.part else slot.name
        yield Need((), "word that is filled in here", [named], sentence.said.fills, rule="unknown-slot")


def _circles(catalogue: Catalogue) -> Iterator[Problem]:
    """Groups that lie within themselves, by whatever way round."""
    for key, population in catalogue.populations.items():
        passed: list[str] = []
        wider: Population | None = population
        while wider and wider.within and wider.within not in passed:
            passed.append(wider.within)
            wider = catalogue.populations.get(wider.within)
        if key in passed:
            yield Problem(
                catalogue.place(path_of("populations"), key, "within"),
                "within-itself",
                f"`{key}` lies within itself: {' within '.join((key, *passed[: passed.index(key) + 1]))}",
                "Take out one `within`: the widest group has none.",
            )


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
    yield from _of_findings(answer.findings, catalogue, taken_over=())


def _of_study(entry: Entry, catalogue: Catalogue) -> Iterator[Need]:
    study = entry.record
    yield Need(("drug",), "drug", [study.drug], catalogue.drugs)
    yield Need(("population",), "population", [study.population, *study.mix], catalogue.populations)
    yield _of_citation(("from",), study.source, catalogue)
    if study.same_patients_as:
        yield Need(("same_patients_as",), "study", [study.same_patients_as], catalogue.studies)
    taken_over = (study.population, study.source.reference, study.source.told_by)
    yield from _of_findings(study.findings, catalogue, taken_over)


def _of_findings(
    findings: Mapping[str, Finding], catalogue: Catalogue, taken_over: Collection[str | None]
) -> Iterator[Need]:
    """What findings name of their own. What they take over from their study is reported there."""
    for name, finding in findings.items():
        where: Steps = ("findings", name)
        population = [key for key in (finding.population,) if key and key not in taken_over]
        yield Need((*where, "population"), "population", population, catalogue.populations)
        if isinstance(finding, DerivedFinding):
            yield Need((*where, "of"), "finding", finding.of, catalogue.findings)
        else:
            yield _of_citation((*where, "from"), finding.source, catalogue, taken_over)


def _of_citation(
    where: Steps, citation: Citation, catalogue: Catalogue, taken_over: Collection[str | None] = ()
) -> Need:
    named = [key for key in (citation.reference, citation.told_by) if key and key not in taken_over]
    return Need(where, "reference", named, catalogue.references)


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
        yield _of_citation((key, "from"), rider.source, catalogue)


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
    for number, group in enumerate(entry.record.topic_groups):
        yield Need(("topic_groups", number, "topics"), "topic", group.topics, catalogue.topics)
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

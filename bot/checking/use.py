"""Rules on what is there: that all of it can be reached, and fits the screen."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answering.stating import PRESENT, Cell, Statements, library_of
from bot.content.layout import path_of, path_of_answer
from bot.content.sentences import Sentence, sentences
from bot.domain.catalogue import Catalogue
from bot.domain.finding import DerivedFinding
from bot.domain.place import Place, Problem, Severity
from bot.domain.reply import Stated
from bot.domain.template import REFERENCE_SLOT
from bot.rendering.figures import PARTS, figure
from bot.rendering.page import first_screen

MOST_CHARACTERS = 400
MOST_LINES = 6


def unused_findings(catalogue: Catalogue) -> Iterator[Problem]:
    """A finding that no sentence names. Those of a study are listed with the study, and so are always used."""
    used = set(_named(catalogue))
    for located in catalogue.findings.values():
        if located.study is None and located.id not in used:
            yield Problem(
                located.place,
                "unused-finding",
                f"no answer uses the finding `{located.id}`",
                "Name it in a sentence as {name}, or remove it.",
                Severity.WARNING,
            )


def _named(catalogue: Catalogue) -> Iterator[str]:
    for sentence in sentences(catalogue):
        yield from (sentence.scope[slot.name].id for slot in sentence.slots if slot.name != REFERENCE_SLOT)
    for (drug, topic), answer in catalogue.answers.items():
        scope = catalogue.scope(drug, topic)
        yield from (scope[name].id for gap in answer.gaps.values() for name in gap.nearby or ())
    for located in catalogue.findings.values():
        if isinstance(located.finding, DerivedFinding):
            yield from located.finding.of


def unused_references(catalogue: Catalogue) -> Iterator[Problem]:
    """A source that nothing cites."""
    cited = {citation.reference for located in catalogue.findings.values() for citation in located.citations}
    cited |= {citation.told_by or "" for located in catalogue.findings.values() for citation in located.citations}
    cited |= {rider.source.reference for rider in catalogue.riders.values()}
    for key in catalogue.references.keys() - cited:
        yield Problem(
            catalogue.place(path_of("reference", key)),
            "unused-reference",
            f"nothing cites `{key}`",
            "Cite it from a finding, or remove the file.",
            Severity.WARNING,
        )


def unknown_part(catalogue: Catalogue) -> Iterator[Problem]:
    """A slot that asks for a part that no figure has."""
    for sentence in sentences(catalogue):
        for slot in sentence.slots:
            if slot.name != REFERENCE_SLOT and slot.part not in PARTS:
                yield Problem(
                    sentence.place,
                    "unknown-part",
                    f"{{{slot.name}:{slot.part}}} asks for a part that figures do not have",
                    f"Use one of {', '.join(PARTS[1:])}, or nothing.",
                )


def empty_part(catalogue: Catalogue) -> Iterator[Problem]:
    """A slot that asks for a part that this figure does not have: nothing would stand there."""
    for sentence in sentences(catalogue):
        for slot in sentence.slots:
            if slot.name != REFERENCE_SLOT and not figure(sentence.scope[slot.name], slot.part):
                yield Problem(
                    sentence.place,
                    "empty-part",
                    f"{{{slot.name}:{slot.part}}} prints nothing: the finding `{slot.name}` has no such part",
                    "Name another part, or enter what the source gives for this one.",
                )


def answer_without_source(catalogue: Catalogue) -> Iterator[Problem]:
    """The first sentence of a stated answer, for all or for a group, that nobody is cited for."""
    for sentence in _of_present(catalogue):
        if sentence.steps[-1] == "answer" and not sentence.slots:
            yield Problem(
                sentence.place,
                "answer-without-source",
                f'no source stands behind the answer "{sentence.template[:60]}"',
                "Name a finding in it as {name}, or say under `state` which kind of absence it is.",
            )


def detail_without_source(catalogue: Catalogue) -> Iterator[Problem]:
    """A sentence behind a stated answer that nobody is cited for."""
    for sentence in _of_present(catalogue):
        if sentence.said.findings and "details" in sentence.steps and not sentence.slots:
            yield Problem(
                sentence.place,
                "detail-without-source",
                f'no source stands behind "{sentence.template[:60]}"',
                "Make it a finding with its locator and name that here, or drop the sentence.",
            )


def _of_present(catalogue: Catalogue) -> Iterator[Sentence]:
    """The sentences of the answers that state something."""
    present = {path_of_answer(*cell) for cell, answer in catalogue.answers.items() if answer.state in PRESENT}
    return (sentence for sentence in sentences(catalogue) if sentence.place.path in present)


def first_screen_too_long(catalogue: Catalogue) -> Iterator[Problem]:
    """An answer, for all or for a group, or a study card that a registrar cannot take in at a glance."""
    library = library_of(catalogue)
    for place, stated in _stated(catalogue):
        screen = first_screen(stated, library)
        lines = screen.count("\n") + 1
        if len(screen) > MOST_CHARACTERS or lines > MOST_LINES:
            yield Problem(
                place,
                "first-screen-too-long",
                f"the first screen has {len(screen)} characters in {lines} lines,"
                f" more than {MOST_CHARACTERS} in {MOST_LINES}",
                "Shorten it; move what can wait to `details` or to a finding.",
            )


def _stated(catalogue: Catalogue) -> Iterator[tuple[Place, Stated]]:
    statements = Statements(catalogue)
    for (drug, topic), answer in catalogue.answers.items():
        path = path_of_answer(drug, topic)
        yield catalogue.place(path, "answer"), statements.of(Cell(topic, drug))
        for key in answer.populations:
            yield catalogue.place(path, "populations", key), statements.of(Cell(topic, drug, population=key))
        for key in answer.gaps:
            cell = Cell(topic, drug, aspect=key) if key in catalogue.aspects else Cell(topic, drug, population=key)
            yield catalogue.place(path, "gaps", key), statements.of(cell)
    for key in catalogue.studies:
        yield catalogue.place(path_of("study", key), "summary"), statements.of_study(key)

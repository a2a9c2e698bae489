"""What the knowledge base states about one topic, one drug and one group of patients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain.answer import Answer, Disagreement, Gap, State
from bot.domain.catalogue import Catalogue, Located
from bot.domain.finding import Finding, Statement
from bot.domain.reply import MOST_KEPT, Contrast, Library, Passage, SafetyLine, Stated
from bot.domain.template import slots

PRESENT = frozenset({State.REPORTED, State.REPORTED_NONE})


@dataclass(frozen=True, slots=True)
class Cell:
    """One question to the knowledge base."""

    topic: str
    drug: str | None
    population: str | None = None
    aspect: str | None = None


class Statements:
    """Looks cells up in a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        # The same objects each time, as long as they are among the latest, so that each is laid out once.
        self._stated = lru_cache(MOST_KEPT)(self._of)
        self._told = lru_cache(MOST_KEPT)(self._of_study)
        self._beside = lru_cache(MOST_KEPT)(self._nearby)

    def of(self, cell: Cell) -> Stated:
        """What stands there: an answer, or which kind of absence."""
        return self._stated(cell)

    def nearby(self, cell: Cell, beside: tuple[Stated, ...] = ()) -> tuple[Stated, ...]:
        """What may be offered beside a gap: the findings that the gap names, else the answer for all patients.

        Without the safety lines that what stands beside it shows already.
        """
        return self._beside(cell, frozenset(rider for one in beside for rider in one.riders))

    def of_study(self, key: str) -> Stated:
        """What one study found."""
        return self._told(key)

    def _of(self, cell: Cell) -> Stated:
        answer = self._catalogue.answers.get((cell.drug, cell.topic))
        gap = self._gap(answer, cell)
        if gap is not None:
            return self._absent(cell, gap)
        if answer is None:
            return self._absent(cell, Gap(state=State.NOT_CURATED))
        return self._present(cell, answer)

    def state(self, cell: Cell) -> State:
        """Whether an answer stands there, or which kind of absence."""
        answer = self._catalogue.answers.get((cell.drug, cell.topic))
        if gap := self._gap(answer, cell):
            return gap.state
        return self._catalogue.state_of(cell.drug, cell.topic)

    def _nearby(self, cell: Cell, shown: frozenset[SafetyLine]) -> tuple[Stated, ...]:
        return tuple(
            replace(one, riders=tuple(rider for rider in one.riders if rider not in shown)) for one in self._near(cell)
        )

    def _near(self, cell: Cell) -> tuple[Stated, ...]:
        answer = self._catalogue.answers.get((cell.drug, cell.topic))
        if answer is None or answer.state not in PRESENT:
            return ()
        gap = self._gap(answer, cell)
        general = self._present(replace(cell, population=None, aspect=None), answer)
        if gap is None or gap.nearby is None:
            return (replace(general, details=(), contrasts=()),)
        scope = self._catalogue.scope(cell.drug, cell.topic)
        named = " ".join(f"{_capital(_named(key, scope[key].finding))}." for key in gap.nearby).replace("..", ".")
        return (replace(general, lead=Passage(_capital(named), scope), details=(), contrasts=()),) if named else ()

    def _of_study(self, key: str) -> Stated:
        study = self._catalogue.studies[key]
        scope = self._catalogue.scope_of_study(key)
        told = {slot.name for slot in slots(study.summary or "")}
        listed = tuple(_named(name, finding) for name, finding in study.findings.items() if name not in told)
        caution = (study.caution,) if study.caution else ()
        return Stated(
            topic=self._catalogue.study_topic or key,
            title=study.name,
            drug=study.drug,
            drug_name=self._catalogue.drugs[study.drug].name,
            population=None,
            population_name=None,
            state=State.REPORTED,
            lead=Passage(study.summary or listed[0], scope),
            notes=caution,
            details=tuple(Passage(_capital(line), scope) for line in listed),
            riders=self._riders(Cell(self._catalogue.study_topic or key, study.drug)),
            is_study=True,
        )

    def _gap(self, answer: Answer | None, cell: Cell) -> Gap | None:
        """The absence that was asked about, if it is one."""
        gaps = answer.gaps if answer else {}
        if cell.aspect:
            return gaps.get(cell.aspect, Gap(state=State.NOT_REPORTED))
        if cell.population is None or (answer and cell.population in answer.populations):
            return None
        if cell.population in gaps:
            return gaps[cell.population]
        if self._catalogue.populations[cell.population].general_figure or self._is_about(answer, cell.population):
            return None
        return Gap(state=State.NOT_REPORTED)

    def _is_about(self, answer: Answer | None, population: str) -> bool:
        """Whether the answer's own findings are on this very group, as contraception is on pregnancy."""
        return answer is not None and any(finding.population == population for finding in answer.findings.values())

    def _absent(self, cell: Cell, gap: Gap) -> Stated:
        says = gap.says or self._absence(cell, gap.state)
        blank = self._frame(cell, gap.state, Passage(says, self._catalogue.scope(cell.drug, cell.topic)))
        return blank if (cell.drug, cell.topic) in self._catalogue.answers else replace(blank, riders=())

    def _absence(self, cell: Cell, state: State) -> str:
        messages, topic = self._catalogue.messages, self._catalogue.topics[cell.topic]
        drug = self._catalogue.drugs[cell.drug].name if cell.drug else ""
        if state is State.NOT_CURATED:
            return messages.not_curated.format(topic=topic.title, drug=drug)
        if cell.aspect:
            aspect = self._catalogue.aspects[cell.aspect]
            return aspect.says or messages.no_such_figure.format(aspect=aspect.name, drug=drug)
        if cell.population:
            name = self._catalogue.populations[cell.population].name
            return messages.not_for_population.format(topic=topic.title, drug=drug, population=name)
        return messages.not_reported.format(topic=topic.title, drug=drug)

    def _present(self, cell: Cell, answer: Answer) -> Stated:
        scope = self._catalogue.scope(cell.drug, cell.topic)
        special = answer.populations.get(cell.population or "")
        lead = Passage(special.answer if special else answer.answer, scope)
        details = (*(special.details if special else ()), *((answer.answer,) if special else ()), *answer.details)
        stated = self._frame(cell, answer.state, lead)
        headline = special.headline if special else answer.headline
        return replace(
            stated,
            headline=Passage(headline, scope) if headline else None,
            notes=() if special else self._wider(cell, lead.findings),
            details=tuple(Passage(detail, scope) for detail in details),
            contrasts=tuple(_contrast(one, scope) for one in answer.disagreements),
        )

    def _frame(self, cell: Cell, state: State, lead: Passage) -> Stated:
        population = self._catalogue.populations.get(cell.population or "")
        aspect = self._catalogue.aspects.get(cell.aspect or "")
        topic = self._catalogue.topics[cell.topic]
        return Stated(
            topic=cell.topic,
            title=aspect.name if aspect else topic.title,
            drug=cell.drug,
            drug_name=self._catalogue.drugs[cell.drug].name if cell.drug else None,
            population=cell.population,
            population_name=population.name if population and not _is_said(population.name, topic.title) else None,
            state=state,
            lead=lead,
            riders=self._riders(cell),
            aspect=cell.aspect,
        )

    def _riders(self, cell: Cell) -> tuple[SafetyLine, ...]:
        """By rule on drug and topic, never by what an editor wrote in the answer."""
        return tuple(
            SafetyLine(rider.says, rider.source)
            for rider in self._catalogue.riders.values()
            if cell.drug in rider.drugs and cell.topic in rider.topics
        )

    def _wider(self, cell: Cell, findings: tuple[Located, ...]) -> tuple[str, ...]:
        """Says so where the figure is for a wider group than the one asked about."""
        if cell.population is None or not findings:
            return ()
        populations = self._catalogue.populations
        about = findings[0].finding.population or next(iter(populations))
        if cell.population in self._catalogue.lineage(about):
            return ()
        return (
            self._catalogue.messages.wider_figure.format(
                population=populations[cell.population].name, wider=populations[about].name
            ),
        )


def _is_said(name: str, title: str) -> bool:
    """Whether a title names the group already: "Harm in pregnancy"."""
    return bool(set(name.casefold().split()) & set(title.casefold().split()))


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _named(name: str, finding: Finding) -> str:
    """A finding as a sentence of its own. A statement is one already."""
    return f"{{{name}}}" if isinstance(finding, Statement) else f"{finding.says}: {{{name}}}"


def _contrast(disagreement: Disagreement, scope: Mapping[str, Located]) -> Contrast:
    sides = tuple(Passage(side, scope) for side in disagreement.sides)
    return Contrast(disagreement.about, sides, disagreement.note)


def library_of(catalogue: Catalogue) -> Library:
    """What rendering looks up."""
    messages = catalogue.messages
    return Library(catalogue.references, messages.disclaimer, messages.withheld, messages.shortened, messages.continued)

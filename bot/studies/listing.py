"""The studies as a list: by drug, by who was studied, by dose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.catalogue import Catalogue, Located
from bot.domain.figure import Bound, Point, Range, Unit
from bot.domain.reference import Design, Study
from bot.rendering.figures import figure
from bot.studies.outcomes import RELAPSE, RESPONSE, Measure, outcome, told_by_others

DOSES = ("start_dose", "dose", "dose_given", "dose_in_cases", "effective_dose", "raised_dose", "maintenance_dose")
"""Names of the findings that say what the patients took, in the order in which a list shows the first."""
_DAILY = frozenset({Unit.MG_DAILY, Unit.MG_AT_NIGHT})
_OPEN_BELOW = frozenset({Bound.UP_TO, Bound.LESS_THAN})
_OPEN_ABOVE = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One study of the list. What its source does not give, or was not read, is None."""

    key: str
    name: str
    drug: str
    patients: int | None
    design: str
    population: str
    dose: str | None
    response: str | None
    relapse: str | None
    same_patients_as: str | None = None
    """Name of another study of the same patients."""

    @property
    def text(self) -> str:
        """Name, n, design, population, dose, response and relapse in one line."""
        size = f"n {self.patients}" if self.patients else "n not given"
        figures = [
            self.dose or "no dose figure",
            f"response {self.response}" if self.response else "no response figure",
            f"relapse {self.relapse}" if self.relapse else "no relapse figure",
        ]
        again = [f"same patients as {self.same_patients_as}"] if self.same_patients_as else []
        return " · ".join([self.name, size, self.design, self.population, *figures, *again])


def listed(
    catalogue: Catalogue, drug: str | None = None, population: str | None = None, dose: Decimal | None = None
) -> tuple[StudyLine, ...]:
    """The studies of a drug, of a group of patients or a narrower one, and of a dose in mg daily; the largest first.

    Raises KeyError for a population that does not exist.
    """
    found = [
        _line(catalogue, key, study, dose)
        for key, study in _of(catalogue, drug, population)
        if dose is None or any(not located.withheld and _gave(located, dose) for located in doses(catalogue, key))
    ]
    return tuple(sorted(found, key=lambda line: (-(line.patients or 0), line.name)))


def is_listed(catalogue: Catalogue, drug: str | None, population: str | None) -> bool:
    """Whether there is any. Raises KeyError as `listed` does."""
    return next(_of(catalogue, drug, population), None) is not None


def _of(catalogue: Catalogue, drug: str | None, population: str | None) -> Iterator[tuple[str, Study]]:
    if population is not None:
        catalogue.lineage(population)
    for key, study in catalogue.studies.items():
        if drug in {None, study.drug} and (population is None or population in _groups(catalogue, study)):
            yield key, study


def doses(catalogue: Catalogue, study: str) -> tuple[Located, ...]:
    """The findings of a study that give a daily dose in mg; what only others tell comes last."""
    named = (catalogue.findings.get(f"{study}.{name}") for name in DOSES)
    found = [located for located in named if located and _span(located)]
    return tuple(sorted(found, key=told_by_others))


def _groups(catalogue: Catalogue, study: Study) -> set[str]:
    """Everybody who was in it: the population, the kinds in the mix, and the wider groups of all of them."""
    return {wider for key in (study.population, *study.mix) for wider in catalogue.lineage(key)}


def _gave(located: Located, dose: Decimal) -> bool:
    span = _span(located)
    return span is not None and span[0] <= dose <= span[1]


def _span(located: Located) -> tuple[Decimal, Decimal] | None:
    """From the lowest to the highest daily dose; None for what is no daily dose. An open end has no limit."""
    value, endless = getattr(located.finding, "value", None), Decimal("Infinity")
    if isinstance(value, Range) and {value.unit, value.low_unit or value.unit} <= _DAILY:
        return value.low or Decimal(), endless if value.high is None else value.high
    if isinstance(value, Point) and value.unit in _DAILY:
        low = Decimal() if value.bound in _OPEN_BELOW else value.amount
        high = endless if value.bound in _OPEN_ABOVE else value.amount
        return value.low or low, value.high or high
    return None


def _line(catalogue: Catalogue, key: str, study: Study, dose: Decimal | None) -> StudyLine:
    """The study; of several doses it shows the first, or the first that fits the one that was asked for."""
    shown = (located for located in doses(catalogue, key) if dose is None or _gave(located, dose))
    return StudyLine(
        key=key,
        name=study.name,
        drug=study.drug,
        patients=study.patients,
        design=str(study.design),
        population=catalogue.populations[study.population].name,
        dose=next((_said(located, figure(located)) for located in shown), None),
        response=_outcome(catalogue, key, RESPONSE),
        relapse=_outcome(catalogue, key, RELAPSE),
        same_patients_as=catalogue.studies[study.same_patients_as].name if study.same_patients_as else None,
    )


def _outcome(catalogue: Catalogue, key: str, measure: Measure) -> str | None:
    """The figure in words: pooled ones and bare counts as printed, the others as counts or a percentage."""
    if catalogue.studies[key].design is not Design.META_ANALYSIS and (found := outcome(catalogue, key, measure)):
        return _said(found.findings[0], f"{found.words} (our sum)" if found.summed else found.words)
    return next((_said(located, figure(located)) for located in _printed(catalogue, key, measure)), None)


def _printed(catalogue: Catalogue, key: str, measure: Measure) -> Iterator[Located]:
    """Figures that are no share of a single study's patients: pooled ones, and counts of nobody knows how many."""
    names = dict.fromkeys([*measure.pooled, *measure.names])
    found = (catalogue.findings.get(f"{key}.{name}") for name in names)
    return (located for located in found if located and hasattr(located.finding, "value"))


def _said(located: Located, words: str) -> str:
    return f"{words} (as told by others)" if told_by_others(located) else words

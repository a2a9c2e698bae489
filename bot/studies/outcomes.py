"""How many patients of a study had an outcome, by whichever way the study prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.domain.catalogue import Catalogue, Located
from bot.domain.figure import Bound, Share
from bot.domain.finding import Checked
from bot.domain.reference import Design, Study
from bot.rendering.figures import number


@dataclass(frozen=True, slots=True)
class Measure:
    """An outcome, and the names under which studies hold it."""

    topic: str
    names: Mapping[str, str]
    """Names of a study's finding, the best first, with what is to be said of it where that is not the plain one."""
    parts: tuple[str, ...] = ()
    """Findings that add up to it: everybody with it has one of them and nobody has two."""
    pooled: Mapping[str, str] = field(default_factory=dict)
    """Names of a meta-analysis' findings, with what tells them apart."""


RESPONSE = Measure(
    "response_rate",
    {"response": "", "responded_in_time": "within a set time"},
    ("complete_response", "partial_response"),
    {"response": "pooled"},
)
RELAPSE = Measure(
    "relapse_rate",
    {"relapse": ""},
    pooled={"relapse_off_drug": "off the drug", "relapse_on_maintenance": "on maintenance"},
)
NEUROPATHY = Measure(
    "neuropathy_incidence",
    {"neuropathy": "", "neuropathy_symptoms": "", "sural_fall": "fall in sural amplitude"},
    pooled={"neuropathy": "pooled"},
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The share of a study's patients who had an outcome. Several findings behind it mean that it is our sum."""

    study: str
    findings: tuple[Located, ...]
    percent: Decimal
    count: int | None
    of: int | None
    bound: Bound = Bound.EXACTLY
    qualifier: str = ""

    @property
    def summed(self) -> bool:
        """Whether it was added up here."""
        return len(self.findings) > 1

    @property
    def words(self) -> str:
        """The figure as printed: counts, or the percentage with the number of patients where it is known."""
        if self.count is not None:
            return f"{self.count} of {self.of}" if self.of else str(self.count)
        percent = f"{number(self.percent)}%"
        said = percent if self.bound is Bound.EXACTLY else f"{self.bound} {percent}"
        return f"{said} of {self.of}" if self.of else said


def outcome(catalogue: Catalogue, study: str, measure: Measure) -> Outcome | None:
    """The outcome of one study: its counts, else the sum of its parts, else its percentage.

    None where it has none, or none that may still be shown.
    """
    named = [
        _single(study, found, qualifier)
        for name, qualifier in measure.names.items()
        if (found := catalogue.findings.get(f"{study}.{name}")) and isinstance(found.value, Share)
    ]
    known = [one for one in named if one] + ([total] if (total := _sum(catalogue, study, measure)) else [])
    return next((one for one in known if one.count is not None), known[0] if known else None)


def told_by_others(located: Located) -> bool:
    """Whether only somebody else's account of the study was read."""
    return any(citation.checked is Checked.SECONDARY for citation in located.citations)


def single_studies(catalogue: Catalogue, drug: str) -> dict[str, Study]:
    """The studies of a drug, by key, without meta-analyses."""
    return {
        key: study
        for key, study in catalogue.studies.items()
        if study.drug == drug and study.design is not Design.META_ANALYSIS
    }


def _single(study: str, found: Located, qualifier: str) -> Outcome | None:
    value = found.value
    assert isinstance(value, Share)
    basis = found.finding.basis
    of = value.of or (basis.patients if basis else None)
    if value.percent is None and not of:
        return None
    percent = Decimal(100 * value.count) / of if value.count is not None and of else value.percent
    assert percent is not None
    count = value.count if of else None
    return Outcome(study, (found,), percent, count, of, value.bound, qualifier)


def _sum(catalogue: Catalogue, study: str, measure: Measure) -> Outcome | None:
    """The parts added up, where they are of the same patients and none can be missing."""
    found = [catalogue.findings[key] for name in measure.parts if (key := f"{study}.{name}") in catalogue.findings]
    parts = [one for located in found if isinstance(located.value, Share) and (one := _single(study, located, ""))]
    if len(parts) < len(found) or not parts or len({part.of for part in parts}) > 1:
        return None
    percent = sum((part.percent for part in parts), Decimal())
    if len(parts) < len(measure.parts) and percent < 100:
        return None
    counts = [part.count for part in parts if part.count is not None]
    count = sum(counts) if len(counts) == len(parts) else None
    exact = Decimal(100 * count) / parts[0].of if count is not None and parts[0].of else percent
    return Outcome(study, tuple(found), exact, count, parts[0].of)

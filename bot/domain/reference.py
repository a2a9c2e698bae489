"""A source of the literature, and a study that it reports."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from bot.domain.figure import Positive
from bot.domain.finding import Citation, Finding
from bot.domain.record import Record
from bot.domain.sentence import Name, Plain, Template

Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")]
Pmid = Annotated[str, StringConstraints(pattern=r"^\d{6,9}$")]


class SourceKind(StrEnum):
    """What kind of publication it is, strongest design first among the clinical ones."""

    META_ANALYSIS = "meta_analysis"
    REVIEW = "review"
    STUDY = "study"
    GUIDELINE = "guideline"
    LABEL = "label"
    PROGRAMME = "programme"
    ABSTRACT = "conference_abstract"
    EXPERT = "expert_opinion"
    NEWS = "news"


class Reference(Record):
    """One source: knowledge/references/KEY.yaml."""

    tag: str
    """The short name printed behind a figure: "Yuki 2021". No author that could not be confirmed."""
    kind: SourceKind
    """What kind of publication it is."""
    title: str | None = None
    """Title as published."""
    authors: str | None = None
    """Authors as published. Left out where they could not be confirmed."""
    journal: str | None = None
    """Journal or publisher."""
    year: int | None = None
    """Year of the issue, where it could be confirmed."""
    pages: str | None = None
    """Volume, issue and pages."""
    doi: Doi | None = None
    """Digital object identifier, without https://doi.org/."""
    pmid: Pmid | None = None
    """PubMed number."""
    section: str | None = None
    """For a label: which part of it."""
    note: str | None = None
    """What a reader must know of the source itself."""
    looked_at: date | None = None
    """The day on which somebody last held its figures against it. Left out where nobody noted it."""
    review_by: date | None = None
    """By when somebody should look whether it still holds: a newer edition, a correction. After it, `check` warns."""
    withhold_after: date | None = None
    """The day after which its figures are no longer shown; the citation stays. For labels and the like."""


class Design(StrEnum):
    """How a study was done."""

    META_ANALYSIS = "meta-analysis"
    RANDOMISED = "randomised trial"
    PROSPECTIVE = "prospective series"
    RETROSPECTIVE = "retrospective series"
    SERIES = "case series"
    AUDIT = "audit"
    NOT_STATED = "design not stated"


class Study(Record):
    """One study with the findings taken from it: knowledge/studies/KEY.yaml."""

    name: Name
    """How it is called in an answer: "Cuadrado 2005", or by place and year where no author is confirmed."""
    aliases: tuple[str, ...] = ()
    """How else people name it: "the Chinese multicentre one"."""
    drug: str
    """Key of the drug that was studied."""
    design: Design
    """How it was done."""
    population: str
    """Who was studied: a key of populations.yaml. The findings take it over."""
    mix: dict[str, Positive] = Field(default_factory=dict)
    """How many patients of each kind, by keys of populations.yaml."""
    patients: Positive | None = None
    """Number of patients."""
    studies: Positive | None = None
    """For a meta-analysis: number of studies pooled."""
    same_patients_as: str | None = None
    """Another study of the same patients: the two must never be added together."""
    source: Citation = Field(alias="from")
    """The publication and what was read of it. The findings take it over."""
    summary: Template | None = None
    """What it found, in a sentence with {slots} for its findings."""
    caution: Plain | None = None
    """What a reader must know of the study, in plain words without digits."""
    evidence: tuple[str, ...] = ()
    """Keys of the evidence facts about the study itself: its design, size and patients."""
    findings: dict[str, Finding]
    """Its findings by name. Elsewhere they are called study.name."""

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: Any) -> Any:
        """Give the findings what they take over: the source and the population."""
        if not isinstance(data, dict) or not isinstance(data.get("findings"), dict):
            return data
        findings = {name: _inherit(finding, data) for name, finding in data["findings"].items()}
        return {**data, "findings": findings}


def _inherit(finding: Any, study: dict[str, Any]) -> Any:
    if not isinstance(finding, dict) or "of" in finding:
        return finding
    source, own = study.get("from"), finding.get("from", {})
    taken = {key: study[key] for key in ("population",) if key in study}
    if isinstance(source, dict) and isinstance(own, dict):
        return {**taken, **finding, "from": {**source, **own}}
    return {**taken, **finding}

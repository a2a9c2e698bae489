"""A finding: one figure or statement of one source, typed and located."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from bot.domain.figure import Effect, Point, Positive, Range, Schedule, Share, Tally
from bot.domain.record import Record
from bot.domain.sentence import Plain


class Checked(StrEnum):
    """What was read of the source when the figure was taken from it."""

    FULL_TEXT = "full_text"
    ABSTRACT = "abstract"
    LABEL = "label"
    SECONDARY = "secondary"


class Citation(Record):
    """Where a figure stands."""

    reference: str
    """The source: the name of a file in references/, without .yaml."""
    locator: str
    """Where in the source, so that a reader finds it: "Efficacy, item 5", "Abstract, Results"."""
    checked: Checked
    """What was read: full_text, abstract, label, or secondary (somebody else's account of it)."""
    cites: tuple[Positive, ...] = ()
    """Numbers that the source itself cites here, from its own reference list. Not resolved by us."""
    told_by: str | None = None
    """For secondary: the reference whose account was read."""


class Basis(Record):
    """Who stands behind a figure."""

    patients: Positive | None = None
    """Number of patients."""
    studies: Positive | None = None
    """Number of studies."""
    design: Plain | None = None
    """Design in a word or two: "prospective", "retrospective", "pooled"."""


class Method(StrEnum):
    """How a harm was looked for."""

    SYMPTOMS = "symptoms"
    NERVE_TESTS = "nerve_tests"
    CONFIRMED = "symptoms_then_nerve_tests"
    NOT_STATED = "not_stated"


class _Finding(Record):
    says: Plain
    """What it is about, in a few plain words without digits. For a statement: the sentence itself."""
    population: str | None = None
    """Who it is about: a key of populations.yaml. Left out: the first one there, the whole subject."""
    basis: Basis | None = None
    """How many patients or studies stand behind it, where the value does not say so itself."""
    method: Method | None = None
    """For a harm: how it was looked for."""
    caution: Plain | None = None
    """What a reader must know before using the figure, in plain words without digits."""
    evidence: tuple[str, ...] = ()
    """Keys of the evidence facts that it was taken from."""
    review_by: date | None = None
    """By when it should be looked at again, where that differs from its source. After it, `check` warns."""
    withhold_after: date | None = None
    """The day after which the figure is no longer shown, where that differs from its source."""


def _source_may_be_inherited(schema: dict[str, Any]) -> None:
    """A study hands its own source down to its findings, so an editor's `from` is optional there."""
    schema["required"] = [field for field in schema.get("required", ()) if field != "from"]


class _Sourced(_Finding):
    model_config = ConfigDict(json_schema_extra=_source_may_be_inherited)

    source: Citation = Field(alias="from")
    """Where it stands. A finding of a study takes what is missing here from its study."""


class ShareFinding(_Sourced):
    """A share of patients or of studies."""

    kind: Literal["share_of_patients", "share_of_studies"]
    """Share of patients is not share of studies: say which."""
    value: Share
    """Counts, a percentage, or both."""


class RangeFinding(_Sourced):
    """A range."""

    kind: Literal["usual_range", "full_range", "range_of_studies", "doses_used"]
    """usual_range holds for most; full_range goes to the extremes; range_of_studies runs over study results."""
    value: Range
    """From low to high."""


class PointFinding(_Sourced):
    """A single number for a group."""

    kind: Literal["mean", "median", "usual", "single", "rate"]
    """What kind of number it is."""
    value: Point
    """The number, with its spread."""


class CountFinding(_Sourced):
    """A number of things."""

    kind: Literal["count"]
    """A plain count."""
    value: Tally
    """The number."""


class EffectFinding(_Sourced):
    """A ratio."""

    kind: Literal["odds_ratio", "risk_ratio", "hazard_ratio"]
    """Which ratio."""
    value: Effect
    """The ratio with its interval."""


class ScheduleFinding(_Sourced):
    """How often something is to be done."""

    kind: Literal["interval"]
    """An interval."""
    value: Schedule
    """The interval."""


class Statement(_Sourced):
    """Something said without a figure."""

    kind: Literal["advice", "position", "observation", "mechanism", "rule", "none_reported", "absence"]
    """advice and position are opinions; observation was seen; a rule is a label's or a programme's."""


class DerivedFinding(_Finding):
    """Our own reading over several findings. Computed by the program, never typed, and said to be ours."""

    kind: Literal["span", "commonest"]
    """span: from the lowest to the highest. commonest: the value that occurs most often, and how often."""
    of: tuple[str, ...] = Field(min_length=2)
    """The findings that it runs over, as study.finding."""


SourcedFinding = ShareFinding | RangeFinding | PointFinding | CountFinding | EffectFinding | ScheduleFinding | Statement

Finding = Annotated[SourcedFinding | DerivedFinding, Field(discriminator="kind")]

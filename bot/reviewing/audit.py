"""Holds the content against the evidence that it was written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from bot.content.evidence import Evidence, Fact
from bot.domain.catalogue import Catalogue
from bot.domain.finding import Checked, DerivedFinding
from bot.domain.place import Place, Problem
from bot.domain.record import Record
from bot.reviewing.wording import copied_sentences

UNUSED = "knowledge/unused_evidence.yaml"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a finding or a study takes from the evidence: its numbers, and the facts that it names for them."""

    id: str
    place: Place
    evidence: tuple[str, ...]
    checked: Checked
    numbers: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Audit:
    """What does not hold, how much of the evidence is used, and which claims rest on a paraphrase for a number."""

    problems: tuple[Problem, ...]
    used: int
    left_out: int
    claims: int
    retold: tuple[str, ...]

    @property
    def summary(self) -> str:
        """A few lines for the terminal."""
        lines = [
            f"{self.used} facts are used by {self.claims} findings and studies, {self.left_out} are left out.",
            f"A number stands in the paraphrase of its fact alone: {', '.join(self.retold) or 'nowhere'}.",
            f"{len(self.problems)} problem(s).",
        ]
        return "\n".join(lines)


def audit_of(catalogue: Catalogue, evidence: Evidence) -> Audit:
    """Every rule on every finding, study and fact."""
    claims = tuple(_claims(catalogue))
    problems = [problem for rule in _RULES for claim in claims for problem in rule(claim, evidence)]
    problems += _unaccounted(claims, catalogue, evidence)
    problems += copied_sentences(catalogue, evidence.sources)
    used = {key for claim in claims for key in claim.evidence}
    retold = tuple(claim.id for claim in claims if claim.numbers & _retold(claim, evidence))
    return Audit(tuple(sorted(problems)), len(used), len(catalogue.unused_evidence), len(claims), retold)


def _claims(catalogue: Catalogue) -> Iterator[Claim]:
    for key, study in catalogue.studies.items():
        numbers = _numbers([study.patients, study.studies, *study.mix.values()])
        place = catalogue.place(f"knowledge/studies/{key}.yaml", "evidence")
        yield Claim(key, place, study.evidence, study.source.checked, frozenset(numbers))
    for located in catalogue.findings.values():
        finding = located.finding
        if not isinstance(finding, DerivedFinding):
            numbers = _numbers([getattr(finding, "value", None), finding.basis])
            yield Claim(located.id, located.place, finding.evidence, finding.source.checked, frozenset(numbers))


def _numbers(part: object) -> Iterator[Decimal]:
    """Every number in a record or a list. Words, units and bounds hold none."""
    if isinstance(part, Record):
        yield from _numbers([getattr(part, name) for name in type(part).model_fields])
    elif isinstance(part, list):
        for item in part:
            yield from _numbers(item)
    elif isinstance(part, int | Decimal) and not isinstance(part, Enum):
        yield Decimal(part)


def _unsupported(claim: Claim, _evidence: Evidence) -> Iterator[Problem]:
    if not claim.evidence:
        yield Problem(
            claim.place,
            "without-evidence",
            f"`{claim.id}` names no fact that it was taken from",
            "Add the fact's id under `evidence`.",
        )


def _unknown(claim: Claim, evidence: Evidence) -> Iterator[Problem]:
    for key in claim.evidence:
        if key not in evidence.facts:
            yield Problem(
                claim.place,
                "unknown-evidence",
                f"`{claim.id}` names `{key}`, which is no fact of the evidence",
                "Correct the id, or take the finding out.",
            )


def _read_otherwise(claim: Claim, evidence: Evidence) -> Iterator[Problem]:
    facts = _facts(claim, evidence)
    if facts and claim.checked not in {fact.verified for fact in facts}:
        verified = ", ".join(f"{fact.id} {fact.verified}" for fact in facts)
        yield Problem(
            claim.place,
            "checked-disagrees",
            f"`{claim.id}` says {claim.checked}, its evidence says otherwise: {verified}",
            "Say under `checked` what was read for the fact.",
        )


def _not_printed(claim: Claim, evidence: Evidence) -> Iterator[Problem]:
    facts = _facts(claim, evidence)
    if facts and (missing := claim.numbers - _printed(facts) - _retold(claim, evidence)):
        yield Problem(
            claim.place,
            "number-not-in-evidence",
            f"{', '.join(map(str, sorted(missing)))} in `{claim.id}` stands in none of {', '.join(claim.evidence)}",
            "Compare with the fact: the figure or the id is wrong.",
        )


def _printed(facts: tuple[Fact, ...]) -> frozenset[Decimal]:
    return frozenset(number for fact in facts for number in fact.numbers)


def _retold(claim: Claim, evidence: Evidence) -> frozenset[Decimal]:
    """Numbers that none of the claim's facts prints, but a paraphrase tells."""
    facts = _facts(claim, evidence)
    return frozenset(number for fact in facts for number in fact.retold) - _printed(facts)


def _facts(claim: Claim, evidence: Evidence) -> tuple[Fact, ...]:
    return tuple(evidence.facts[key] for key in claim.evidence if key in evidence.facts)


_RULES: tuple[Callable[[Claim, Evidence], Iterator[Problem]], ...] = (
    _unsupported,
    _unknown,
    _read_otherwise,
    _not_printed,
)


def _unaccounted(claims: tuple[Claim, ...], catalogue: Catalogue, evidence: Evidence) -> Iterator[Problem]:
    """A fact that is neither used nor left out with a reason, or both, or left out and unknown."""
    used = {key for claim in claims for key in claim.evidence}
    for key in evidence.facts.keys() - used - catalogue.unused_evidence.keys():
        yield Problem(
            evidence.facts[key].place,
            "fact-unused",
            f"no finding uses the fact `{key}`, and no reason says why",
            f"Take a finding from it, or give the reason in {UNUSED}.",
        )
    for key in catalogue.unused_evidence:
        if key in used or key not in evidence.facts:
            why = "a finding uses it" if key in used else "there is no such fact"
            place = catalogue.place(UNUSED, key)
            yield Problem(place, "reason-out-of-date", f"`{key}` is left out, but {why}", "Remove the line.")

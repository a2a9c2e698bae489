"""Of a file with a mistake the rest is looked at: what is sound, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.document import Document, parse
from bot.content.layout import Kind, kind_of
from bot.content.remnant import remnant_of
from tests.content.test_faults import documents, sorts, spoilt

STUDY = "knowledge/studies/trial.yaml"
TEXT = """
name: Trial 2019
drug: amilol
design: case series
population: headache
patients: 41
from: {reference: trial, locator: Abstract, checked: abstract}
findings:
  response:
    says: responded
    kind: share_of_patients
    value: {count: 30, of: 41}
  dose:
    says: daily dose
    kind: single
    value: {amount: 50, unit: mg daily}
"""


def study(before: str, after: str) -> tuple[Document, Kind]:
    """The study with something else in one place."""
    document, kind = parse(STUDY, TEXT.replace(before, after, 1)), kind_of(STUDY)
    assert before in TEXT
    assert isinstance(document, Document)
    assert kind
    return document, kind


def test_a_finding_with_a_wrong_figure_is_still_read_for_its_words() -> None:
    """It counts as something seen, so that no rule on figures asks for one."""
    rest = remnant_of(*study("count: 30", "count: many"))
    assert {name: finding.kind for name, finding in rest.record.findings.items()} == {
        "response": "observation",
        "dose": "single",
    }
    assert rest.record.findings["response"].says == "responded"
    assert rest.is_all


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [("says: daily dose", "says: [daily, dose]", "dose"), ("says: daily dose", "word: daily dose", "dose")],
)
def test_what_went_with_a_mistake_is_named(before: str, after: str, lost: str) -> None:
    """Nobody knows what it stood for, so nobody is told that it is missing; more may be wrong within it."""
    rest = remnant_of(*study(before, after))
    assert set(rest.record.findings) == {"response"}
    assert lost in rest.lost
    assert not rest.is_all


def test_without_what_every_study_must_have_nothing_is_left() -> None:
    """Then the mistakes found so far are all that can be known."""
    assert remnant_of(*study("design: case series", "design: [series]")).record is None


def test_whatever_is_spoilt_the_rest_is_a_record_or_nothing() -> None:
    """Every sort of place of the shipped content, with everything wrong in it that a hand may write."""
    seen, left = set(), 0
    for kind, document in documents():
        for sort, steps in sorts(document, kind):
            if sort in seen:
                continue
            seen.add(sort)
            for data in spoilt(document.data, steps):
                left += remnant_of(replace(document, data=data), kind).record is not None
    assert left > 100

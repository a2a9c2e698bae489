"""What is drawn is what the catalogue holds: every figure of it, each once, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.answering.engine import Engine
from bot.domain.catalogue import Catalogue
from bot.domain.figure import Share
from bot.domain.finding import Checked, ShareFinding
from bot.domain.reference import Design
from bot.drawing.comparison import outcomes
from bot.drawing.gallery import drawable, planned
from bot.drawing.plan import Plan, Row, Scale
from bot.drawing.shares import PERCENT, gather
from bot.drawing.times import TICKS, time_scale
from bot.studies.outcomes import NEUROPATHY, RELAPSE, RESPONSE, Measure

MEASURES = {"response": RESPONSE, "relapse": RELAPSE, "neuropathy": NEUROPATHY}
PICTURES = [
    ("response", "thalidomide"),
    ("response", "lenalidomide"),
    ("relapse", "thalidomide"),
    ("relapse", "lenalidomide"),
    ("times", "thalidomide"),
    ("times", "lenalidomide"),
    ("neuropathy", "thalidomide"),
    ("comparison", None),
]


@pytest.fixture(scope="module")
def catalogue(engine: Engine) -> Catalogue:
    return engine.catalogue


@pytest.fixture(scope="module", params=PICTURES, ids=lambda picture: " ".join(filter(None, picture)))
def plan(request: pytest.FixtureRequest, catalogue: Catalogue) -> Plan:
    return planned(catalogue, *request.param)


def test_these_are_all_pictures_that_can_be_drawn(catalogue: Catalogue) -> None:
    assert set(drawable(catalogue)) == set(PICTURES)


def numbers(text: str) -> set[str]:
    """Every number in a text, as it is written."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


@pytest.mark.parametrize(("name", "drug"), [picture for picture in PICTURES if picture[0] in MEASURES])
def test_every_count_of_a_study_is_drawn_where_it_lies(catalogue: Catalogue, name: str, drug: str) -> None:
    """A study's first named counts stand on the picture as they are printed, and its mark at their share."""
    rows = {source.reference: row for row in planned(catalogue, name, drug).rows for source in row.sources}
    for study, value in counts(catalogue, drug, MEASURES[name]):
        row = rows[catalogue.studies[study].source.reference]
        assert row.figure == f"{value.count} of {value.of}"
        assert [mark.at for mark in row.marks] == [pytest.approx(100 * (value.count or 0) / (value.of or 1))]


def counts(catalogue: Catalogue, drug: str, measure: Measure) -> Iterator[tuple[str, Share]]:
    """The counts that were read of the studies themselves, once for the same patients."""
    for key, study in catalogue.studies.items():
        for finding in (study.findings.get(name) for name in measure.names):
            if study.drug != drug or study.design is Design.META_ANALYSIS or study.same_patients_as:
                continue
            if isinstance(finding, ShareFinding) and finding.source.checked is not Checked.SECONDARY:
                if finding.value.count is not None and finding.value.of:
                    yield key, finding.value
                break


def test_a_known_study_stands_as_computed_by_hand(catalogue: Catalogue) -> None:
    """Cuadrado 2005: 29 cleared and 10 improved of 48; by hand 81.25%, Wilson 68.1% to 89.8%."""
    row = next(row for row in planned(catalogue, "response", "thalidomide").rows if row.label == "Cuadrado 2005")
    assert row.figure == "39 of 48*"
    assert row.marks[0].at == 81.25
    (interval,) = row.stretches
    assert interval.low == pytest.approx(68.1, abs=0.05)
    assert interval.high == pytest.approx(89.8, abs=0.05)


def test_the_pooled_estimate_has_its_own_printed_interval(catalogue: Catalogue) -> None:
    pooled = catalogue.findings["chasset_2018.response"].finding
    assert isinstance(pooled, ShareFinding)
    assert pooled.value.ci
    row = next(iter(planned(catalogue, "response", "thalidomide").rows))
    (mark,), (line,) = row.marks, row.stretches
    assert pooled.value.percent == mark.at
    assert line.low == float(pooled.value.ci.low)
    assert line.high == float(pooled.value.ci.high)


def test_a_share_of_nobody_knows_how_many_has_no_interval(catalogue: Catalogue) -> None:
    """Cortes-Hernandez 2012 prints 70% without saying of whom."""
    rows = {row.label: row for row in planned(catalogue, "relapse", "thalidomide").rows}
    assert rows["Cortes-Hernandez 2012"].figure == "70%"
    assert rows["Cortes-Hernandez 2012"].stretches == ()


def test_nobody_is_drawn_twice(catalogue: Catalogue) -> None:
    """Of studies with the same patients one is drawn, and the other is named as left out."""
    for name, drug in PICTURES:
        if name in MEASURES and drug:
            drawn = [one.study for one in gather(catalogue, drug, MEASURES[name]).outcomes]
            assert len(drawn) == len(set(drawn))
            assert not [key for key in drawn if catalogue.studies[key].same_patients_as]
    assert "Penn follow-up letter" in planned(catalogue, "response", "lenalidomide").alt


def test_hearsay_is_not_drawn(plan: Plan) -> None:
    """What only others tell of a study stands on no picture."""
    assert [row.sources for row in plan.rows if row.marks or row.stretches]
    assert all(source.checked is not Checked.SECONDARY for row in plan.rows for source in row.sources)


def test_neuropathy_stands_under_how_it_was_looked_for(catalogue: Catalogue) -> None:
    plan = planned(catalogue, "neuropathy", "thalidomide")
    methods = [section for section in plan.sections if section.sign]
    assert [section.heading for section in methods] == [
        "Nerve tests",
        "Symptoms, then nerve tests",
        "Symptoms alone",
        "How is not stated",
    ]
    for section in methods:
        assert {mark.shape for row in section.rows for mark in row.marks} == {section.sign}
    assert "PubMed 16373260" in {row.label for row in methods[0].rows}
    assert "Cortes-Hernandez 2012" in {row.label for row in methods[1].rows}


def test_patients_with_other_diseases_are_named_as_such(catalogue: Catalogue) -> None:
    labels = [row.label for row in planned(catalogue, "neuropathy", "thalidomide").rows]
    assert "Créteil cohort 2002 (mixed skin diseases)" in labels
    assert "Children's nerve study (children)" in labels


def test_the_comparison_holds_every_study_of_the_subject_in_general(catalogue: Catalogue) -> None:
    plan = planned(catalogue, "comparison")
    for section, measure in zip(plan.sections, (RESPONSE, RELAPSE, NEUROPATHY), strict=True):
        for drug in catalogue.drugs:
            expected = [float(one.percent) for one in outcomes(catalogue, drug, measure)]
            own = [row for row in section.rows if row.label.lower().startswith(drug)]
            assert [mark.at for mark in own[0].marks] == expected
    assert [row.figure for row in plan.sections[2].rows][-1] == "none reported"
    assert any("did not test nerve conduction" in note for note in plan.notes)


def test_times_stand_in_days_and_in_proportion(catalogue: Catalogue) -> None:
    """Yuki 2021: most relapses at 8 to 10 weeks, one week at the earliest."""
    usual, extremes = planned(catalogue, "times", "thalidomide").sections[-1].rows[:2]
    assert (usual.stretches[0].low, usual.stretches[0].high) == (56, 70)
    assert extremes.stretches[0].low == 7
    scale = time_scale()
    assert scale.place(7) - scale.place(1) == pytest.approx(scale.place(49) - scale.place(7))
    assert len(scale.ticks) == len(TICKS)


@pytest.mark.parametrize(("scale", "value", "place"), [(PERCENT, 25, 0.25), (PERCENT, -1, 0), (time_scale(), 9999, 1)])
def test_what_lies_beyond_the_scale_stands_at_its_end(scale: Scale, value: float, place: float) -> None:
    assert scale.place(value) == place


def test_the_words_hold_every_figure_that_is_drawn(plan: Plan) -> None:
    for row in plan.rows:
        assert numbers(row.figure) <= numbers(row.spoken) <= numbers(plan.alt)
        assert row.label in row.spoken


def test_the_words_hold_no_other_figure(plan: Plan, catalogue: Catalogue) -> None:
    """Names and printed figures of what is drawn, ends of intervals in whole percent, and the 95% of the intervals."""
    allowed = {"95"}.union(*map(shown, plan.rows), *map(numbers, plan.notes))
    if plan.caption == planned(catalogue, "comparison").caption:
        allowed |= strips(catalogue)
    assert numbers(plan.alt) <= allowed
    assert numbers(plan.caption) <= allowed | {f"{len(section.rows)}" for section in plan.sections} | whole(plan)


def shown(row: Row) -> set[str]:
    ends = {f"{end:.0f}" for line in row.stretches for end in (line.low, line.high) if end is not None}
    return numbers(row.label) | numbers(row.figure) | ends


def strips(catalogue: Catalogue) -> set[str]:
    """The single studies behind the comparison, by name and figure."""
    found = [
        one for drug in catalogue.drugs for measure in MEASURES.values() for one in outcomes(catalogue, drug, measure)
    ]
    named = (catalogue.references[catalogue.studies[one.study].source.reference].tag for one in found)
    return set().union(*map(numbers, named), *(numbers(one.words) for one in found))


def whole(plan: Plan) -> set[str]:
    singles = [len(section.rows) for section in plan.sections[1:]]
    return {f"{mark.at:.0f}" for row in plan.rows for mark in row.marks} | {str(sum(singles))}


def test_every_picture_says_that_nobody_reviewed_it(plan: Plan, catalogue: Catalogue) -> None:
    assert plan.footer == catalogue.messages.disclaimer
    assert plan.alt.endswith(f"{catalogue.messages.disclaimer}.")


def test_captions_are_short(plan: Plan) -> None:
    assert len(plan.caption) <= 240
    assert "\n" not in plan.caption

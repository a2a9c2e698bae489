"""Evidence ages: every date is shown to editors where they move it, and every answer tells how new its sources are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answering.engine import Engine
from bot.answering.stating import Cell, Statements, library_of
from bot.checking.check import check_content
from bot.checking.deadlines import Standing, deadlines
from bot.cli import main
from bot.content.linking import load
from bot.domain.catalogue import Catalogue
from bot.domain.finding import DerivedFinding
from bot.domain.reply import Answered, Understood
from bot.rendering import html, plain
from bot.rendering.age import last_checked, literature, literature_to
from bot.rendering.data import data
from bot.rendering.page import first_screen
from bot.reviewing.due import due
from tests.test_content import add, break_file

SHIPPED = Path(__file__).parent.parent
TRIAL = "knowledge/references/trial.yaml"
REVIEW = "knowledge/references/review.yaml"
RATE = "knowledge/amilol/response_rate.yaml"
TODAY = date(2026, 6, 1)
HELD_BACK = "Withheld here: nobody has looked in time whether the source still says so."


@pytest.mark.parametrize(
    ("dates", "standing"),
    [
        ("review_by: 2026-05-31", Standing.OVERDUE),
        ("review_by: 2026-06-01", Standing.DUE),
        ("review_by: 2026-07-01", Standing.DUE),
        ("review_by: 2026-07-02", None),
        ("withhold_after: 2026-05-31", Standing.WITHHELD),
        ("withhold_after: 2026-06-01", Standing.DUE),
        ("review_by: 2026-01-01\nwithhold_after: 2026-05-01", Standing.WITHHELD),
        ("review_by: 2027-01-01\nwithhold_after: 2028-01-01", None),
    ],
)
def test_a_date_stands_as_its_day_says(small: Path, dates: str, standing: Standing | None) -> None:
    add(small, TRIAL, dates)
    assert {one.standing(TODAY, 30) for one in deadlines(load(small))} == {standing}


def test_a_deadline_stands_where_an_editor_moves_it_and_names_what_hangs_on_it(small: Path) -> None:
    add(small, TRIAL, "review_by: 2026-05-31")
    (deadline,) = deadlines(load(small))
    assert str(deadline.place) == f"{TRIAL}:7"
    assert (deadline.name, deadline.findings) == ("Trial 2019", ("trial.response", "trial.dose"))
    assert [str(one).splitlines()[0] for one in check_content(small, TODAY)] == [
        f"{TRIAL}:7: warning: `Trial 2019` was to be looked at again by 2026-05-31 [review-overdue]"
    ]


def test_a_finding_with_dates_of_its_own_does_not_hang_on_its_source(small: Path) -> None:
    add(small, REVIEW, "review_by: 2026-05-31")
    own = "kind: share_of_patients\n    review_by: 2030-01-01\n"
    text = (small / RATE).read_text().replace("kind: share_of_patients\n", own, 1)
    (small / RATE).write_text(text)
    by_name = {one.name: one.findings for one in deadlines(load(small))}
    assert by_name["amilol.response_rate.share"] == ("amilol.response_rate.share",)
    assert "amilol.response_rate.share" not in by_name["Review 2020"]
    assert "amilol.response_rate.cluster" in by_name["Review 2020"]


def test_a_derived_finding_is_withheld_by_its_own_date_too(small: Path) -> None:
    with (small / "knowledge/amilol/dose.yaml").open("a") as answer:
        answer.write("findings:\n  all:\n    says: range\n    kind: span\n    of: [trial.dose, trial.other]\n")
        answer.write("    withhold_after: 2026-01-01\n")
    with (small / "knowledge/studies/trial.yaml").open("a") as study:
        study.write("  other:\n    says: dose\n    kind: single\n    value: {amount: 80, unit: mg daily}\n")
    found = load(small, TODAY).findings
    assert isinstance(found["amilol.dose.all"].finding, DerivedFinding)
    assert (found["amilol.dose.all"].withheld, found["trial.dose"].withheld) == (True, False)


def test_every_source_of_the_shipped_content_has_a_date_and_labels_a_last_day() -> None:
    catalogue = load(SHIPPED)
    assert [key for key, source in catalogue.references.items() if source.review_by is None] == []
    labels = {key for key, source in catalogue.references.items() if source.kind in {"label", "programme"}}
    assert labels
    assert {key for key in labels if catalogue.references[key].withhold_after is None} == set()


def test_due_lists_by_standing_and_file_and_ends_with_one_where_something_is_late(small: Path) -> None:
    add(small, TRIAL, "withhold_after: 2026-05-31")
    add(small, REVIEW, "review_by: 2026-06-20")
    assert due(load(small), TODAY, 30).text().splitlines() == [
        "Withheld:",
        f"  {TRIAL}:7: Trial 2019, withheld after 2026-05-31 (2 findings)",
        "Due:",
        f"  {REVIEW}:9: Review 2020, review by 2026-06-20 (4 findings)",
        "1 withheld, 0 overdue, 1 due (within 30 days of 2026-06-01).",
    ]
    late = CliRunner().invoke(main, ["--content", str(small), "due"])
    assert (late.exit_code, "1 withheld, 1 overdue" in late.output) == (1, True)


def test_due_ends_with_nought_where_nothing_is_late(small: Path) -> None:
    add(small, TRIAL, "review_by: 2999-01-01")
    calm = CliRunner().invoke(main, ["--content", str(small), "due", "--days", "0"])
    assert (calm.exit_code, calm.output.splitlines()[0].startswith("0 withheld, 0 overdue, 0 due")) == (0, True)


def cells(catalogue: Catalogue) -> list[Cell]:
    """Every answer, and every one of its own for a group."""
    return [
        Cell(topic, drug, population)
        for (drug, topic), answer in catalogue.answers.items()
        for population in (None, *answer.populations)
    ]


def test_every_shipped_answer_with_a_dated_source_tells_how_new_it_is_on_its_first_screen(engine: Engine) -> None:
    """And none is longer than a phone shows at once, which `check` holds to."""
    catalogue, library = engine.catalogue, engine.library
    told = 0
    for cell in cells(catalogue):
        stated = Statements(catalogue).of(cell)
        screen, year = first_screen(stated, library), literature_to(stated, library)
        if stated.lead.findings and year:
            assert f"literature to {year}" in screen
            told += 1
        assert len(screen) - sum(len(note) + 1 for note in stated.notes) <= 400
    assert told > 40


def test_it_is_the_newest_source_behind_the_answer_and_the_oldest_look_at_one(small: Path) -> None:
    add(small, TRIAL, "looked_at: 2026-03-04")
    stated = Statements(load(small)).of(Cell("response_rate", "amilol"))
    library = library_of(load(small))
    assert {library.references[one.reference].year for one in stated.citations} == {2019, 2020}
    assert literature(stated, library) == "literature to 2020"
    add(small, REVIEW, "looked_at: 2026-05-06")
    library = library_of(load(small))
    assert last_checked(stated, library) == date(2026, 3, 4)
    assert literature(stated, library) == "literature to 2020, checked Mar 2026"


def test_a_study_whose_name_tells_the_year_does_not_tell_it_twice(small: Path) -> None:
    catalogue = load(small)
    assert literature(Statements(catalogue).of_study("trial"), library_of(catalogue)) == ""


def test_all_ways_to_show_an_answer_tell_it(engine: Engine) -> None:
    reply = engine.reply_to("thal relapse after stopping").reply
    assert "literature to 2021" in plain.text(reply, engine.library)
    assert "literature to 2021" in html.messages(reply, engine.library)[0]
    (answer,) = data(reply, engine.library, "1")["answers"]
    assert (answer["literature_to"], answer["last_checked"], answer["withheld"]) == (2021, None, [])


def test_where_a_figure_is_withheld_the_reader_is_told_so_in_plain_words(small: Path) -> None:
    add(small, REVIEW, "withhold_after: 2026-01-01")
    catalogue = load(small, TODAY)
    stated = Statements(catalogue).of(Cell("response_rate", "amilol"))
    title, note, sentence, *_ = first_screen(stated, library_of(catalogue)).splitlines()
    assert title == "Amilol · response"
    assert note.startswith(HELD_BACK)
    assert "71%" not in sentence
    assert literature_to(stated, library_of(catalogue)) == 2019


def test_where_only_a_detail_is_withheld_the_first_screen_is_as_ever(small: Path) -> None:
    add(small, TRIAL, "withhold_after: 2026-01-01")
    catalogue = load(small, TODAY)
    statements, library = Statements(catalogue), library_of(catalogue)
    stated = statements.of(Cell("response_rate", "amilol"))
    assert HELD_BACK not in first_screen(stated, library)
    text = plain.text(Answered(Understood("exact"), (stated,)), library)
    assert text.count(HELD_BACK) == 1
    (answer,) = data(Answered(Understood("exact"), (stated,)), library, "1")["answers"]
    assert answer["withheld"] == ["trial.response"]


def test_a_date_that_is_none_is_refused_with_its_place(small: Path) -> None:
    break_file(small, TRIAL, "year: 2019\nlooked_at: last spring", "year: 2019")
    (problem,) = check_content(small)
    assert (str(problem.place), "looked_at" in problem.message) == (f"{TRIAL}:6", True)


def test_what_is_withheld_in_a_row_is_said_once(small: Path) -> None:
    add(small, REVIEW, "withhold_after: 2026-01-01")
    break_file(small, RATE, 'answer: "{share} and {cluster} {share}  {share} of', 'answer: "{share} of')
    catalogue = load(small, TODAY)
    screen = first_screen(Statements(catalogue).of(Cell("response_rate", "amilol")), library_of(catalogue))
    assert screen.splitlines()[2] == "[withheld] and [withheld] of patients responded."

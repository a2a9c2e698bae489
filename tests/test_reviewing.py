"""What reviewers read is what the bot says, and the audit finds where the content leaves its evidence."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.answering.engine import Engine
from bot.answering.stating import Cell, Statements
from bot.cli import main
from bot.content.evidence import EvidenceError, numbers_in, read_evidence
from bot.content.linking import load
from bot.domain.answer import State
from bot.rendering.page import first_screen
from bot.reviewing.audit import audit_of
from bot.reviewing.booklet import Booklet, reading_order
from bot.reviewing.coverage import coverage_of
from tests.test_content import break_file

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "audit.yaml").read_text(encoding="utf-8"))
TAKEN_FROM = {
    "knowledge/amilol/response_rate.yaml": "review.response",
    "knowledge/bemilol/response_rate.yaml": "review.time",
    "knowledge/studies/trial.yaml": "trial.all",
}


@pytest.fixture
def sourced(small: Path) -> Path:
    """The small knowledge base, every finding of which names the fact that it was taken from."""
    for file, fact in TAKEN_FROM.items():
        text = re.sub(r"^( +kind: .*)$", rf"\1\n    evidence: [{fact}]", (small / file).read_text(), flags=re.M)
        head = f"evidence: [{fact}]\n" if "/studies/" in file else ""
        (small / file).write_text(head + text)
    (small / "knowledge/unused_evidence.yaml").write_text("trial.author: Names nobody.\n")
    return small


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A copy of the evidence that a test may break."""
    return Path(shutil.copytree(HERE / "evidence", tmp_path / "evidence"))


def run(*arguments: str | Path) -> Result:
    """One command, as typed in a terminal."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# Coverage


def test_the_grid_has_a_line_for_every_drug_and_topic(small_engine: Engine) -> None:
    """State, how many findings the answer can name, the best kind of source, and what was read."""
    rows = {(cell.topic, cell.drug): cell.row[2:] for cell in coverage_of(small_engine.catalogue).cells}
    assert rows == {
        ("dose", "amilol"): ("reported", "1", "study", "abstract"),
        ("dose", "bemilol"): ("not reported", "0", "none", ""),
        ("response_rate", "amilol"): ("reported", "3", "review", "full text, abstract"),
        ("response_rate", "bemilol"): ("reported", "2", "review", "full text"),
        ("source", None): ("reported", "0", "none", ""),
    }


def test_a_figure_told_by_others_is_as_good_as_its_teller(small: Path) -> None:
    """A study known from a review counts as the review, and as secondary."""
    break_file(
        small, "knowledge/studies/trial.yaml", "checked: secondary, told_by: review}", replace="checked: abstract}"
    )
    cell = coverage_of(load(small)).cells[0]
    assert (cell.topic, cell.row[4:]) == ("dose", ("review", "secondary"))


def test_an_empty_cell_is_seen(small: Path) -> None:
    """Where no file stands, nobody has entered it yet."""
    (small / "knowledge/bemilol/dose.yaml").unlink()
    assert "dose           bemilol  not curated" in coverage_of(load(small)).text()


def test_the_shipped_content_decides_every_cell(engine: Engine) -> None:
    """Reported, reported as none, not measured or not reported: never left open."""
    assert [cell for cell in coverage_of(engine.catalogue).cells if cell.state is State.NOT_CURATED] == []


def test_the_grid_is_written_as_markdown_and_json(small: Path, tmp_path: Path) -> None:
    """The command prints the grid and writes the files that it is asked for."""
    page, fields = tmp_path / "grid.md", tmp_path / "grid.json"
    result = run("--content", small, "coverage", "--markdown", page, "--json", fields)
    assert result.exit_code == 0
    assert "Cells by state: 4 reported, 1 not reported." in result.output
    assert "| dose | amilol | reported | 1 | study | abstract |" in page.read_text(encoding="utf-8")
    written = json.loads(fields.read_text(encoding="utf-8"))
    assert written["cells"][0] == {
        "topic": "dose",
        "drug": "amilol",
        "state": "reported",
        "findings": 1,
        "best_source": "study",
        "read": ["abstract"],
    }
    assert written["findings"]["by_kind"]["share_of_patients"] == 3


# Booklet


def test_the_booklet_says_what_the_bot_says(small_engine: Engine) -> None:
    """First screens, groups of their own, gaps with what stands nearby, riders and study cards."""
    text = Booklet(small_engine.catalogue).markdown().replace("\\", "")
    assert "### Amilol · response" in text
    assert "**71% (95% CI 65 to 77)** of patients responded." in text
    assert "#### Amilol · response · cluster headache" in text
    assert "#### Amilol · dose · children" in text
    assert "Daily dose: **50 mg daily**" in text
    assert "> **Safety:** May cause sleepiness" in text
    assert "### Amilol · Trial 2019" in text


def test_no_sentence_of_an_answer_is_missing_from_the_booklet(engine: Engine) -> None:
    """Every first screen of the shipped content stands in it line by line."""
    text = re.sub(r"\*\*|\\", "", Booklet(engine.catalogue).markdown())
    for drug, topic in engine.catalogue.answers:
        stated = Statements(engine.catalogue).of(Cell(topic, drug))
        for line in first_screen(stated, engine.library).splitlines()[1:]:
            assert line in text or "doi.org" in line or "PubMed" in line  # links are written as links


def test_the_booklet_says_a_detail_once(engine: Engine) -> None:
    """A group's answer does not repeat what stands above it under the answer for all."""
    for cell in Booklet(engine.catalogue).markdown().split("\n### ")[1:]:
        general, *groups = ({line for line in part.splitlines() if line[0:1] == ">"} for part in cell.split("\n#### "))
        assert all(general.isdisjoint(group) for group in groups)


def test_the_reading_order_leaves_no_topic_out(engine: Engine) -> None:
    """It begins where most buttons lead, and goes on along the buttons."""
    order = reading_order(engine.catalogue)
    assert sorted(order) == sorted(engine.catalogue.topics)
    assert order[1] == engine.catalogue.topics[order[0]].next[0]


def test_the_booklet_is_written_to_a_file(small: Path, tmp_path: Path) -> None:
    """Or to the terminal."""
    page = tmp_path / "booklet.md"
    assert run("--content", small, "booklet", "-o", page).exit_code == 0
    assert run("--content", small, "booklet").output == page.read_text(encoding="utf-8")


# Audit


def test_content_that_keeps_to_its_evidence_passes(sourced: Path, evidence: Path) -> None:
    """Otherwise the cases below would prove nothing."""
    found = audit_of(load(sourced), read_evidence(evidence))
    assert found.problems == ()
    assert (found.used, found.left_out, found.retold) == (3, 1, ("trial.dose",))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_content_that_leaves_its_evidence_is_named(case: dict[str, Any], sourced: Path, evidence: Path) -> None:
    """Each way of coming apart gives one problem, with its place and what to do."""
    break_file(evidence if case.get("evidence") else sourced, case["file"], case["becomes"], case["replace"])
    found = [one for one in audit_of(load(sourced), read_evidence(evidence)).problems if one.rule == case["rule"]]
    assert case["place"] in {str(problem.place) for problem in found}
    assert all(problem.remedy for problem in found)


def test_the_audit_ends_with_one_where_something_does_not_hold(sourced: Path, evidence: Path) -> None:
    """And with zero where everything does."""
    passed = run("--content", sourced, "audit", evidence)
    assert (passed.exit_code, passed.output.splitlines()[-1]) == (0, "0 problem(s).")
    (sourced / "knowledge/unused_evidence.yaml").unlink()
    failed = run("--content", sourced, "audit", evidence)
    assert failed.exit_code == 1
    assert "[fact-unused]" in failed.output


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("facts: []", "holds no file with facts"),
        ("facts: [", "a bracket is opened and not closed"),
        ("facts:\n- id: one\n  value: 1", "facts.yaml:2: the fact does not say what was read"),
    ],
)
def test_evidence_that_cannot_be_read_is_a_usage_error(text: str, says: str, small: Path, evidence: Path) -> None:
    """Rather than an audit that passes over nothing."""
    (evidence / "facts.yaml").write_text(text)
    with pytest.raises(EvidenceError, match=re.escape(says)):
        read_evidence(evidence)
    assert run("--content", small, "audit", evidence).exit_code == 2


@pytest.mark.parametrize(
    ("data", "numbers"),
    [
        ({"mg25_percent": "9"}, {25, 9}),
        (["8 to 10 weeks", "0.5"], {8, 10, 0.5}),
        ("No case in seven, tested weekly", {0, 7, 1}),
        (None, set()),
    ],
)
def test_numbers_are_found_in_names_texts_and_words(data: Any, numbers: set[float]) -> None:
    """Evidence prints them in all three."""
    assert {float(number) for number in numbers_in(data)} == numbers

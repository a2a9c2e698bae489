"""`python -m bot eval`: what a reply is worth, what other limits would change, and how it is reported."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answering.engine import Engine
from bot.cli import main
from bot.domain.answer import State
from bot.domain.place import Place
from bot.domain.reply import (
    Answered,
    Clarification,
    NotReported,
    Option,
    OutOfScope,
    Passage,
    Reply,
    SmallTalk,
    Stated,
    Understood,
)
from bot.evaluating import report
from bot.evaluating.evaluation import evaluate
from bot.evaluating.overlap import overlaps
from bot.evaluating.plotting import svg
from bot.evaluating.questions import Question, QuestionsError, read_questions
from bot.evaluating.sheet import Plot, Sheet
from bot.evaluating.sheets import sheets_of, summary
from bot.evaluating.sweep import GRIDS, Curve, Point, curve, fit, limited
from bot.evaluating.verdict import Verdict, verdict_on

SMALL = Path(__file__).parent / "small"
READ = Understood("exact")
QUESTIONS = """
- {id: a, text: how much amilol, expect: answer, topics: [dose], drugs: [amilol], avoid: [bemilol]}
- {id: b, text: tell me a joke, expect: out_of_domain}
- id: c
  turns:
    - {text: how many respond to amilol, expect: answer, topics: [response_rate], drugs: [amilol]}
    - {text: and bemilol, expect: answer, topics: [response_rate], drugs: [bemilol], avoid: [amilol]}
"""


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A file of labelled questions on the invented drugs."""
    path = tmp_path / "questions.yaml"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def stated(topic: str, drug: str | None = "amilol", state: State = State.REPORTED, group: str | None = None) -> Stated:
    """Something stated, of which only topic, drug, group and state count."""
    return Stated(topic, topic, drug, drug, group, group, state, Passage(""))


def question(expect: str, **label: object) -> Question:
    """A label of which the text does not count."""
    return Question.model_validate({"text": "any", "expect": expect, **label})


AMILOL = {"topics": ["dose", "source"], "drugs": ["amilol"], "avoid": ["bemilol"]}
OFFER = Option("", "dose", "amilol")
DOSE, OTHER_DRUG, OTHER_TOPIC = stated("dose"), stated("dose", "bemilol"), stated("relapse")
SILENT = stated("dose", state=State.NOT_REPORTED)

VERDICTS: list[tuple[str, Reply, Question, Verdict]] = [
    ("the figure", Answered(READ, (DOSE,)), question("answer", **AMILOL), Verdict.RIGHT),
    ("no drug meant", Answered(READ, (OTHER_DRUG,)), question("answer", topics=["dose"]), Verdict.RIGHT),
    ("a second topic alone", Answered(READ, (stated("source", None),)), question("answer", **AMILOL), Verdict.WRONG),
    ("another topic", Answered(READ, (OTHER_TOPIC,)), question("answer", **AMILOL), Verdict.WRONG),
    ("another topic, one tap", Answered(READ, (OTHER_TOPIC,), (OFFER,)), question("answer", **AMILOL), Verdict.ONE_TAP),
    ("an option", Clarification(READ, "", (OFFER,)), question("answer", **AMILOL), Verdict.ONE_TAP),
    ("none of these", Clarification(READ, "", (Option("", None, None),)), question("answer"), Verdict.MISSED),
    ("declined", OutOfScope(READ, ""), question("answer", **AMILOL), Verdict.MISSED),
    ("the other drug", Answered(READ, (OTHER_DRUG,)), question("answer", **AMILOL), Verdict.WRONG_DRUG),
    ("both drugs", Answered(READ, (DOSE, OTHER_DRUG)), question("answer", **AMILOL), Verdict.RIGHT),
    (
        "one drug of two",
        Answered(READ, (DOSE,)),
        question("answer", topics=["dose"], drugs=["amilol", "bemilol"]),
        Verdict.WRONG,
    ),
    (
        "a comparison, side by side",
        Answered(READ, (DOSE, OTHER_DRUG)),
        question("answer", topics=["comparison", "dose"], drugs=["amilol", "bemilol"]),
        Verdict.RIGHT,
    ),
    (
        "panniculitis within a topic",
        Answered(READ, (stated("dose", group="panniculitis"),)),
        question("answer", topics=["panniculitis", "dose"]),
        Verdict.RIGHT,
    ),
    ("asked which", Clarification(READ, "", ()), question("clarify_or_both"), Verdict.RIGHT),
    ("both at once", Answered(READ, (DOSE, OTHER_DRUG)), question("clarify_or_both", topics=["dose"]), Verdict.RIGHT),
    ("other drug guessed", Answered(READ, (OTHER_DRUG,)), question("clarify_or_both", **AMILOL), Verdict.WRONG_DRUG),
    ("one guessed", Answered(READ, (OTHER_TOPIC,)), question("clarify_or_both", **AMILOL), Verdict.WRONG),
    ("open, declined", OutOfScope(READ, ""), question("clarify_or_both", **AMILOL), Verdict.MISSED),
    ("a gap", NotReported(READ, (SILENT,)), question("not_reported", **AMILOL), Verdict.RIGHT),
    ("a gap filled", Answered(READ, (DOSE,)), question("not_reported", **AMILOL), Verdict.INVENTED),
    (
        "none were seen",
        Answered(READ, (stated("dose", state=State.REPORTED_NONE),)),
        question("not_reported"),
        Verdict.RIGHT,
    ),
    ("a gap declined", OutOfScope(READ, ""), question("not_reported"), Verdict.MISSED),
    ("declined by name", OutOfScope(READ, ""), question("out_of_domain"), Verdict.RIGHT),
    ("a figure for a joke", Answered(READ, (DOSE,)), question("out_of_domain"), Verdict.ANSWERED),
    (
        "with the notice",
        Answered(READ, (DOSE,), (), "no advice"),
        question("patient_specific", **AMILOL),
        Verdict.RIGHT,
    ),
    ("without the notice", Answered(READ, (DOSE,)), question("patient_specific", **AMILOL), Verdict.WRONG),
    ("one patient, declined", OutOfScope(READ, ""), question("patient_specific"), Verdict.MISSED),
    ("notice alone", Clarification(READ, "", (), "no advice"), question("patient_specific", **AMILOL), Verdict.MISSED),
    ("thanks", SmallTalk(READ, ""), question("small_talk"), Verdict.RIGHT),
    ("thanks answered", Answered(READ, (DOSE,)), question("small_talk"), Verdict.WRONG),
    ("thanks not understood", OutOfScope(READ, ""), question("small_talk"), Verdict.MISSED),
]


@pytest.mark.parametrize(("reply", "asked", "verdict"), [row[1:] for row in VERDICTS], ids=[row[0] for row in VERDICTS])
def test_a_reply_is_worth_what_a_careful_clinician_would_say(reply: Reply, asked: Question, verdict: Verdict) -> None:
    """Figures for the other drug alone, for what is not covered, or where there are none, are dangerous."""
    assert verdict_on(reply, asked) is verdict


def test_every_turn_is_judged_in_its_conversation(small_engine: Engine, questions: Path) -> None:
    """The second turn of the last case makes sense only after the first."""
    judged = evaluate(small_engine, read_questions([questions])).judged
    assert [one.name for one in judged] == ["a.0", "b.0", "c.0", "c.1"]
    assert judged[-1].reply.understood.drugs == ("bemilol",)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- {id: a, text: hello, expect: applause}", "expect"),
        ("- {id: a, expect: answer}", "text"),
        ("- {id: a, text: [", "bracket"),
        ("a: b", "the file must be a list"),
    ],
)
def test_a_file_without_labelled_questions_is_refused_by_place(tmp_path: Path, text: str, fault: str) -> None:
    """File, line and field; never what is asked."""
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionsError, match=fault) as caught:
        read_questions([path])
    assert str(path) in str(caught.value)
    assert caught.value.problem.place == Place(str(path))
    assert fault in caught.value.problem.message
    assert "hello" not in str(caught.value.problem)


def test_a_curve_marks_what_is_in_force(small_engine: Engine, questions: Path) -> None:
    """The value in force is measured beside those asked for, and a limit nothing can reach answers nothing."""
    cases = read_questions([questions])
    measured = curve(small_engine, cases, "threshold", (0.0, 1.0))
    values = [point.value for point in measured.points]
    assert values == sorted({0.0, small_engine.catalogue.limits.threshold, 1.0})
    strict = small_engine.catalogue.limits.model_copy(update={"threshold": 1.0, "taught_threshold": 1.0})
    assert evaluate(limited(small_engine, strict), cases).right <= evaluate(small_engine, cases).right


def test_nothing_dangerous_comes_before_everything_else() -> None:
    """A point with a dangerous reply loses to any without; then the share right counts, then what is wrong."""
    worst_first = (
        Point(0.1, right=1.0, within_a_tap=1.0, wrong=0.0, dangerous=1),
        Point(0.2, right=0.5, within_a_tap=0.6, wrong=0.2, dangerous=0),
        Point(0.3, right=0.6, within_a_tap=0.6, wrong=0.2, dangerous=0),
        Point(0.4, right=0.6, within_a_tap=0.6, wrong=0.1, dangerous=0),
    )
    assert all(worse.worth < better.worth for worse, better in pairwise(worst_first))
    assert Curve("threshold", 0.1, worst_first).best is worst_first[-1]


def test_where_values_are_as_good_the_limit_moves_least() -> None:
    """A proposal is no change for its own sake."""
    same = tuple(Point(value, 0.5, 0.5, 0.0, 0) for value in (0.1, 0.4, 0.9))
    assert Curve("margin", 0.5, same).best.value == 0.4


def test_fitting_proposes_a_value_for_every_limit_and_no_worse_ones(small_engine: Engine, questions: Path) -> None:
    """It goes through all limits, keeping what it has found, and the engine stays as it was."""
    cases, before = read_questions([questions]), small_engine.catalogue.limits
    steps = tuple(fit(small_engine, cases))
    assert {step.curve.limit for step in steps} == set(GRIDS)
    assert steps[-1].chosen.worth >= Point.of(0.0, evaluate(small_engine, cases)).worth
    assert small_engine.catalogue.limits == before


def test_a_taught_question_is_found_under_its_name_and_typing(small_engine: Engine, tmp_path: Path) -> None:
    """Capitals, signs and the drug make no difference; a single word is nobody's sentence."""
    phrase = next(p for p in small_engine.catalogue.topics["dose"].phrases if "{drug}" in p and len(p.split()) > 2)
    typed = phrase.format(drug="AMI").upper()
    path = tmp_path / "taught.yaml"
    path.write_text(f"- {{id: t, text: '{typed}?!', expect: answer}}\n- {{id: u, text: help, expect: small_talk}}\n")
    assert [one.name for one in overlaps(small_engine, read_questions([path]))] == ["t.0"]


def test_the_tables_add_up(small_engine: Engine, questions: Path) -> None:
    """Every question stands in the last row of a table of verdicts, and in one bar of the histogram."""
    evaluation = evaluate(small_engine, read_questions([questions]))
    sheets = {sheet.title: sheet for sheet in sheets_of(evaluation)}
    assert sheets["By label"].rows[-1][-2] == sheets["By topic"].rows[-1][-2] == "4"
    plot = sheets["Confidence"].plot
    assert plot is not None
    assert sum(sum(values) for values in plot.series.values()) == 4
    assert summary(evaluation).startswith("4 questions")


SHEET = Sheet(
    "A <title>",
    ("value", "share"),
    (("0.5 *", "a|b"),),
    "A note.",
    Plot("lines", "value", (0.0, 0.5), {"right": (0.2, 0.4), "wrong": (0.0, 0.1)}, mark=0.5),
)


@pytest.mark.parametrize("plot", [SHEET.plot, Plot("bars", "sure", (0.0, 0.5), {"right": (0.0, 0.0)})])
def test_a_plot_is_well_formed_svg(plot: Plot) -> None:
    """Also one of nothing but zeros."""
    assert ET.fromstring(svg(plot)).tag.endswith("svg")


def test_a_report_is_html_or_markdown_by_its_ending() -> None:
    """Both hold the table, the note and the plot, with every sign escaped as the format needs."""
    page, prose = (report.page(ending, "Title", [SHEET]) for ending in (".html", ".md"))
    assert "A &lt;title&gt;" in page
    assert "<svg" in page
    assert "a\\|b" in prose
    assert "<- in force" in prose
    assert all("A note." in text for text in (page, prose, report.text([SHEET])))


def test_the_command_prints_tables_and_writes_a_report(questions: Path, tmp_path: Path) -> None:
    """The curves of threshold and margin among them, the one in force marked."""
    written = tmp_path / "report.html"
    done = CliRunner().invoke(main, ["--content", str(SMALL), "eval", str(questions), "--report", str(written)])
    assert "What was answered for what" in done.output
    assert "If `margin` were another" in done.output
    assert "in force" in written.read_text(encoding="utf-8")


def test_the_command_lists_what_was_taught(questions: Path) -> None:
    """And says how many that is."""
    done = CliRunner().invoke(main, ["--content", str(SMALL), "eval", "--overlap", str(questions)])
    assert "of 4 questions stand among the training phrases" in done.output


def test_the_command_proposes_limits_and_writes_nothing(questions: Path) -> None:
    """The file of limits is as before."""
    limits = SMALL / "intents" / "limits.yaml"
    before = limits.read_bytes()
    done = CliRunner().invoke(main, ["--content", str(SMALL), "eval", "--fit", str(questions)])
    assert "Proposal" in done.output
    assert limits.read_bytes() == before


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    """With the usual exit code for wrong usage."""
    path = tmp_path / "odd.yaml"
    path.write_text("- 1", encoding="utf-8")
    assert CliRunner().invoke(main, ["--content", str(SMALL), "eval", str(path)]).exit_code == 2

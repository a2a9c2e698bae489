"""What a change means for the people who ask is seen before it is live."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.answering.engine import Engine
from bot.cache import Cache
from bot.changing import Fate, Proposal, ProposalError, Review, Snapshot, review
from bot.changing.page import COLUMNS, page
from bot.changing.trial import Trial, try_out
from bot.cli import main
from bot.content.files import gather
from bot.matching.lexicon import Lexicon
from tests.changing.conftest import ASKED, DAY, FIGURE, QUESTIONS, Edits, replacing

BETTER: Edits = {FIGURE: ("percent: 71", "percent: 70")}


def reviewed(content: Path, kept: Cache, edits: Edits) -> Review:
    old = Snapshot.of(content)
    return review(old, old.changed_by(replacing(content, edits)), DAY, kept)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


# Snapshots and proposals


def test_a_state_is_named_by_its_texts_and_its_version_by_what_the_bot_says(content: Path) -> None:
    """Reading it again gives the same; another test question gives another digest and the same version."""
    before = Snapshot.of(content)
    after = before.changed_by(Proposal({QUESTIONS: None}, "because"))
    assert before.digest == Snapshot.of(content).digest != after.digest
    assert before.files.digest == after.files.digest == gather(content).digest


def test_a_changed_state_is_what_is_read_once_it_is_written(content: Path) -> None:
    """In the same order, whatever was added or taken away."""
    edits: Edits = {**BETTER, "knowledge/amilol/zebra.yaml": "answer: x\n", "intents/dose.yaml": None}
    proposal = replacing(content, edits)
    after = Snapshot.of(content).changed_by(proposal)
    for path, text in proposal.edits.items():
        (content / path).unlink(missing_ok=True) if text is None else (content / path).write_text(text)
    assert Snapshot.of(content).digest == after.digest


@pytest.mark.parametrize(
    "path",
    [
        *("../knowledge/a.yaml", "knowledge/../../a.yaml", "/knowledge/a.yaml", "knowledge/a.yml", "knowledge.yaml"),
        *("intents//a.yaml", "./intents/a.yaml", "deploy/a.yaml", "tests/a.yaml", "tests/questions/b/a.yaml"),
        *("knowledge/a\n.yaml", "", "var/publishing.json"),
    ],
)
def test_a_proposal_for_anything_but_content_is_refused(path: str) -> None:
    """Whoever may edit the content may edit nothing else."""
    with pytest.raises(ProposalError, match="is no file of the content"):
        Proposal({path: "a: b"}, "because")


def test_a_proposal_says_something_that_can_be_written() -> None:
    """At least one file, in UTF-8; ends of lines are those that reading makes of them."""
    with pytest.raises(ProposalError, match="no file is named"):
        Proposal({}, "because")
    with pytest.raises(ProposalError, match="UTF-8"):
        Proposal({FIGURE: "\ud800"}, "because")
    assert Proposal({FIGURE: "a\r\nb\rc\n"}, "because").edits[FIGURE] == "a\nb\nc\n"


# The review


def test_every_answer_that_changes_is_shown_before_and_after(content: Path, kept: Cache) -> None:
    """As a reader gets it: the cell, the groups that repeat it, and nothing else."""
    found = reviewed(content, kept, BETTER)
    assert [one.title for one in found.answers] == ["Amilol · response", "Amilol · response · cluster headache"]
    assert "71% (95% CI 65 to 77) of patients responded." in (found.answers[0].before or "")
    assert "70% (95% CI 65 to 77) of patients responded." in (found.answers[0].after or "")
    assert found.may_go_live


def test_what_is_said_to_groups_that_no_answer_names_is_compared_too(content: Path, kept: Cache) -> None:
    """Whether a general figure may stand for children changes what they are told of every topic."""
    found = reviewed(content, kept, {"knowledge/populations.yaml": ("general_figure: false", "general_figure: true")})
    assert "Amilol · response · children" in {one.title for one in found.answers}


def test_what_is_declined_and_said_beside_the_subject_is_compared_too(content: Path, kept: Cache) -> None:
    """These are answers as well."""
    edits: Edits = {
        "intents/out_of_scope/drugs.yaml": ("I do not cover {name}.", "Of {name} I know nothing."),
        "intents/small_talk/thanks.yaml": ("You are welcome.", "Not at all."),
    }
    titles = {one.title for one in reviewed(content, kept, edits).answers}
    assert titles >= {"Not covered · cemilol", "Small talk · thanks"}


def test_a_card_of_a_study_is_compared(content: Path, kept: Cache) -> None:
    """With the answers that name its findings."""
    found = reviewed(content, kept, {"knowledge/studies/trial.yaml": ("amount: 50", "amount: 100")})
    assert {one.title for one in found.answers} == {"Amilol · dose", "Amilol · dose · children", "Study · Trial 2019"}


def test_a_question_that_fails_keeps_the_change_from_going_live(content: Path, kept: Cache) -> None:
    """One that was answered, where its drug is no longer known by that name; or a new one."""
    question = "- {id: x, text: zzz, expect: answer, topics: [source]}\n"
    cases: tuple[tuple[Edits, str], ...] = (
        ({"knowledge/drugs.yaml": ("name: bemilol", "name: zzzz")}, "dose-2.0"),
        ({QUESTIONS: f"{ASKED}{question}"}, "x.0"),
    )
    for edits, name in cases:
        found = reviewed(content, kept, edits)
        assert [(one.name, one.fate) for one in found.questions if one.is_worse] == [(name, Fate.WORSE)]
        assert not found.may_go_live


def test_a_question_that_is_removed_is_asked_all_the_same(content: Path, kept: Cache) -> None:
    """Or worded otherwise. It may go where it would fare as before, and the review says so."""
    only_first = "".join(ASKED.splitlines(keepends=True)[:1])
    renamed: Edits = {"knowledge/drugs.yaml": ("name: bemilol", "name: zzzz")}
    for gone in (only_first, None, ASKED.replace("how many of them", "how many")):
        found = reviewed(content, kept, {**renamed, QUESTIONS: gone})
        assert ("dose-2.0", Fate.DISARMED) in [(one.name, one.fate) for one in found.worse]
        assert "REMOVED, AND WOULD FAIL: how many of them responded" in page(found)
        assert not found.may_go_live
    harmless = reviewed(content, kept, {QUESTIONS: only_first})
    assert [(one.name, one.fate) for one in harmless.questions] == [("dose-2.0", Fate.REMOVED)]
    assert harmless.may_go_live


def test_a_question_that_is_relabelled_is_judged_by_its_new_label(content: Path, kept: Cache) -> None:
    """And the review says in words what would have come of it by the old one."""
    renamed: Edits = {"knowledge/drugs.yaml": ("name: bemilol", "name: zzzz")}
    label = "expect: answer, topics: [response_rate], drugs: [bemilol]"
    mended = reviewed(content, kept, {**renamed, QUESTIONS: ASKED.replace(label, "expect: out_of_domain")})
    assert [(one.name, one.fate) for one in mended.questions] == [("dose-2.0", Fate.RELABELLED)]
    assert "relabelled: right" in mended.questions[0].after
    assert "by its old label: missed" in mended.questions[0].after
    assert mended.may_go_live
    still = reviewed(content, kept, {**renamed, QUESTIONS: ASKED.replace(label, "expect: small_talk")})
    assert [(one.name, one.fate) for one in still.worse] == [("dose-2.0", Fate.WORSE)]


def test_a_question_is_the_same_under_another_name(content: Path, kept: Cache) -> None:
    """Its words are what is asked: neither its id nor its file, nor a note on it, makes it another."""
    renamed: Edits = {QUESTIONS: None, "tests/questions/other.yaml": ASKED.replace("dose-2, ", "x, note: moved, ")}
    assert reviewed(content, kept, renamed).questions == ()


def test_the_same_words_may_be_labelled_twice(content: Path, kept: Cache) -> None:
    """Then each label is held against itself: one that failed and fails is nobody's fault."""
    twice = f"{ASKED}- {{id: b, text: what dose of amilol should I give, expect: small_talk}}\n"
    (content / QUESTIONS).write_text(twice)
    assert reviewed(content, kept, BETTER).questions == ()


def test_a_new_question_that_is_answered_right_is_shown_and_bars_nothing(content: Path, kept: Cache) -> None:
    """The adversary has nothing to say where only questions change."""
    more = "- {id: x, text: dose of bemilol please, expect: not_reported, topics: [dose], drugs: [bemilol]}\n"
    found = reviewed(content, kept, {QUESTIONS: f"{ASKED}{more}"})
    assert [(one.name, one.fate, one.before) for one in found.questions] == [("x.0", Fate.NEW, None)]
    assert found.adversary is None
    assert found.may_go_live


def test_content_with_errors_is_reviewed_as_far_as_it_goes(content: Path, kept: Cache) -> None:
    """The problems and the differences; nothing can be asked of it."""
    found = reviewed(content, kept, {FIGURE: ("percent: 71", "percent: 171")})
    assert [problem.severity for problem in found.errors]
    assert [one.sort for one in found.differences]
    assert (found.answers, found.questions, found.adversary, found.may_go_live) == ((), (), None, False)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (f"{ASKED}- {{id: x, text: zzz, expect: applause}}\n", 3, "these are no labelled questions: `#3.expect`"),
        (f"{ASKED}- {{id: x, text: [\n", 3, "bracket"),
    ],
)
def test_what_is_wrong_with_test_questions_is_named_by_line(
    content: Path, kept: Cache, text: str, line: int, says: str
) -> None:
    """As for every other file, and never with what is asked."""
    (problem,) = reviewed(content, kept, {QUESTIONS: text}).errors
    assert problem.place.path == QUESTIONS
    assert problem.place.line == line
    assert says in problem.message
    assert "zzz" not in str(problem)


def test_content_that_was_broken_may_be_mended(content: Path, kept: Cache) -> None:
    """There is no engine to compare with, and nothing that could be worse."""
    sound = (content / FIGURE).read_text()
    (content / FIGURE).write_text("answer: [")
    found = reviewed(content, kept, {FIGURE: sound})
    assert found.may_go_live
    assert found.differences


def test_a_failure_before_the_adversary_bars_only_where_it_is_new(small_engine: Engine) -> None:
    """An engine that does not know the names of what is not covered takes one of them for one of ours."""
    catalogue = small_engine.catalogue
    names = Lexicon.of(replace(catalogue, foreign={}))
    careless = Engine(catalogue, replace(small_engine.index, lexicon=names))
    found = try_out(small_engine, careless)
    assert found.new
    assert len(found.new) == found.failures < found.probes
    assert not Review((), (), adversary=found).may_go_live
    known = try_out(careless, careless)
    assert (known.failures, known.new) == (found.failures, ())
    assert Review((), (), adversary=known).may_go_live
    assert try_out(small_engine, small_engine).failures == 0


def test_the_adversary_speaks_to_a_pharmacist() -> None:
    """What is not new is in nobody's way; what is new is counted, and stands below."""
    assert Trial(924, 1, ()).text == "No new dangerous answers"
    one = Review((), (), adversary=Trial(924, 2, ("what was asked",)))
    assert "ADVERSARY: 1 new dangerous answer to questions made up to mislead the bot\n  what was asked" in page(one)


def test_a_review_fits_a_terminal_and_says_in_words_what_it_finds(content: Path, kept: Cache) -> None:
    """Nothing is wider than its columns, and no colour means anything."""
    long = "phrases:\n  - " + " ".join(["milligrams of {drug}"] * 12) + "\n"
    found = reviewed(content, kept, {**BETTER, "intents/dose.yaml": ("phrases:\n", long)})
    assert max(map(len, page(found).splitlines())) <= COLUMNS
    assert "\x1b" not in page(found)
    assert "    was: 71% (95% CI 65 to 77) of patients responded.\n    is:  70%" in page(found)
    assert page(found).splitlines()[-1].startswith(("This may go live", "THIS MAY NOT GO LIVE"))


# The command


def test_the_difference_of_two_folders(content: Path, tmp_path: Path) -> None:
    """Exit code 0 where nothing differs, 1 where it may go live, 2 where it may not."""
    new = Path(shutil.copytree(content, tmp_path / "new"))
    assert run("--content", content, "diff", content, new).exit_code == 0
    (new / FIGURE).write_text((new / FIGURE).read_text().replace("percent: 71", "percent: 70"))
    differs = run("--content", content, "diff", content, new)
    assert differs.exit_code == 1
    assert "71% (95% CI 65 to 77) → 70% (95% CI 65 to 77), response, amilol" in differs.output
    (new / FIGURE).write_text("answer: [")
    assert run("--content", content, "diff", content, new).exit_code == 2


def test_the_difference_for_programs(content: Path, tmp_path: Path) -> None:
    """The same as JSON."""
    new = Path(shutil.copytree(content, tmp_path / "new"))
    (new / FIGURE).write_text((new / FIGURE).read_text().replace("percent: 71", "percent: 70"))
    found = json.loads(run("--content", content, "diff", content, new, "--json").output)
    assert found["may_go_live"]
    assert found["differences"][0] == {
        "path": FIGURE,
        "line": 11,
        "sort": "figure",
        "text": "71% (95% CI 65 to 77) → 70% (95% CI 65 to 77), response, amilol",
        "before": "71% (95% CI 65 to 77)",
        "after": "70% (95% CI 65 to 77)",
        "about": "response, amilol",
        "keys": ["findings", "share", "value"],
        "finding": "amilol.response_rate.share",
    }
    assert len(found["answers"]) == 2


def test_the_difference_of_what_lies_there_to_what_was_published(content: Path) -> None:
    """Without arguments; with one, to that revision."""
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message", "As it began"],
    ):
        subprocess.run(["git", "-C", content, *command], check=True)
    assert run("--content", content, "diff").exit_code == 0
    (content / FIGURE).write_text((content / FIGURE).read_text().replace("percent: 71", "percent: 70"))
    for arguments in ((), ("HEAD",)):
        assert run("--content", content, "diff", *arguments).exit_code == 1
    assert run("--content", content, "diff", "HEAD", "HEAD").exit_code == 0


@pytest.mark.parametrize("name", ["nonsense", "--output=x", "HEAD"])
def test_what_is_neither_folder_nor_revision_is_a_usage_error(name: str, content: Path) -> None:
    """In a line."""
    result = run("--content", content, "diff", "--", name)
    assert result.exit_code == 2
    assert "no such revision" in result.output

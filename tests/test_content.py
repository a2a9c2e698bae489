"""Content that is wrong is refused with the place, the rule and the remedy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assembly import build_engine
from bot.checking.check import check_content, check_folder
from bot.content.document import MAX_BYTES, Document, parse
from bot.content.files import gather
from bot.content.layout import FOLDERS, KINDS, kind_of
from bot.content.linking import load
from bot.content.links import nearest
from bot.content.schemas import outdated, write_schemas
from bot.content.sentences import sentences
from bot.domain.place import ContentError, Problem, Severity
from bot.domain.sentence import sentences_of
from bot.rendering import plain

HERE = Path(__file__).parent
BROKEN: list[dict[str, Any]] = yaml.safe_load((HERE / "broken.yaml").read_text(encoding="utf-8"))

WITHOUT_SENTENCES = {"limits", "abbreviations", "plain_words", "unused_evidence", "reference"}


def break_file(root: Path, file: str, becomes: str | None, replace: str | None = None) -> None:
    """Change, add or remove one file."""
    path = root / file
    if becomes is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    text = becomes
    if replace is not None:
        before = path.read_text(encoding="utf-8")
        assert replace in before, f"{file} does not hold what the case replaces"
        text = before.replace(replace, becomes)
    path.write_text(text, encoding="utf-8")


def test_the_small_knowledge_base_is_without_fault(small: Path) -> None:
    """Otherwise the cases below would prove nothing."""
    assert check_content(small) == ()


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_an_editor_is_told_what_is_wrong_where_and_how_to_mend_it(case: dict[str, Any], small: Path) -> None:
    """Each way of breaking a file, with every word that is shown: place, rule, the line as it stands, remedy."""
    break_file(small, case["file"], case["becomes"], case.get("replace"))
    if "also" in case:
        break_file(small, **case["also"])
    assert "\n".join(map(str, check_content(small))) == case["shows"].rstrip("\n")


SMALL_FILES = sorted(path.relative_to(HERE / "small").as_posix() for path in (HERE / "small").rglob("*.yaml"))


@pytest.mark.parametrize("path", SMALL_FILES)
def test_what_others_say_of_a_file_that_cannot_be_read_is_no_problem(path: str, small: Path) -> None:
    """Nobody knows yet what stands in it, so only the file itself is reported."""
    (small / path).write_text("title: [", encoding="utf-8")
    assert {problem.place.path for problem in check_content(small)} == {path}


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("You are welcome.", "You are welcome 👍").encode(),
        lambda text: text.replace("You are welcome.", "You are “welcome” here.").encode(),
    ],
    ids=["Windows line ends", "a byte order mark", "an emoji", "quotes of a word processor within a sentence"],
)
def test_what_other_programs_leave_in_a_file_does_no_harm(saved: Callable[[str], bytes], small: Path) -> None:
    """It says what it said."""
    file = small / "intents/small_talk/thanks.yaml"
    file.write_bytes(saved(file.read_text(encoding="utf-8")))
    assert check_content(small) == ()


def hiding(root: Path) -> tuple[str, ...]:
    """The files in which more may be wrong than is listed."""
    return check_folder(root).hiding


def test_it_is_said_where_more_may_be_wrong_than_is_known(small: Path) -> None:
    """Of a file that cannot be read nothing more is known; of one with a wrong figure everything else is."""
    break_file(small, "knowledge/studies/trial.yaml", "percent: 150", "percent: 73")
    assert hiding(small) == ()
    break_file(small, "knowledge/studies/trial.yaml", "patients 41", "patients: 41")
    break_file(small, "intents/dose.yaml", "title: [dose]", "title: dose")
    assert hiding(small) == ("intents/dose.yaml", "knowledge/studies/trial.yaml")


def test_a_file_that_is_not_utf_8_is_told_how_to_be_saved(small: Path) -> None:
    """As some editors save under the name Unicode."""
    (small / "intents/dose.yaml").write_bytes("title: dose".encode("utf-16"))
    assert next(map(str, check_content(small))) == (
        "intents/dose.yaml:1: error: the file is not plain text in UTF-8 [unreadable]\n    Save it as UTF-8 text."
    )


def test_a_long_line_is_shown_as_far_as_it_helps(small: Path) -> None:
    """Enough to find it by."""
    add(small, "intents/dose.yaml", f"titel: {'dose ' * 40}")
    (problem,) = check_content(small)
    assert problem.excerpt.startswith("titel: dose")
    assert problem.excerpt.endswith("…")
    assert len(problem.excerpt) == 101


def test_the_shipped_content_has_no_errors() -> None:
    """What goes live is without fault; warnings are shown to editors."""
    errors = [str(problem) for problem in check_content(HERE.parent) if problem.severity is Severity.ERROR]
    assert errors == []


def test_evidence_past_its_review_date_is_a_warning(small: Path) -> None:
    """Somebody should look; until then it is still shown."""
    add(small, "knowledge/references/trial.yaml", "review_by: 2026-01-31")
    assert rules(small, date(2026, 1, 31)) == set()
    assert rules(small, date(2026, 2, 1)) == {("review-overdue", Severity.WARNING)}
    assert "30 of 41 (73%)" in answer_about_the_trial(small, date(2026, 2, 1))


def test_evidence_past_its_last_day_is_withheld_and_its_citation_stays(small: Path) -> None:
    """No figure is better than an old one; where it stood can still be looked up."""
    add(small, "knowledge/references/trial.yaml", "withhold_after: 2026-01-31")
    assert "30 of 41 (73%)" in answer_about_the_trial(small, date(2026, 1, 31))
    text = answer_about_the_trial(small, date(2026, 2, 1))
    assert rules(small, date(2026, 2, 1)) == {("withheld", Severity.WARNING)}
    assert "30 of 41" not in text
    assert "[withheld]" in text
    assert "Trial 2019, Abstract" in text


def test_no_date_makes_good_content_bad(tmp_path: Path) -> None:
    """Were every source past its last day, the bot would say so of every figure, and go on."""
    for folder in FOLDERS:
        shutil.copytree(HERE.parent / folder, tmp_path / folder)
    for file in sorted((tmp_path / "knowledge/references").iterdir()):
        kept = [line for line in file.read_text(encoding="utf-8").splitlines() if "withhold_after" not in line]
        file.write_text("\n".join([*kept, "withhold_after: 2001-01-01", ""]), encoding="utf-8")
    engine = build_engine(tmp_path, date(2026, 1, 1))
    text = plain.text(engine.reply_to("response rate of thalidomide").reply, engine.library)
    assert "[withheld]" in text
    assert {severity for _, severity in rules(tmp_path, date(2026, 1, 1))} == {Severity.WARNING}


def test_every_sentence_of_the_shipped_content_is_under_the_rules() -> None:
    """Each kind of file has some; names stand among them, marked as such."""
    kinds = {kind.name for one in sentences(load(HERE.parent)) if (kind := kind_of(one.place.path))}
    assert kinds == {kind.name for kind in KINDS} - WITHOUT_SENTENCES


def test_every_message_is_under_the_rules() -> None:
    """A message that is added later cannot be forgotten: a field without a mark fails here."""
    messages = load(HERE.parent).messages
    marked = {steps[0] for steps, _, _ in sentences_of(messages)}
    assert marked == set(type(messages).model_fields)


def test_a_misspelt_slot_lists_what_is_near_and_not_all_there_is() -> None:
    """There are hundreds of findings."""
    known = [f"study_{number}.finding" for number in range(300)]
    assert len(nearest("nothing_like_it", known)) < 120
    assert nearest("study_12.findin", known).startswith("Did you mean `study_12.finding`")


def add(root: Path, file: str, line: str) -> None:
    """Add a line to a file."""
    path = root / file
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")


def rules(root: Path, today: date) -> set[tuple[str, Severity]]:
    """The rules that are broken on a day."""
    return {(problem.rule, problem.severity) for problem in check_content(root, today)}


def answer_about_the_trial(root: Path, today: date) -> str:
    """What the bot says of the trial on a day."""
    phrases = "[what studies, which trials, who did it]"
    topic = f"title: studies\nquestion: What of {{drug}}?\nnames_studies: true\nphrases: {phrases}"
    (root / "intents/studies.yaml").write_text(topic, encoding="utf-8")
    engine = build_engine(root, today)
    return plain.text(engine.reply_to("what did the northern trial find").reply, engine.library)


def test_content_that_breaks_a_rule_does_not_go_live(small: Path) -> None:
    """Not only what cannot be read: what must not be said either."""
    break_file(small, "knowledge/amilol/dose.yaml", "answer: All 9 studies.")
    with pytest.raises(ContentError) as refusal:
        build_engine(small)
    assert [problem.rule for problem in refusal.value.problems] == ["answer-without-source", "digit-in-prose"]


@pytest.mark.parametrize("scalar", ["no", "0123", "12:30", "1_234", "1e3", "~", "2020-01-01"])
def test_every_scalar_stays_what_was_typed(scalar: str) -> None:
    """YAML's own guesses (no is false, 0123 is 83) would change figures silently."""
    document = parse("a.yaml", f"value: {scalar}")
    assert isinstance(document, Document)
    assert document.data == {"value": scalar}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a: &x 1\nb: *x", "alias"),
        ("[" * 40 + "]" * 40, "too-deep"),
        ("[" * 200_000, "too-deep"),
        ("- " * 100_000, "too-deep"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]", "alias"),
        ("a: {<<: *b}", "alias"),
        ("a: " + "x" * 300_000, "too-large"),
        ("a: 1\na: 2", "duplicate-key"),
        ("{a: 1}: 2", "yaml-syntax"),
        ("a: \x07", "yaml-syntax"),
    ],
)
def test_a_hostile_file_is_refused_before_anything_is_built(text: str, rule: str) -> None:
    """Bombs, depth and size are refused while reading."""
    problem = parse("a.yaml", text)
    assert isinstance(problem, Problem)
    assert problem.rule == rule


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.symlink_to("/etc/hostname"), "leads out of the folder"),
        (lambda path: path.symlink_to("../../../elsewhere.yaml"), "leads out of the folder"),
        (lambda path: path.symlink_to(path), "Symlink loop"),
        (lambda path: path.mkdir(), "no file"),
        (os.mkfifo, "no file"),
        (lambda path: path.write_text("x" * 300_000), "larger than 256 kB"),
    ],
    ids=["a link to anywhere", "a link upwards", "a link to itself", "a folder", "a pipe", "too large"],
)
def test_what_must_not_be_read_is_refused_unread(make: Callable[[Path], object], says: str, small: Path) -> None:
    """It would show what lies elsewhere, wait for ever or fill the memory."""
    make(small / "knowledge/amilol/surprise.yaml")
    (problem,) = check_content(small)
    assert problem.place.path == "knowledge/amilol/surprise.yaml"
    assert says in problem.message


def test_of_a_huge_file_no_more_is_read_than_shows_that_it_is_huge(small: Path) -> None:
    """A terabyte would fill the memory before anybody looked at its size."""
    file = small / "knowledge/amilol/dose.yaml"
    os.truncate(file, 1 << 40)
    assert len(gather(small).texts["knowledge/amilol/dose.yaml"]) == MAX_BYTES + 1


def test_links_within_the_folder_are_read(small: Path) -> None:
    """So do some ways of mounting it."""
    file = small / "knowledge/amilol/dose.yaml"
    kept = file.rename(small / "knowledge/.dose")
    file.symlink_to(kept)
    (small.parent / "mounted").symlink_to(small)
    assert check_content(small.parent / "mounted") == ()


def test_schemas_are_up_to_date_once_written(small: Path) -> None:
    """`schemas --check` fails before they are written and holds afterwards."""
    assert outdated(small)
    write_schemas(small)
    assert outdated(small) == ()


def test_shipped_schemas_say_what_the_records_say() -> None:
    """Editors' hover text is that of the program in the same commit.

    Asked in a process of its own: pydantic drops a description from what is described a second time.
    """
    command = [sys.executable, "-m", "bot", "--content", str(HERE.parent), "schemas", "--check"]
    assert subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False).stdout == ""

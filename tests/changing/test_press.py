"""A change goes live whole, checked and recorded, or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import resource
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.assembly import build_engine
from bot.cache import Cache
from bot.changing import (
    BusyError,
    HistoryError,
    OutdatedError,
    Press,
    PressError,
    Proposal,
    RefusedError,
    Snapshot,
    Step,
    disk,
)
from bot.changing.archive import Archive
from bot.changing.repository import author
from bot.checking.check import check_content
from bot.cli import main
from bot.commands.opening import finish_publication
from bot.content.files import gather
from bot.content.journal import ASIDE, JOURNAL
from bot.domain.catalogue import Catalogue
from bot.domain.finding import ShareFinding
from tests.changing.conftest import ASKED, DAY, FIGURE, QUESTIONS, Edits, replacing

BETTER = {FIGURE: ("percent: 71", "percent: 70")}
DRUGS = "knowledge/drugs.yaml"
OTHER = "knowledge/references/other.yaml"
REMOVED = "knowledge/unused_evidence.yaml"
THREE = {**BETTER, OTHER: "tag: Other 2022\nkind: study\n", REMOVED: None}
ADA = "Ada Lovelace <ada@example.org>"
EPOCH = datetime(2030, 1, 1, tzinfo=UTC)

Publish = Callable[..., Snapshot]


@pytest.fixture
def publish(content: Path, press: Press) -> Publish:
    """Publish edits over what lies there, and give the state before."""

    def published(edits: Edits, why: str = "A better figure") -> Snapshot:
        before = Snapshot.of(content)
        press.publish(replacing(content, edits, why), ADA, before.digest)
        return before

    return published


@pytest.fixture
def repository(content: Path) -> Path:
    """The same content in a git work tree, where somebody has staged something else."""
    git(content, "init", "--quiet", "--initial-branch=main")
    git(content, "add", ".")
    git(content, "commit", "--quiet", "--message", "As it began")
    (content / "notes.txt").write_text("not yet\n")
    git(content, "add", "notes.txt")
    return content


def git(content: Path, *arguments: str) -> str:
    named = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    return subprocess.run(["git", "-C", content, *named, *arguments], check=True, capture_output=True, text=True).stdout


class CrashError(BaseException):
    """The power fails."""


# What is published


def test_what_was_reviewed_is_what_lies_there_then(content: Path, press: Press) -> None:
    """Changed, new and removed files alike; the history says who, when and why."""
    (content / REMOVED).write_text("trial.author: Names nobody.\n")
    before, proposal = Snapshot.of(content), replacing(content, THREE)
    edition = press.publish(proposal, ADA, before.digest)
    assert Snapshot.of(content).digest == before.changed_by(proposal).digest
    assert (edition.by, edition.why, edition.paths) == (ADA, "A better figure", (FIGURE, OTHER, REMOVED))
    assert press.history(5) == (edition,)
    assert not (content / JOURNAL).exists()


def test_a_correction_is_marked_as_one(content: Path, press: Press) -> None:
    """Those who saw the mistake may then be told."""
    proposal = replace(replacing(content, BETTER), correction=True)
    assert press.publish(proposal, ADA, Snapshot.of(content).digest).correction
    assert press.history(1)[0].correction


def test_test_questions_are_published_with_it_and_leave_the_version_alone(content: Path, publish: Publish) -> None:
    """The version is that of what the bot says."""
    version = build_engine(content).catalogue.version
    publish({QUESTIONS: ("what dose", "which dose")})
    assert "which dose" in (content / QUESTIONS).read_text()
    assert build_engine(content).catalogue.version == version


def test_the_text_is_written_as_it_is_and_keeps_the_files_mode(content: Path, publish: Publish) -> None:
    """Remarks and layout are the editor's."""
    (content / FIGURE).chmod(0o640)
    publish({FIGURE: ("answer:", "# A remark.\n\nanswer:")})
    assert (content / FIGURE).read_text().startswith("# A remark.\n\nanswer:")
    assert (content / FIGURE).stat().st_mode & 0o777 == 0o640


def test_a_file_that_is_a_link_stays_one(content: Path, publish: Publish) -> None:
    """Some ways of mounting content are made of links."""
    kept = (content / FIGURE).rename(content / "knowledge/.kept")
    (content / FIGURE).symlink_to(kept)
    publish(BETTER)
    assert (content / FIGURE).is_symlink()
    assert "percent: 70" in kept.read_text()


def test_a_link_that_leads_out_is_not_followed(content: Path, press: Press, tmp_path: Path) -> None:
    """Whoever may edit the content may edit nothing else."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (content / "knowledge/elsewhere").symlink_to(outside)
    proposal = replacing(content, {"knowledge/elsewhere/dose.yaml": "answer: x\n", **BETTER})
    with pytest.raises(PressError):
        press.publish(proposal, ADA, Snapshot.of(content).digest)
    assert not [*outside.iterdir()]


# What is refused


def test_nothing_is_published_over_content_that_nobody_reviewed(content: Path, press: Press) -> None:
    """Somebody else was faster: look again."""
    before, proposal = Snapshot.of(content), replacing(content, BETTER)
    (content / "intents/dose.yaml").write_text((content / "intents/dose.yaml").read_text() + "  - dosage\n")
    with pytest.raises(OutdatedError, match="has changed since"):
        press.publish(proposal, ADA, before.digest)
    assert "percent: 71" in (content / FIGURE).read_text()


@pytest.mark.parametrize(
    ("edits", "which"),
    [
        ({FIGURE: ("percent: 71", "percent: 171")}, "errors"),
        ({FIGURE: "answer: ["}, "errors"),
        ({QUESTIONS: "- {id: a}"}, "errors"),
        ({QUESTIONS: ("topics: [dose]", "topics: [source]")}, "worse"),
        ({"intents/dose.yaml": ("phrases:\n", "phrases:\n  - what dose of {drug} should I give\n")}, "taught"),
    ],
    ids=["a figure that cannot be", "no YAML", "no questions", "a question that fails", "a question that was taught"],
)
def test_what_may_not_go_live_is_refused_with_its_review(edits: Edits, which: str, content: Path, press: Press) -> None:
    """Whoever proposes it, and whatever they were shown before."""
    before = Snapshot.of(content)
    with pytest.raises(RefusedError) as refused:
        press.publish(replacing(content, edits), ADA, before.digest)
    assert getattr(refused.value.review, which)
    assert Snapshot.of(content).digest == before.digest
    assert press.history(1) == ()


def test_a_change_that_changes_nothing_is_refused(content: Path, press: Press) -> None:
    """No empty edition."""
    proposal = replacing(content, {FIGURE: (content / FIGURE).read_text()})
    with pytest.raises(PressError, match="changes nothing"):
        press.publish(proposal, ADA, Snapshot.of(content).digest)


def test_two_do_not_publish_at_once(content: Path, press: Press) -> None:
    """The second one is told so."""
    (content / "var").mkdir()
    with (content / "var/publishing.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match="Somebody else is publishing"):
            press.publish(replacing(content, BETTER), ADA, Snapshot.of(content).digest)


def test_a_full_disk_changes_nothing(content: Path, press: Press) -> None:
    """The room is taken before anything is put into place."""
    before, proposal = Snapshot.of(content), replacing(content, BETTER)
    with full_disk(), pytest.raises(PressError, match="The disk refuses, and nothing was changed: File too large"):
        press.publish(proposal, ADA, before.digest)
    assert Snapshot.of(content).digest == before.digest
    assert not [*content.rglob(".*.staged")]
    press.publish(proposal, ADA, before.digest)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond a few bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_disk_that_cannot_be_written_changes_nothing(content: Path, press: Press) -> None:
    """No folder can be made for the journal: a file stands there."""
    (content / "var").touch()
    with pytest.raises(PressError, match="The disk refuses, and nothing was changed"):
        press.publish(replacing(content, BETTER), ADA, Snapshot.of(content).digest)


def test_a_disk_that_fails_once_it_is_live_says_that_it_is(
    content: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The renaming of the journal is the commit: nobody may be told afterwards that nothing was changed."""
    proposal, before = replacing(content, BETTER), Snapshot.of(content)
    monkeypatch.setattr(disk, "sync", refuses)
    with pytest.raises(PressError, match=r"This is live, but not all of it is on the disk yet: Input/output error"):
        press.publish(proposal, ADA, before.digest)
    monkeypatch.undo()
    assert Snapshot.of(content).digest == before.changed_by(proposal).digest
    press.recover()
    assert [one.why for one in press.history(2)] == ["A better figure"]


def refuses(_: Path) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_disk_that_asks_to_try_again_is_nobody_else_publishing(content: Path, kept: Cache) -> None:
    """The same kind of error as of a lock that is taken, but from elsewhere."""

    def blocks(step: Step) -> None:
        if step is Step.STAGED:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    press = Press(content, today=lambda: DAY, cache=kept, at_step=blocks)
    with pytest.raises(PressError, match="nothing was changed: Resource temporarily unavailable") as failed:
        press.publish(replacing(content, BETTER), ADA, Snapshot.of(content).digest)
    assert not isinstance(failed.value, BusyError)


# The numbered copies


def test_what_else_lies_among_the_copies_is_passed_over(content: Path, press: Press, publish: Publish) -> None:
    """Somebody copied a folder by hand, or keeps a note there."""
    publish(BETTER)
    shutil.copytree(content / "var/editions/0001", content / "var/editions/0001 copy")
    (content / "var/editions/2").mkdir()
    (content / "var/editions/00010").write_text("A note.")
    assert [one.id for one in press.history(9)] == ["0001"]
    press.undo("Bob")
    assert [one.id for one in press.history(9)] == ["0002", "0001"]
    assert press.live().digest == Snapshot.of(content).digest


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("edition.json", b""),
        ("edition.json", b"[]"),
        ("edition.json", b"\xff"),
        ("edition.json", b'{"at": "2030-01-01T12:00:00+00:00"}'),
        ("edition.json", None),
        (f"after/{FIGURE}", b"\xff"),
    ],
)
def test_a_copy_that_cannot_be_read_is_named(
    content: Path, press: Press, publish: Publish, file: str, damage: bytes | None
) -> None:
    """Whatever is wrong with it, as one kind of error."""
    publish(BETTER)
    found = content / "var/editions/0001" / file
    found.write_bytes(
        re.sub(rb'"at": "[^"]*"', b'"at": "2030-01-01"', found.read_bytes()) if damage is None else damage
    )
    with pytest.raises(HistoryError, match="var/editions/0001 cannot be read"):
        press.live()


def test_of_many_copies_only_the_newest_are_read(content: Path, press: Press, publish: Publish) -> None:
    """Each look at the history is for a few: an older copy that cannot be read is in nobody's way."""
    publish(BETTER)
    press.undo("Bob")
    (content / "var/editions/0001/edition.json").unlink()
    assert [one.id for one in press.history(1)] == ["0002"]


# Undo


def test_what_is_undone_is_what_was_shown(content: Path, press: Press, publish: Publish) -> None:
    """Somebody published meanwhile."""
    publish(BETTER)
    shown = press.history(1)[0].id
    publish({FIGURE: ("percent: 70", "percent: 69")})
    with pytest.raises(PressError, match="Something newer was published"):
        press.undo("Bob", shown)
    assert "percent: 69" in (content / FIGURE).read_text()
    press.undo("Bob", press.history(1)[0].id)
    assert "percent: 70" in (content / FIGURE).read_text()


def test_an_edition_is_undone_and_that_too(content: Path, press: Press, publish: Publish) -> None:
    """Each time as an edition of its own."""
    (content / REMOVED).write_text("trial.author: Names nobody.\n")
    before = publish(THREE)
    after = Snapshot.of(content)
    press.undo("Bob")
    assert Snapshot.of(content).digest == before.digest
    press.undo("Bob")
    assert Snapshot.of(content).digest == after.digest
    assert [one.why for one in press.history(9)] == [
        "Undo: Undo: A better figure",
        "Undo: A better figure",
        "A better figure",
    ]


def test_undo_is_possible_though_questions_fared_better_with_the_edition(content: Path, publish: Publish) -> None:
    """What was live before may be live again."""
    (content / QUESTIONS).write_text(f"{ASKED}- {{id: new, text: zzz amilol, expect: answer, topics: [source]}}\n")
    publish(BETTER)
    press = Press(content, today=lambda: DAY)
    press.undo("Bob")
    assert "percent: 71" in (content / FIGURE).read_text()


def test_what_was_never_live_here_comes_back_through_a_review(repository: Path, press: Press) -> None:
    """Two commits came from elsewhere: what the newer one replaced was not live for a moment."""
    text = (repository / DRUGS).read_text()
    for name in ("zzzz", "bemilol"):
        (repository / DRUGS).write_text(text.replace("name: bemilol", f"name: {name}"))
        git(repository, "commit", "--quiet", "--message", f"It is {name}\n\nPublication: 0123", DRUGS)
    with pytest.raises(RefusedError) as refused:
        press.undo("Bob")
    assert [one.name for one in refused.value.review.worse] == ["dose-2.0"]
    assert (repository / DRUGS).read_text() == text


def test_undo_makes_no_question_fail_that_the_edition_did_not_bring(
    content: Path, press: Press, publish: Publish
) -> None:
    """Somebody wrote one since, that holds only with the edition; or it came with it."""
    lesson = {"intents/source.yaml": ("phrases:\n", "phrases:\n  - kitchen spoon for {drug}\n")}
    asked = "- {id: new, text: kitchen spoon of amilol, expect: answer, topics: [source]}\n"
    publish({**lesson, QUESTIONS: f"{ASKED}{asked}"})
    press.undo("Bob")
    assert "kitchen" not in (content / QUESTIONS).read_text()
    publish(lesson)
    (content / QUESTIONS).write_text(f"{ASKED}{asked}")
    with pytest.raises(RefusedError) as refused:
        press.undo("Bob")
    assert [one.name for one in refused.value.review.worse] == ["new.0"]


def test_an_edition_is_not_undone_over_the_work_of_others(content: Path, press: Press, publish: Publish) -> None:
    """Its file was changed by hand since."""
    publish(BETTER)
    (content / FIGURE).write_text((content / FIGURE).read_text().replace("percent: 70", "percent: 69"))
    with pytest.raises(PressError, match=rf"cannot be undone: {FIGURE} has changed since"):
        press.undo("Bob")


def test_where_nothing_was_published_nothing_is_undone(press: Press) -> None:
    """It says so."""
    with pytest.raises(PressError, match="nothing to undo"):
        press.undo("Bob")


def test_what_was_published_is_told_apart_from_what_lies_there(content: Path, press: Press, publish: Publish) -> None:
    """Before the first publication they are the same."""
    assert press.live().digest == Snapshot.of(content).digest
    publish(BETTER)
    published = Snapshot.of(content)
    (content / "intents/dose.yaml").write_text("by hand")
    assert press.live().digest == published.digest != Snapshot.of(content).digest


# Crashes


@pytest.mark.parametrize("home", ["content", "repository"])
def test_wherever_it_stops_a_reader_finds_the_old_content_or_the_new(
    home: str, content: Path, kept: Cache, request: pytest.FixtureRequest
) -> None:
    """And the next publication begins by finishing it."""
    request.getfixturevalue(home)
    (content / REMOVED).write_text("trial.author: Names nobody.\n")
    states = set()
    for at in range(20):
        folder = Path(shutil.copytree(content, content.parent / f"copy{at}", symlinks=True))
        before, proposal = Snapshot.of(folder), replacing(folder, THREE)
        after = before.changed_by(proposal)
        if done := stops(folder, proposal, kept, at):
            break
        found = Snapshot.of(folder).digest
        assert found in {before.digest, after.digest}
        states.add(found == after.digest)
        press = Press(folder, today=lambda: DAY, cache=kept)
        press.recover()
        assert Snapshot.of(folder).digest == found
        assert len([one for one in press.history(9) if one.by == ADA]) == (found == after.digest)
        assert not [*folder.rglob(".*.staged")]
    assert done
    assert states == {True, False}


def stops(folder: Path, proposal: Proposal, kept: Cache, at: int) -> bool:
    """Publish, and stop after so many steps; whether it came to its end before that."""
    steps: list[Step] = []

    def crash(step: Step) -> None:
        steps.append(step)
        if len(steps) == at + 1:
            raise CrashError

    press = Press(folder, today=lambda: DAY, clock=lambda: EPOCH, cache=kept, at_step=crash)
    try:
        press.publish(proposal, ADA, Snapshot.of(folder).digest)
    except CrashError:
        return False
    return True


def test_between_two_files_the_folder_itself_is_a_mixture(content: Path, kept: Cache) -> None:
    """So that the journal is what keeps readers from seeing one."""
    edits = {**BETTER, "knowledge/bemilol/response_rate.yaml": ("high: 3", "high: 4")}
    stops(content, replacing(content, edits), kept, [*Step].index(Step.MOVED) + 1)
    assert "percent: 70" in (content / FIGURE).read_text()
    assert "high: 3," in (content / "knowledge/bemilol/response_rate.yaml").read_text()
    assert "high: 4" in gather(content).texts["knowledge/bemilol/response_rate.yaml"]
    finish_publication(content)
    assert "high: 4" in (content / "knowledge/bemilol/response_rate.yaml").read_text()


@pytest.mark.parametrize("path", [FIGURE, REMOVED])
def test_a_file_that_was_saved_by_hand_after_a_crash_is_kept(
    path: str, content: Path, kept: Cache, caplog: pytest.LogCaptureFixture
) -> None:
    """The publication is live and takes its place; log and check say where it lies now, until it is gone from there."""
    (content / REMOVED).write_text("trial.author: Names nobody.\n")
    stops(content, replacing(content, THREE), kept, [*Step].index(Step.MOVED) + 1)
    assert (content / JOURNAL).exists()
    by_hand = "trial.author: Saved by hand.\n"
    (content / path).write_text(by_hand)
    found = CliRunner().invoke(main, ["--content", str(content), "check"])
    (aside,) = (content / ASIDE).rglob("*.yaml")
    assert aside.read_text() == by_hand
    assert f"{path} was saved by hand while a publication was under way: kept as {aside}" in caplog.text
    where = aside.relative_to(content).as_posix()
    assert f"{where}:1: warning: somebody saved {path} while a publication was under way" in found.output
    assert "percent: 70" in (content / FIGURE).read_text()
    assert not (content / REMOVED).exists()
    aside.unlink()
    assert [one for one in check_content(content) if one.rule == "lies-aside"] == []


def test_an_undisturbed_recovery_keeps_nothing_aside(content: Path, kept: Cache) -> None:
    """Old texts and new ones are no hand edits, however their lines end."""
    (content / FIGURE).write_bytes((content / FIGURE).read_bytes().replace(b"\n", b"\r\n"))
    stops(content, replacing(content, BETTER), kept, [*Step].index(Step.COMMITTED))
    finish_publication(content)
    assert "percent: 70" in (content / FIGURE).read_text()
    assert not (content / ASIDE).exists()


@pytest.mark.parametrize("command", [["check"], ["ask", "dose of amilol"], ["topics"]])
def test_a_command_finishes_what_a_crash_interrupted(command: list[str], content: Path, kept: Cache) -> None:
    """So that no hand edit is made under a publication that lies over the files."""
    stops(content, replacing(content, BETTER), kept, [*Step].index(Step.COMMITTED))
    assert (content / JOURNAL).exists()
    CliRunner().invoke(main, ["--content", str(content), *command])
    assert not (content / JOURNAL).exists()
    assert "percent: 70" in (content / FIGURE).read_text()


def test_a_command_that_cannot_finish_it_says_so(content: Path, kept: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads what is live all the same."""
    stops(content, replacing(content, BETTER), kept, [*Step].index(Step.COMMITTED))
    monkeypatch.setattr(disk, "sync", refuses)
    found = CliRunner().invoke(main, ["--content", str(content), "ask", "response to amilol"])
    assert "A publication lies unfinished over the files." in found.stderr
    assert "70%" in found.stdout


def test_no_reader_ever_sees_a_mixture(content: Path, press: Press) -> None:
    """Readers look without pause while two files change back and forth."""
    edits = {**BETTER, "knowledge/bemilol/response_rate.yaml": ("high: 3", "high: 4")}
    before, proposal = Snapshot.of(content), replacing(content, edits)
    seen, stop = set[str](), threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.add(Snapshot.of(content).digest)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    press.publish(proposal, ADA, before.digest)
    for _ in range(6):
        press.undo("Bob")
    stop.set()
    for reader in readers:
        reader.join()
    assert seen == {before.digest, before.changed_by(proposal).digest}


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b"\xff", b'{"digest": "x", "body": "{}"}'])
def test_a_damaged_journal_keeps_content_from_going_live(damage: bytes, content: Path, press: Press) -> None:
    """What was to be published cannot be known, and the files may be a mixture."""
    (content / JOURNAL).parent.mkdir()
    (content / JOURNAL).write_bytes(damage)
    assert [problem.rule for problem in check_content(content)] == ["damaged-journal"]
    with pytest.raises(PressError, match="is damaged"):
        press.recover()


# Commits


def test_a_commit_holds_the_change_and_nothing_else(repository: Path, press: Press, publish: Publish) -> None:
    """What others have staged stays staged; the author is who published."""
    publish(BETTER)
    assert git(repository, "show", "--name-only", "--format=%an <%ae>%n%s", "HEAD").split("\n")[:4] == [
        ADA,
        "A better figure",
        "",
        FIGURE,
    ]
    assert git(repository, "status", "--porcelain").splitlines() == ["A  notes.txt"]
    assert press.live().digest == Snapshot.of(repository).digest
    assert [one.why for one in press.history(9)] == ["A better figure", "As it began"]


def test_what_was_changed_by_hand_is_committed_by_itself_first(
    repository: Path, press: Press, publish: Publish
) -> None:
    """So that undoing the publication brings it back."""
    (repository / FIGURE).write_text((repository / FIGURE).read_text().replace("percent: 71", "percent: 72"))
    publish({FIGURE: ("percent: 72", "percent: 70")})
    assert [one.by.split(" <")[0] for one in press.history(9)] == ["Ada Lovelace", "unknown", "Somebody"]
    press.undo("Bob")
    assert "percent: 72" in (repository / FIGURE).read_text()


def test_where_git_refuses_a_copy_is_kept_and_says_so(repository: Path, press: Press, publish: Publish) -> None:
    """Another git holds the branch."""
    (repository / ".git/refs/heads/main.lock").touch()
    publish(BETTER)
    newest = press.history(1)[0]
    assert newest.is_copy
    assert newest.note.startswith("kept as a numbered copy, since git refuses: git update-ref")
    assert press.live().digest == Snapshot.of(repository).digest
    assert [rate(one) for one in Archive(press, lambda: DAY).around(newest)] == [71, 70]
    press.undo("Bob")
    assert "percent: 71" in (repository / FIGURE).read_text()
    assert press.live().digest == Snapshot.of(repository).digest


def test_what_was_kept_while_git_refused_stays_in_the_history(repository: Path, press: Press, publish: Publish) -> None:
    """The next commit is of other files, or of the same: what was live is told all the same."""
    (repository / ".git/refs/heads/main.lock").touch()
    publish(THREE)
    (repository / ".git/refs/heads/main.lock").unlink()
    copy = press.history(1)[0]
    publish({"knowledge/bemilol/response_rate.yaml": ("high: 3", "high: 4")})
    assert not press.history(1)[0].is_copy
    assert press.live().digest == Snapshot.of(repository).digest
    publish({FIGURE: ("percent: 70", "percent: 69")})
    assert press.live().digest == Snapshot.of(repository).digest
    assert [rate(one) for one in Archive(press, lambda: DAY).around(copy)] == [71, 70]


def rate(catalogue: Catalogue) -> object:
    """The share that is published again and again here, in percent."""
    finding = catalogue.findings["amilol.response_rate.share"].finding
    return finding.value.percent if isinstance(finding, ShareFinding) else None


@pytest.mark.parametrize(
    "message",
    [
        "A \x1e record \x1f of its own",
        "Publication: abc\n\nCorrection: maybe not",
        "Sch\udcf6n",
    ],
)
def test_a_commit_by_hand_may_say_anything(repository: Path, press: Press, publish: Publish, message: str) -> None:
    """Neither does it end the history, nor pass for what the press has published."""
    (repository / FIGURE).write_text((repository / FIGURE).read_text().replace("percent: 71", "percent: 72"))
    git(repository, "commit", "--quiet", "--cleanup=verbatim", "--message", message, FIGURE)
    publish({FIGURE: ("percent: 72", "percent: 70")})
    ours, by_hand, _ = press.history(9)
    assert (ours.why, bool(ours.token)) == ("A better figure", True)
    assert (by_hand.token, by_hand.paths) == ("", (FIGURE,))


def test_no_reason_passes_for_what_the_history_is_read_by(repository: Path, press: Press, publish: Publish) -> None:
    """It is one line; and what looks like a mark in it is none."""
    publish(BETTER, why="Publication: 0123\n\nCorrection: yes")
    newest = press.history(1)[0]
    assert newest.why == "Publication: 0123 Correction: yes"
    assert newest.token not in {"", "0123"}
    assert not newest.correction


def test_an_edition_has_the_same_name_after_a_rebase(repository: Path, press: Press, publish: Publish) -> None:
    publish(BETTER)
    before = press.history(1)[0]
    message = git(repository, "log", "-n1", "--format=%B")
    git(repository, "commit", "--quiet", "--amend", "--message", f"Again: {message}")
    after = press.history(1)[0]
    assert after.id != before.id
    assert after.name == before.name


def test_no_hook_and_no_setting_of_the_user_counts(
    repository: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook that refuses everything, and an environment that points elsewhere."""
    hook = repository / ".git/hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    publish(BETTER)
    monkeypatch.delenv("GIT_DIR")
    assert git(repository, "log", "--format=%s", "-n1").strip() == "A better figure"


def test_content_that_git_ignores_is_kept_in_copies(content: Path, press: Press, publish: Publish) -> None:
    """As where the work tree is that of something else."""
    git(content, "init", "--quiet")
    (content / ".gitignore").write_text("*\n")
    publish(BETTER)
    assert press.history(1)[0].is_copy
    assert press.history(1)[0].note == ""


@pytest.mark.parametrize(
    ("by", "named"),
    [
        (ADA, ("Ada Lovelace", "ada@example.org")),
        ("Dr. Bob", ("Dr. Bob", "dr.bob@localhost.invalid")),
        ("a <b>\nc", ("a b c", "a.b.c@localhost.invalid")),
        ("", ("editor", "editor@localhost.invalid")),
    ],
)
def test_a_commit_has_an_author_whoever_published(by: str, named: tuple[str, str]) -> None:
    """Git wants a name and an address."""
    assert author(by) == named

"""Kills the publisher after each of its steps, and counts what is left: the old content, the new, or neither.

    python -m tests.changing.kills --runs 60

Every run publishes a change of three files (one changed, one new, one gone) in a process of its own that kills itself
after one of its steps, with both kinds of history in turn. Then the content is read, the publication is finished as at
a start, and content and history are held against each other.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.cache import Cache
from bot.changing import Press, Proposal, Snapshot, Step, review
from bot.changing.step import Watch, unwatched

SMALL = Path(__file__).parent.parent / "small"
DAY = date(2026, 1, 1)
CHANGED, ADDED, REMOVED = (
    "knowledge/amilol/response_rate.yaml",
    "knowledge/references/other.yaml",
    "knowledge/unused_evidence.yaml",
)
GIT = ("git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")


@dataclass(slots=True)
class Toll:
    """What a series of kills came to, by kind of history and step."""

    old: Counter[tuple[str, str]] = field(default_factory=Counter)
    new: Counter[tuple[str, str]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        return self.old.total() + self.new.total() + len(self.faults)

    def __str__(self) -> str:
        counts = [(kind, step, self.old[kind, step], self.new[kind, step]) for kind, step in self]
        rows = [f"  {kind:<8} after {step:<10} old {old:>3}   new {new:>3}" for kind, step, old, new in counts]
        last = f"{self.kills} x kill -9: {self.old.total()} left the old content, {self.new.total()} the new, "
        return "\n".join([*rows, f"{last}{len(self.faults)} anything else", *self.faults])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Every kind and step, in the order of the first kill."""
        return iter(dict.fromkeys((*self.old, *self.new)))


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder of content, before and after one change, and where a publisher can be killed."""

    home: Path
    kind: str
    old: Snapshot
    proposal: Proposal
    steps: tuple[Step, ...]

    @classmethod
    def built(cls, home: Path, kind: str) -> Stage:
        """With a git work tree or without; a change that somebody else has staged must stay what it is."""
        content = Path(shutil.copytree(SMALL, home / "content"))
        (content / REMOVED).write_text("trial.author: Names nobody.\n")
        if kind == "commits":
            _git(content, "init", "--quiet")
            _git(content, "add", ".")
            _git(content, "commit", "--quiet", "--message", "As it began")
            (content / "notes.txt").write_text("not yet\n")
            _git(content, "add", "notes.txt")
        old = Snapshot.of(content)
        proposal = _change(old)
        review(old, old.changed_by(proposal), DAY, Cache(home / "cache"))
        steps: list[Step] = []
        copy = shutil.copytree(content, home / "rehearsal")
        _press(copy, home, steps.append).publish(proposal, "Ada", old.digest)
        shutil.rmtree(copy)
        return cls(home, kind, old, proposal, tuple(steps))

    def kill(self, at: int, toll: Toll) -> None:
        """Publish in a process that kills itself after one step, counted from nought, and look at what it left."""
        content = Path(shutil.copytree(self.home / "content", self.home / "killed"))
        try:
            left = self._run_until(content, at)
            self._judge(content, left, self.steps[: at + 1])
            (toll.new if left == "new" else toll.old)[self.kind, f"{self.steps[at]}"] += 1
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is counted
            toll.faults.append(f"{self.kind}, killed after step {at} ({self.steps[at]}): {error!r}")
        finally:
            shutil.rmtree(content)

    def _run_until(self, content: Path, at: int) -> str:
        child = [sys.executable, "-m", "tests.changing.kills", "--child", str(self.home), "--at", str(at)]
        ended = subprocess.run(child, check=False, cwd=Path(__file__).parent.parent.parent)
        _expect(ended.returncode == -signal.SIGKILL, f"the publisher ended with {ended.returncode}")
        found = Snapshot.of(content).digest
        known = {self.old.digest: "old", self.old.changed_by(self.proposal).digest: "new"}
        _expect(found in known, "a reader sees a mixture")
        return known[found]

    def _judge(self, content: Path, left: str, done: tuple[Step, ...]) -> None:
        expected = "new" if Step.COMMITTED in done else "old"
        _expect(left == expected, f"{left} content where the {expected} one was due")
        before = Snapshot.of(content)
        press = _press(content, self.home)
        press.recover()
        press.recover()
        _expect(Snapshot.of(content).digest == before.digest, "finishing it changed what is read")
        _expect(not [*content.rglob(".*.staged"), *content.glob("var/publishing.json")], "something was left behind")
        _expect(_raw(content) == before.texts, "the files do not hold what is read")
        self._judge_history(press, content, left)

    def _judge_history(self, press: Press, content: Path, left: str) -> None:
        published = [edition for edition in press.history(9) if edition.why == self.proposal.why]
        _expect(len(published) == (left == "new"), f"{len(published)} editions in the history")
        _expect(press.live().digest == Snapshot.of(content).digest, "the history holds another state")
        if left == "new":
            press.undo("Ada")
            _expect(Snapshot.of(content).digest == self.old.digest, "undoing it does not bring back the old content")
        if self.kind == "commits":
            changed = _git(content, "status", "--porcelain").splitlines()
            _expect(changed == ["A  notes.txt"], f"git sees {changed}")


def _change(old: Snapshot) -> Proposal:
    text = old.texts[CHANGED].replace("percent: 71", "percent: 70")
    other = old.texts["knowledge/references/trial.yaml"]
    return Proposal({CHANGED: text, ADDED: other, REMOVED: None}, "A better figure")


def _raw(content: Path) -> dict[str, str]:
    files = [file for folder in ("knowledge", "intents") for file in content.glob(f"{folder}/**/*.yaml")]
    return {file.relative_to(content).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _press(content: Path, home: Path, at_step: Watch = unwatched) -> Press:
    clock = datetime(2026, 1, 1, 12, tzinfo=UTC)
    return Press(content, today=lambda: DAY, clock=lambda: clock, cache=Cache(home / "cache"), at_step=at_step)


def _git(content: Path, *arguments: str) -> str:
    return subprocess.run([*GIT, "-C", content, *arguments], check=True, capture_output=True, text=True).stdout


def _expect(holds: bool, fault: str) -> None:
    if not holds:
        raise AssertionError(fault)


def kill_publishers(home: Path, runs: int) -> Toll:
    """So many kills, after each step in turn, with both kinds of history; a few are spread over all of them."""
    toll = Toll()
    stages = []
    for kind in ("copies", "commits"):
        (home / kind).mkdir()
        stages.append(Stage.built(home / kind, kind))
    points = [(stage, at) for stage in stages for at in range(len(stage.steps))]
    for run in range(runs):
        stage, at = points[run * len(points) // runs if runs < len(points) else run % len(points)]
        stage.kill(at, toll)
    return toll


def publish_and_die(home: Path, at: int) -> None:
    """In the process that is to be killed."""
    content = home / "killed"
    old = Snapshot.of(content)
    passed: list[Step] = []

    def die(step: Step) -> None:
        passed.append(step)
        if len(passed) == at + 1:
            os.kill(os.getpid(), signal.SIGKILL)

    _press(content, home, die).publish(_change(old), "Ada", old.digest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--at", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        publish_and_die(chosen.child, chosen.at)
        return
    with tempfile.TemporaryDirectory() as home:
        toll = kill_publishers(Path(home), chosen.runs)
    print(toll)
    sys.exit(1 if toll.faults else 0)


if __name__ == "__main__":
    main()

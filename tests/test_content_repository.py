"""A hospital's own repository of content refuses a commit that must not go live: tried with git itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.commands.formatting import fmt

ROOT = Path(__file__).parent.parent
KIT = ROOT / "deploy/content-repository"
ENVIRONMENT = {
    **os.environ,
    **{f"GIT_{who}_{what}": "ed@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "ROUNDS": str(ROOT),
    "PYTHON": sys.executable,
}
QUESTION = '- id: q-1\n  text: "amilol dose?"\n  expect: answer\n  topics: [dose]\n  drugs: [amilol]\n'
BENEFIT = QUESTION.replace("q-1", "q-2").replace("amilol dose?", "amilol how much gives benefit?")
TAUGHT = "  - how much benefit from {drug}\n  - how much benefit does {drug} give\n"
"""Ways of asking for the response rate that come nearer to that question than those of asking for the dose."""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command of git."""
    return subprocess.run(
        ["git", *arguments], cwd=repository, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


@pytest.fixture
def repository(small: Path) -> Path:
    """The small content in a repository as its README makes one."""
    shutil.copytree(KIT, small, dirs_exist_ok=True)
    (small / "tests/questions").mkdir(parents=True)
    (small / "tests/questions/dose.yaml").write_text(QUESTION, encoding="utf-8")
    with pytest.raises(SystemExit):
        fmt.main([], obj=small)
    for command in ("init -q", "add .", "config core.hooksPath hooks"):
        assert git(small, *command.split()).returncode == 0
    return small


def test_good_content_is_committed(repository: Path) -> None:
    """With its questions judged."""
    done = git(repository, "commit", "-m", "content")
    assert done.returncode == 0, done.stderr
    assert "0 error(s)" in done.stderr + done.stdout
    assert "no content stands in HEAD to compare it with" in done.stderr + done.stdout
    assert git(repository, "log", "--format=%s").stdout == "content\n"


def test_content_with_an_error_is_not_committed_and_the_editor_is_told_why(repository: Path) -> None:
    """Even where the folder holds a better state by now: what would be committed is what counts."""
    file = repository / "knowledge/amilol/dose.yaml"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("Single studies", "All 9 studies"), encoding="utf-8")
    git(repository, "add", ".")
    file.write_text(good, encoding="utf-8")
    done = git(repository, "commit", "-m", "content")
    assert done.returncode == 1
    assert (
        'knowledge/amilol/dose.yaml:2: error: a digit stands in the text: "All 9 studies' in done.stdout + done.stderr
    )
    assert git(repository, "log").returncode != 0


def test_a_phrase_that_turns_a_right_answer_wrong_is_not_committed(repository: Path) -> None:
    """No file has an error and no reply is dangerous: only the comparison with the last commit shows it."""
    topic, questions = repository / "intents/response_rate.yaml", repository / "tests/questions/dose.yaml"
    before = topic.read_text(encoding="utf-8").replace("next: [dose]", "next: []")
    topic.write_text(before, encoding="utf-8")
    questions.write_text(questions.read_text(encoding="utf-8") + BENEFIT, encoding="utf-8")
    git(repository, "add", ".")
    assert git(repository, "commit", "-m", "content").returncode == 0
    topic.write_text(before + TAUGHT, encoding="utf-8")
    git(repository, "add", ".")
    done = git(repository, "commit", "-m", "taught")
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "0 error(s)" in told
    assert "dangerous 0" in told
    assert "comparing with HEAD, question by question (a minute) ..." in told
    assert "WORSE: amilol how much gives benefit?" in told
    assert git(repository, "log", "--format=%s").stdout == "content\n"


def test_a_change_that_makes_nothing_worse_is_committed(repository: Path) -> None:
    """Having been compared."""
    assert git(repository, "commit", "-m", "content").returncode == 0
    study = repository / "knowledge/studies/trial.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("amount: 50", "amount: 75"), encoding="utf-8")
    git(repository, "add", ".")
    done = git(repository, "commit", "-m", "dose")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing stands against it." in done.stdout + done.stderr


def test_a_mistake_in_the_folder_does_not_hinder_a_good_commit(repository: Path) -> None:
    """Nor is it swept in."""
    (repository / "knowledge/amilol/dose.yaml").write_text("half written", encoding="utf-8")
    assert git(repository, "commit", "-m", "content").returncode == 0


def test_what_is_not_in_the_house_style_is_not_committed(repository: Path) -> None:
    """So that the next change shows nothing but itself."""
    with (repository / "intents/dose.yaml").open("a", encoding="utf-8") as file:
        file.write("chart:   response\n")
    git(repository, "add", ".")
    done = git(repository, "commit", "-m", "content")
    assert done.returncode == 1
    assert "intents/dose.yaml is not in the house style" in done.stdout + done.stderr


def test_hook_pre_commit_and_ci_run_the_same_check() -> None:
    """One script, so that none of the three is milder."""
    configured = yaml.safe_load((KIT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert configured["repos"][0]["hooks"][0]["entry"] == "./check"
    steps = yaml.safe_load((KIT / ".github/workflows/content.yaml").read_text(encoding="utf-8"))["jobs"]["check"][
        "steps"
    ]
    assert steps[-1]["run"].endswith("./check")
    assert steps[0]["with"]["fetch-depth"] == 0, "without its history there is no base to compare with"
    assert "./check" in (KIT / "hooks/pre-commit").read_text(encoding="utf-8")
    assert all((KIT / name).stat().st_mode & 0o111 for name in ("check", "hooks/pre-commit"))

"""The command line as people use it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.errors import ExitCode
from bot.live import LiveEngine

HERE = Path(__file__).parent
SMALL = str(HERE / "small")


ODD_LINES = (
    '{"id": 1, "turns": "dose of amilol"}',
    '{"id": "\\ud800", "turns": ["dose of amilol"]}',
    '{"id": 1, "turns": ["\\udfff"]}',
    "[" * 100_000,
)
"""JSON that Python reads and cannot print, or takes apart letter by letter, or reads too deep."""


def call(*arguments: str, stdin: str | None = None) -> Result:
    """Run a command over the small knowledge base."""
    return CliRunner().invoke(main, ["--content", SMALL, *arguments], input=stdin)


def test_ask_prints_the_figure_with_its_source() -> None:
    """What a terminal user sees."""
    result = call("ask", "response rate of amilol")
    assert result.exit_code == 0
    assert "71% (95% CI 65 to 77) of patients responded." in result.output
    assert "Review 2020, Efficacy, item 1" in result.output
    assert "doi.org/10.1000/invented.1" in result.output


def test_ask_json_has_every_field_of_the_interface() -> None:
    """Fields may be added, never renamed."""
    reply = json.loads(call("ask", "--json", "response rate of amilol").output)
    assert reply["outcome"] == "answer"
    assert reply["answers"][0] == {
        "topic": "response_rate",
        "drug": "amilol",
        "population": None,
        "state": "reported",
        "findings": ["amilol.response_rate.share", "trial.response"],
        "citations": [
            {"reference": "review", "locator": "Efficacy, item 1"},
            {"reference": "trial", "locator": "Abstract"},
        ],
        "literature_to": 2020,
        "last_checked": None,
        "withheld": [],
    }
    fields = "outcome answers nearby options patient_specific understood confidence text html content_version"
    assert set(fields.split()) <= set(reply)


def test_ask_jsonl_holds_each_conversation_apart() -> None:
    """One reply a line for every turn; what one conversation spoke of is unknown to the next."""
    lines = [{"id": "a", "turns": ["dose of amilol", "and bemilol?"]}, {"id": "b", "turns": ["and bemilol?"]}]
    result = call("ask", "--jsonl", stdin="\n".join(map(json.dumps, lines)))
    replies = [json.loads(line) for line in result.output.splitlines()]
    assert [(reply["id"], reply["turn"]) for reply in replies] == [("a", 0), ("a", 1), ("b", 0)]
    assert replies[1]["answers"][0]["topic"] == "dose"
    assert replies[1]["answers"][0]["drug"] == "bemilol"
    assert replies[2]["outcome"] == "clarification"


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": 1}', '{"turns": []}', *ODD_LINES])
def test_a_bad_line_is_named_by_number_and_not_repeated(line: str) -> None:
    """It may hold a question."""
    result = call("ask", "--jsonl", stdin=line)
    assert result.exit_code == 2
    assert "line 1 of the input" in result.output
    assert "not json" not in result.output


def test_a_line_that_is_no_text_is_named_by_number() -> None:
    """It is read as bytes, so that one bad line ends in no traceback."""
    result = CliRunner().invoke(main, ["--content", SMALL, "ask", "--jsonl"], input=b"\xff\n")
    assert result.exit_code == 2
    assert "line 1 of the input" in result.output


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "--jsonl", "dose of amilol"]])
def test_ask_wants_a_question_or_conversations(arguments: list[str]) -> None:
    """Not neither, and not both."""
    assert call(*arguments).exit_code == 2


def test_explain_shows_every_step_and_the_line_of_every_finding() -> None:
    """For whoever doubts an answer."""
    output = call("explain", "response rate of ami in cluster headache").output
    for expected in (
        '"ami" is drug: amilol (alias)',
        '"cluster headache" is population: cluster (exact)',
        "masked       response rate of {drug} in {population}",
        "ranking 1",
        "threshold",
        "finding      amilol.response_rate.cluster at knowledge/amilol/response_rate.yaml:15",
    ):
        assert expected in output


def test_topics_lists_an_example_of_each() -> None:
    """What can be asked."""
    assert "response_rate              How many respond to amilol?" in call("topics").output


def test_check_exits_with_one_where_an_error_stands(small: Path) -> None:
    """And prints place, rule and remedy."""
    (small / "knowledge/amilol/dose.yaml").write_text("answer: All 9 studies.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["--content", str(small), "check"])
    assert result.exit_code == 1
    assert "knowledge/amilol/dose.yaml:1: error: a digit stands in the text" in result.output


def test_content_that_cannot_go_live_is_one_exit_code_and_no_traceback(small: Path) -> None:
    """Every problem is listed."""
    (small / "intents/dose.yaml").write_text("title: [", encoding="utf-8")
    result = CliRunner().invoke(main, ["--content", str(small), "ask", "dose"])
    assert result.exit_code == ExitCode.CONTENT
    assert "a bracket is opened and not closed" in result.output
    assert "Traceback" not in result.output


def test_schemas_check_fails_until_they_are_written(small: Path) -> None:
    """For continuous integration."""
    command = ["--content", str(small), "schemas"]
    assert CliRunner().invoke(main, [*command, "--check"]).exit_code == 1
    assert CliRunner().invoke(main, command).exit_code == 0
    assert CliRunner().invoke(main, [*command, "--check"]).exit_code == 0


def test_run_answers_a_pipe_in_the_terminal_without_a_token(tmp_path: Path) -> None:
    """One reply a line of input; a number chooses an option; the first lines say which mode it is in."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--content", SMALL, "run"],
        input="dose of amilol\ndose?\n1\n",
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert "Rounds in the terminal" in done.stderr
    assert "TELEGRAM_BOT_TOKEN" in done.stderr
    assert done.stdout.count("Single studies used 50 mg daily.") >= 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "stdin", ["< /dev/null", "<&-", "< /dev/null cat |"], ids=["nothing", "closed", "an empty pipe"]
)
def test_run_without_a_token_where_nobody_can_ask_is_an_error(stdin: str, tmp_path: Path) -> None:
    """As under a supervisor, with the name of the setting mistyped: an end with 0 would be taken for success."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(HERE.parent)}
    program = f"{sys.executable} -m bot --content {SMALL} run"
    command = f"{stdin} {program}" if stdin.endswith("|") else f"{program} {stdin}"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == ExitCode.SETTINGS
    last = done.stderr.splitlines()[-1]
    assert (
        last == "TELEGRAM_BOT_TOKEN is not set, and there is neither a person at a terminal nor a question to answer."
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["chart", "response", "amilol", "-o"],
        ["booklet", "-o"],
        ["coverage", "--json"],
        ["coverage", "--markdown"],
    ],
)
def test_a_file_that_cannot_be_written_is_one_clear_line(arguments: list[str], tmp_path: Path) -> None:
    """The folder does not exist."""
    file = tmp_path / "missing/file"
    result = call(*arguments, str(file))
    assert result.exit_code == 1
    assert result.stderr == f"Error: {file} cannot be written: No such file or directory.\n"


@pytest.mark.parametrize("arguments", [["ask", "dose of amilol"], ["check"], ["topics"], ["studies"]])
def test_only_run_asks_for_the_token(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that is none keeps no editor from the content."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "not a token")
    monkeypatch.setenv("CONTENT", SMALL)
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert CliRunner().invoke(main, ["run"]).exit_code == ExitCode.SETTINGS


def test_ctrl_c_ends_the_terminal_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is how people end it."""

    def interrupted(_: LiveEngine) -> None:
        raise KeyboardInterrupt

    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.setattr("bot.commands.serving.converse", interrupted)
    result = call("run")
    assert result.exit_code == ExitCode.STOPPED
    assert "Aborted" not in result.output

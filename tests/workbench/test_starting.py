"""How the workbench starts: over what, and where."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.commands.opening import engine_at_hand
from bot.errors import ExitCode

AMIRA = ("-c", "user.name=Amira", "-c", "user.email=amira@rounds.example")


def broken(content: Path) -> None:
    file = content / "knowledge/amilol/response_rate.yaml"
    file.write_text(file.read_text().replace("percent: 71", "percnt: 71"))


def test_over_broken_files_what_was_published_last_answers(small: Path) -> None:
    """An editor who has broken a file opens the workbench to see how."""
    for arguments in (["init", "--quiet"], ["add", "."], [*AMIRA, "commit", "--quiet", "--message", "What is live"]):
        subprocess.run(["git", "-C", str(small), *arguments], check=True)
    broken(small)
    assert engine_at_hand(small).reply_to("response rate of amilol").context.drugs == ("amilol",)


def test_without_anything_published_the_problems_are_listed(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(small)
    with pytest.raises(SystemExit) as end:
        engine_at_hand(small)
    assert end.value.code == ExitCode.CONTENT
    assert "percnt" in capsys.readouterr().err


def test_an_address_that_is_taken_is_said_in_a_line(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        result = CliRunner().invoke(main, ["--content", str(small), "workbench", "--port", port])
    assert result.exit_code == ExitCode.FAILED
    assert result.stderr.splitlines()[-1].startswith(f"The workbench cannot listen at 127.0.0.1, port {port}:")

"""The commands for those who edit: what they write, what they refuse, and that nothing half-written goes live."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.checking.check import check_content
from bot.cli import main

DEADLINE = 120.0
"""Seconds, for a slow machine."""
PHRASES = "  - how many get better on {drug}\n"
QUESTION = '- id: q-1\n  text: "ami response overall then"\n  expect: answer\n  topics: [response_rate]\n'


def run(content: Path, *arguments: str) -> Result:
    """The command line over a folder of content."""
    return CliRunner().invoke(main, ["--content", str(content), *arguments])


def test_fmt_writes_the_house_style_once(small: Path) -> None:
    """`--check` says what it would do, and does nothing."""
    file = small / "intents/dose.yaml"
    before = file.read_text(encoding="utf-8")
    checked = run(small, "fmt", "--check")
    assert (checked.exit_code, file.read_text(encoding="utf-8")) == (1, before)
    assert "intents/dose.yaml is not in the house style: run `python -m bot fmt`" in checked.output
    assert run(small, "fmt").exit_code == 0
    assert file.read_text(encoding="utf-8") == (
        f"# yaml-language-server: $schema=../knowledge/schemas/topic.json\n{before}"
    )
    assert run(small, "fmt", "--check").output == ""
    assert check_content(small) == ()


def test_fmt_takes_the_advice_out_of_a_new_file_once_it_is_followed(small: Path) -> None:
    """As long as something is to be written, it stays."""
    assert run(small, "new", "reference", "doe_2024").exit_code == 0
    file = small / "knowledge/references/doe_2024.yaml"
    half = file.read_text(encoding="utf-8")
    assert run(small, "fmt", "--check", str(file)).exit_code == 0
    file.write_text(half.replace(": ???", ": written").replace('"???"', "written"), encoding="utf-8")
    assert run(small, "fmt", str(file)).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "Write over" in half
    assert "Write over" not in text
    assert text.startswith("# yaml-language-server")
    assert "tag: written" in text


def test_fmt_leaves_a_file_that_it_cannot_read(small: Path) -> None:
    """And formats the others."""
    (small / "intents/dose.yaml").write_text('title: "dose\n', encoding="utf-8")
    (small / "intents/source.yaml").write_bytes(b"\xff\xfet\x00")
    done = run(small, "fmt")
    assert done.exit_code == 1
    told = [str(problem) for problem in check_content(small) if problem.rule in {"yaml-syntax", "unreadable"}]
    assert len(told) == 2
    assert all(text in done.output for text in told), "not the words of check"
    assert (small / "intents/dose.yaml").read_text(encoding="utf-8") == 'title: "dose\n'
    assert "intents/limits.yaml is formatted now" in done.output


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("study", "doe_2024"), "knowledge/studies/doe_2024.yaml"),
        (("reference", "doe_2024"), "knowledge/references/doe_2024.yaml"),
        (("topic", "fatigue"), "intents/fatigue.yaml"),
        (("answer", "bemilol", "source"), "knowledge/bemilol/source.yaml"),
    ],
)
def test_a_new_file_is_in_the_house_style_and_cannot_go_live(
    arguments: tuple[str, ...], path: str, small: Path
) -> None:
    """Each ??? is a problem that says what belongs there, and nothing else is one."""
    assert run(small, "new", *arguments).exit_code == 0
    assert run(small, "fmt", "--check", str(small / path)).output == ""
    problems = check_content(small)
    text = (small / path).read_text(encoding="utf-8")
    body = "".join(line.partition("# ")[0] for line in text.splitlines()[2:])
    assert {problem.rule for problem in problems} == {"to-be-written"}
    assert len(problems) == body.count("???") > 2
    again = run(small, "new", *arguments)
    assert again.exit_code == 1
    assert f"{path} is there already, and stays as it is." in again.output


def test_a_new_file_that_is_filled_in_is_good(small: Path) -> None:
    """With nothing changed but the placeholders."""
    run(small, "new", "study", "doe_2024")
    file = small / "knowledge/studies/doe_2024.yaml"
    text = file.read_text(encoding="utf-8").replace("reference: doe_2024", "reference: trial")
    for value in ("", "Doe 2024", "bemilol", "audit", "headache", "41", "Table", "abstract", "{response}", "slept"):
        text = text.replace("???", value, 1)
    file.write_text(text.replace("???", "7", 1).replace("???", "9", 1), encoding="utf-8")
    assert check_content(small) == ()


@pytest.mark.parametrize("key", ["Doe2024", "doe-2024", "2024_doe", "doe__2024", "../doe", "a/b", "", "dosé"])
def test_a_key_that_is_none_is_refused(key: str, small: Path) -> None:
    """It would be a file that nothing can name, or one elsewhere."""
    done = run(small, "new", "study", key)
    assert done.exit_code == 1
    assert f"`{key}` is no key: use small letters, digits and single underscores" in done.output


REFUSED = {
    "how many respond to {drugs}": "{drugs} stands for nothing in a phrase",
    "how many {drug": "A brace in it is opened and not closed",
    "how good is bemilol": "`bemilol` is a name of bemilol: write {drug} in its place",
    "usual dose": "It stands among the phrases of `dose` already",
    "{drug} response overall then": "It stands among the test questions, as q-1.0",
    "???": "Nothing is left of it",
}


@pytest.mark.parametrize(("words", "says"), REFUSED.items(), ids=REFUSED.values())
def test_a_phrase_is_refused_where_something_stands_against_it(words: str, says: str, small: Path) -> None:
    """Nothing is written then, unless the editor insists."""
    (small / "tests/questions").mkdir(parents=True)
    (small / "tests/questions/response_rate.yaml").write_text(QUESTION, encoding="utf-8")
    file = small / "intents/response_rate.yaml"
    before = file.read_text(encoding="utf-8")
    done = run(small, "new", "phrase", "response_rate", words)
    assert done.exit_code == 1
    assert says in done.output
    assert file.read_text(encoding="utf-8") == before
    assert run(small, "new", "phrase", "response_rate", words, "--anyway").exit_code == 0
    assert file.read_text(encoding="utf-8") != before


def test_a_phrase_is_added_where_nothing_stands_against_it(small: Path) -> None:
    """A second time it is there already; a topic that is none has no phrases."""
    file = small / "intents/response_rate.yaml"
    assert run(small, "new", "phrase", "response_rate", "how many get better on {drug}").exit_code == 0
    assert file.read_text(encoding="utf-8").endswith(PHRASES)
    assert "there already" in run(small, "new", "phrase", "response_rate", "How many get better on {drug}").output
    assert "there is no intents/nothing.yaml" in run(small, "new", "phrase", "nothing", "words").output


async def test_check_watches_and_lists_anew_until_it_is_interrupted(small: Path) -> None:
    """What changes once it has listed for the first time is seen. It ends well."""
    command = [sys.executable, "-m", "bot", "--content", str(small), "check", "--watch"]
    watching = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(DEADLINE):
            seen = await lines(watching, 3)
            with (small / "intents/dose.yaml").open("a", encoding="utf-8") as file:
                file.write("titel: dose\n")
            seen += await lines(watching, 7)
            watching.send_signal(signal.SIGINT)
            assert await watching.wait() == 0
    finally:
        if watching.returncode is None:
            watching.kill()
    for line in (seen[0], seen[3]):
        assert re.fullmatch(r"\d\d:\d\d:\d\d ─+\n", line), "no time between the runs"
    assert seen[1] == "0 error(s), 0 warning(s).\n"
    assert seen[4] == "intents/dose.yaml:13: error: `titel` is no field that belongs here [unknown-field]\n"
    assert seen[6:8] == ["    Did you mean `title`?\n", "1 error(s), 0 warning(s).\n"]


async def lines(process: asyncio.subprocess.Process, number: int) -> list[str]:
    """The next lines that it prints."""
    assert process.stdout
    return [(await process.stdout.readline()).decode() for _ in range(number)]

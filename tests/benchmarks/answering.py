"""How fast the bot answers: start to first answer, one question at a time, memory and size. Prints Markdown.

Beside it, in the same run, what most such bots do: `rapidfuzz.process.extractOne` with WRatio over all phrases.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz.fuzz import WRatio
from rapidfuzz.process import extractOne

from bot.assembly import build_engine
from bot.evaluating.questions import read_questions
from bot.matching.index import lessons
from bot.matching.ranker import Ranker

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
STARTS = 5


def main() -> None:
    """Measure over the shipped content and the project's own questions."""
    engine = build_engine(ROOT)
    ready = duration(lambda: build_engine(ROOT))
    taught = lessons(engine.catalogue)
    phrases = [text for text, _ in taught]
    cases = read_questions(sorted((HERE.parent / "questions").glob("*.yaml")))
    questions = [turn.text for case in cases for turn in case.turns]
    ours = milliseconds(engine.reply_to, questions)
    matcher = milliseconds(Ranker.train(taught).rank, questions)
    theirs = milliseconds(lambda question: extractOne(question, phrases, scorer=WRatio), questions)
    learning = duration(lambda: Ranker.train(taught))
    print(f"{len(taught)} masked phrases, {len(questions)} questions, one at a time.\n")
    print("| | p50 ms | p95 ms |\n| --- | --- | --- |")
    print(f"| Rounds, question to reply | {row(ours)} |")
    print(f"| its matcher alone | {row(matcher)} |")
    print(f"| rapidfuzz extractOne, WRatio, look-up alone | {row(theirs)} |\n")
    print(f"- {times(theirs, ours)} times faster at the median, the matcher alone {times(theirs, matcher)} times")
    print(f"- start of the process to its first answer: {statistics.median(starts()):.2f} s (median of {STARTS})")
    print(f"- engine ready in {ready:.2f} s from what is kept; learning anew takes {learning:.2f} s")
    print(f"- memory to answer in the terminal: {answering():.0f} MB")
    print(f"- installation, with what the tests need: {size_of(Path(sys.prefix)):.0f} MB")


def milliseconds(answer: Callable[[str], object], questions: list[str]) -> list[float]:
    """How long each question takes."""
    return [1000 * duration(lambda question=question: answer(question)) for question in questions]  # type: ignore[misc]


def duration(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def starts() -> list[float]:
    """Seconds from starting the program to the end of its first answer."""
    command = [sys.executable, "-m", "bot", "ask", "thal relapse after stopping?"]
    return [duration(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)) for _ in range(STARTS)]


def answering() -> float:
    """Megabytes that the program holds at most while it starts and answers one question in the terminal."""
    # The kernel's own mark of this program: that of getrusage begins with its parent's.
    peak = "from bot.cli import main; main(standalone_mode=False); print(open('/proc/self/status').read())"
    asked = subprocess.run(
        [sys.executable, "-c", peak, "run"], cwd=ROOT, check=True, capture_output=True, input="thal dose", text=True
    )
    return int(asked.stdout.split("VmHWM:")[1].split()[0]) / 1024


def times(slow: list[float], fast: list[float]) -> str:
    """How many times longer the slow ones take at the median."""
    return f"{statistics.median(slow) / statistics.median(fast):.0f}"


def row(milliseconds_each: list[float]) -> str:
    """Median and 95th percentile as cells of a table."""
    cuts = statistics.quantiles(milliseconds_each, n=20)
    return f"{statistics.median(milliseconds_each):.2f} | {cuts[18]:.2f}"


def size_of(folder: Path) -> float:
    """Megabytes on disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    main()

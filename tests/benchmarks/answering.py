"""How fast the bot answers: start to first answer, one question at a time, memory and size. Prints Markdown.

Beside it, in the same run, what most such bots do: `rapidfuzz.process.extractOne` with WRatio over all phrases.
"""

from __future__ import annotations

import resource
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
    began = time.perf_counter()
    engine = build_engine(ROOT)
    ready = time.perf_counter() - began
    taught = lessons(engine.catalogue)
    phrases = [text for text, _ in taught]
    cases = read_questions(sorted((HERE.parent / "questions").glob("*.yaml")))
    questions = [turn.text for case in cases for turn in case.turns]
    ours = milliseconds(engine.reply_to, questions)
    theirs = milliseconds(lambda question: extractOne(question, phrases, scorer=WRatio), questions)
    learning = duration(lambda: Ranker.train(taught))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(taught)} masked phrases, {len(questions)} questions, one at a time.\n")
    print("| | p50 ms | p95 ms |\n| --- | --- | --- |")
    print(f"| Rounds, question to reply | {row(ours)} |")
    print(f"| rapidfuzz extractOne, WRatio, look-up alone | {row(theirs)} |\n")
    print(f"- {statistics.median(theirs) / statistics.median(ours):.0f} times faster at the median")
    print(f"- start of the process to its first answer: {statistics.median(starts()):.2f} s (median of {STARTS})")
    print(f"- engine ready in {ready:.2f} s from what was learnt before; learning anew takes {learning:.2f} s")
    print(f"- memory of this process: {memory:.0f} MB; installation: {size_of(Path(sys.prefix)):.0f} MB")


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


def row(times: list[float]) -> str:
    """Median and 95th percentile as cells of a table."""
    cuts = statistics.quantiles(times, n=20)
    return f"{statistics.median(times):.2f} | {cuts[18]:.2f}"


def size_of(folder: Path) -> float:
    """Megabytes on disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


if __name__ == "__main__":
    main()

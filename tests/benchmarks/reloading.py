"""From saving a file to the new answer being live: how long it takes, and where the time goes. Prints Markdown.

    python -m tests.benchmarks.reloading --times 1 20 --saves 10

The shipped content and one many times as large are watched as a running bot watches them. A figure is changed, or a
phrase added, again and again; what counts is the time from the end of writing to the engine with the new version.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bot.assembly import build_engine
from bot.cache import Cache
from bot.checking.rules import broken_rules
from bot.content.files import gather
from bot.content.linking import link
from bot.live import LiveEngine
from bot.matching.index import Index, lessons
from bot.matching.ranker import Ranker
from tests.benchmarks.larger import larger

ROOT = Path(__file__).parent.parent.parent
FIGURE, PHRASES = "knowledge/lenalidomide/relapse_rate.yaml", "intents/relapse_rate.yaml"
PATIENCE = 900.0
"""Seconds after which a change that is not live is given up."""

Change = Callable[[str], str]


def figures() -> Iterator[Change]:
    """Another upper end each time."""
    for high in itertools.count(75):
        yield partial(_replace, f"high: {high}, unit", f"high: {high + 1}, unit")


def phrases() -> Iterator[Change]:
    """One more phrase each time."""
    for number in itertools.count():
        yield partial(_replace, "phrases:\n", f"phrases:\n  - share that flares off {{drug}} {'again ' * number}\n")


def _replace(old: str, new: str, text: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


async def seconds_to_live(content: Path, path: str, changes: Iterator[Change], saves: int) -> list[float]:
    """From each of so many saves to the engine with the new version. The first one warms up and does not count."""
    with tempfile.TemporaryDirectory() as kept:
        build = partial(build_engine, cache=Cache(Path(kept) / "cache"))
        live, stop = LiveEngine(content, build(content), build), asyncio.Event()
        watching = asyncio.create_task(live.watch(stop))
        await asyncio.sleep(1)
        taken = [await _save(live, content / path, next(changes)) for _ in range(saves + 1)]
        stop.set()
        await watching
    return taken[1:]


async def _save(live: LiveEngine, file: Path, change: Change) -> float:
    version = live.engine.catalogue.version
    saved = await asyncio.to_thread(_rewrite, file, change)
    while live.engine.catalogue.version == version:
        if time.perf_counter() - saved > PATIENCE or live.problems:
            raise RuntimeError(f"not live: {live.problems[:3]}")
        await asyncio.sleep(0.005)
    return time.perf_counter() - saved


def _rewrite(file: Path, change: Change) -> float:
    """Save a changed file, and say when."""
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    return time.perf_counter()


def parts(content: Path) -> Iterator[tuple[str, float]]:
    """Seconds that each part of a reload takes, all of it anew."""
    began = time.perf_counter()

    def passed(what: str) -> tuple[str, float]:
        nonlocal began
        before, began = began, time.perf_counter()
        return what, began - before

    files = gather(content)
    yield passed("reading files")
    catalogue = link(files)
    yield passed("records and links")
    list(broken_rules(catalogue, date.min))
    yield passed("rules")
    taught = lessons(catalogue)
    yield passed("masking phrases")
    ranker = Ranker.train(taught)
    yield passed("learning")
    Index.of(catalogue, taught, ranker)
    yield passed("names and words")


def main() -> None:
    """Print a row for each size and kind of change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 20])
    parser.add_argument("--saves", type=int, default=10)
    chosen = parser.parse_args()
    print("| content | change | p50 s | p95 s |\n| --- | --- | --- | --- |")
    for times in chosen.times:
        with tempfile.TemporaryDirectory() as home:
            content = larger(ROOT, Path(home), times)
            for what, path, changes in (("figure", FIGURE, figures()), ("phrase", PHRASES, phrases())):
                taken = asyncio.run(seconds_to_live(content, path, changes, chosen.saves))
                print(f"| {times} x | {what} | {_row(taken)} |", flush=True)
            split = ", ".join(f"{what} {seconds:.2f}" for what, seconds in parts(content))
            print(f"\n{times} x, all anew, in s: {split}\n", flush=True)


def _row(taken: list[float]) -> str:
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    return f"{statistics.median(taken):.2f} | {cuts[18]:.2f}"


if __name__ == "__main__":
    main()

"""How well, how fast and how small: the ranker on public intent data, side by side with its peers.

    python -m tests.benchmarks.intents --data FOLDER [--peers]

Each contestant is trained and asked in a process of its own, on one thread, one question at a time.
"""

import argparse
import math
import multiprocessing
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.benchmarks.contestants import OURS, PEERS, Contestant
from tests.benchmarks.corpora import Corpus, banking77, clinc150, few, grown
from tests.benchmarks.measures import SAMPLE, SEED, Result, measure

FILES = ("clinc150/data_full.json", "banking77/train.csv", "banking77/test.csv")
WHERE = """\
The benchmark needs public files that are not part of this project. Missing in {folder}: {missing}.
  clinc150/data_full.json            CLINC150 (CC BY 3.0), data/data_full.json of github.com/clinc/oos-eval
  banking77/train.csv and test.csv   BANKING77 (CC BY 4.0), banking_data/ of
                                     github.com/PolyAI-LDN/task-specific-datasets
Put them there and say --data FOLDER."""
COLUMNS = (
    "corpus", "contestant", "accuracy", "with typos", "AUROC", "declined at 90% right", "p50 ms", "p95 ms",
    "training s", "memory MB",
)  # fmt: skip
FEW_SEEDS = (1, 2, 3)
SIZES = (1_000, 10_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 when the files are missing."""
    parser = argparse.ArgumentParser(description="The intent ranker on CLINC150 and BANKING77.")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="where the public files are")
    parser.add_argument("--peers", action="store_true", help="also measure what people would otherwise use")
    options = parser.parse_args(arguments)
    if missing := [name for name in FILES if not (options.data / name).is_file()]:
        print(WHERE.format(folder=options.data, missing=", ".join(missing)), file=sys.stderr)
        return 2
    # Read by the numeric libraries of the processes that are started below.
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    _print_table(_results(options.data, _contestants(peers=options.peers)))
    return 0


def _contestants(*, peers: bool) -> list[Contestant]:
    wanted = [*OURS, *PEERS] if peers else [*OURS]
    for contestant in wanted:
        if contestant.missing:
            print(f"{contestant.name}: left out, not installed: {', '.join(contestant.missing)}", file=sys.stderr)
    return [contestant for contestant in wanted if not contestant.missing]


def _results(folder: Path, contestants: Sequence[Contestant]) -> Iterable[Result]:
    for corpus, typos in _corpora(folder):
        for contestant in contestants:
            if contestant.enters(corpus):
                yield _apart(contestant, corpus, typos=typos)


def _corpora(folder: Path) -> Iterable[tuple[Corpus, bool]]:
    """Each corpus, and whether to ask it with typos as well."""
    clinc, banking = clinc150(folder), banking77(folder)
    yield clinc, True
    yield banking, True
    for seed in FEW_SEEDS:
        yield few(banking, each=10, seed=seed), False
    for size in SIZES:
        yield grown((clinc, banking), size, SEED), False


def _apart(contestant: Contestant, corpus: Corpus, *, typos: bool) -> Result:
    """The result, measured in a fresh process, so that memory and caches are the contestant's own."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as process:
        return process.submit(measure, contestant, corpus, typos=typos).result()


def _print_table(results: Iterable[Result]) -> None:
    print(f"| {' | '.join(COLUMNS)} |")
    print(f"|{' --- |' * len(COLUMNS)}")
    for result in results:
        print(f"| {' | '.join(_cells(result))} |", flush=True)
    print(f"\n\\* asked {SAMPLE} questions of each kind, drawn with seed {SEED}, for their time.")
    print("Typos: one keyboard error in about eight letters. Memory: how far the peak grew in training.")


def _cells(result: Result) -> list[str]:
    shares = (_share(result.accuracy), _share(result.with_typos))
    scope = ("" if math.isnan(result.auroc) else f"{result.auroc:.3f}", _share(result.declined))
    costs = (f"{result.p50:.2f}", f"{result.p95:.2f}", f"{result.training:.1f}", f"{result.memory:.0f}")
    return [result.corpus, result.contestant + " \\*" * result.sampled, *shares, *scope, *costs]


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.1%}"


if __name__ == "__main__":
    sys.exit(main())

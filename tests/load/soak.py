"""An hour of a busy hospital in minutes: a hundred thousand updates of five thousand people, beside a bare bot.

    python -m tests.load.soak

Each person waits for the answer before sending anything else, and so many wait at once as `--at-once` says. What is
printed: what was lost (nothing may be), the time to the answer, the memory after the warm-up and at the end, and the
throughput as a ratio to a bare bot that echoes questions in the same run. Ends by itself, at the latest after
`--minutes`, with 1 where something was lost or memory grew.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import cycle, islice
from random import Random
from statistics import median, quantiles

from tests.load.bots import Bot, Process, running
from tests.load.stub import Stub
from tests.load.ward import Offered, Person

PATIENCE = 30.0
"""Seconds after which an answer counts as lost."""
WARM_UP = 0.3
"""Share of the updates in which everybody has come by, and memory has found its size."""
GROWTH = 1.05
"""How much larger than after the warm-up memory may be at the end."""
BARE = 5000
"""Updates put to the bare bot."""

Send = Callable[[Person], Offered]


@dataclass(frozen=True, slots=True)
class Load:
    """How many updates of how many people, how many of whom wait at once, and after how many minutes it is given up."""

    updates: int = 100_000
    people: int = 5000
    at_once: int = 32
    seed: int = 1
    minutes: float = 30


@dataclass
class Tally:
    """What came of it."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    """Seconds to the first sign of an answer, by kind."""
    lost: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[int, float]] = field(default_factory=list)
    """How many updates had been sent, and the megabytes that the bot held."""
    seconds: float = 0.0
    sent: int = 0

    @property
    def per_second(self) -> float:
        return self.sent / self.seconds

    @property
    def grown(self) -> float:
        """Memory at the end as a share of that after the warm-up, medians of several looks."""
        after = [held for sent, held in self.memory if WARM_UP <= sent / self.sent < 2 * WARM_UP]
        last = [held for sent, held in self.memory if sent / self.sent > 1 - WARM_UP / 3]
        return median(last) / median(after) if after and last else 1.0

    @property
    def lines(self) -> Iterator[str]:
        """For the terminal."""
        yield f"{'kind':<10}{'sent':>8}{'lost':>6}{'p50':>8}{'p95':>8}{'p99':>8} ms"
        for kind, waits in sorted(self.waits.items()):
            cuts = quantiles(waits, n=100) if len(waits) > 1 else waits * 99
            p50, p95, p99 = (1000 * cuts[place] for place in (49, 94, 98))
            yield f"{kind:<10}{len(waits) + self.lost[kind]:>8}{self.lost[kind]:>6}{p50:>8.1f}{p95:>8.1f}{p99:>8.1f}"
        shown = islice(self.memory, 0, None, max(1, len(self.memory) // 10))
        yield "memory: " + ", ".join(f"{held:.0f}" for _, held in shown) + f" MB; grown to {self.grown:.3f} of warm"


async def soak(bot: Bot, send: Send, load: Load) -> Tally:
    """Put it to a bot. Raises TimeoutError when time is up."""
    stub, tally = Stub(), Tally()
    crowd = [Person(1000 + number, stub, Random(f"{load.seed} {number}")) for number in range(load.people)]
    turns = iter(islice(cycle(crowd), load.updates))
    async with asyncio.timeout(60 * load.minutes), running(bot, stub) as process:
        watching = asyncio.create_task(_watch(process, tally))
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(load.at_once):
                group.create_task(_converse(turns, send, stub, tally))
        tally.seconds = time.perf_counter() - began
        tally.memory.append((tally.sent, process.memory))
        watching.cancel()
    return tally


async def _converse(turns: Iterator[Person], send: Send, stub: Stub, tally: Tally) -> None:
    """One after another: send, and wait for the answer."""
    for person in turns:
        tally.sent += 1
        offered = send(person)
        try:
            answered = [await stub.answer(whom, PATIENCE) for whom in offered.answers]
        except TimeoutError:
            tally.lost[offered.kind] += 1
        else:
            waits = tally.waits.setdefault(offered.kind, [])
            waits.append(min(answered, default=offered.at) - offered.at)


async def _watch(process: Process, tally: Tally) -> None:
    while True:
        await asyncio.sleep(1)
        tally.memory.append((tally.sent, process.memory))


async def beside_bare(load: Load) -> bool:
    """Bare, Rounds, bare; prints what came of it. Whether nothing was lost and memory did not grow."""
    few = replace(load, updates=min(BARE, load.updates))
    bare = [await soak("bare", Person.asks, few)]
    ours = await soak("rounds", Person.anything, load)
    bare.append(await soak("bare", Person.asks, few))
    print("\n".join(ours.lines))
    peer = median(one.per_second for one in bare)
    print(f"{ours.per_second:.0f} updates/s, {ours.per_second / peer:.2f} x a bare bot that echoes ({peer:.0f}/s)")
    return not ours.lost and ours.grown <= GROWTH


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in fields(Load):
        parser.add_argument(f"--{name.name.replace('_', '-')}", type=type(name.default), default=name.default)
    chosen = parser.parse_args()
    sys.exit(not asyncio.run(beside_bare(Load(**vars(chosen)))))


if __name__ == "__main__":
    main()

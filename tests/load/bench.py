"""Rounds beside a bare echo bot, in the same run and in turns: a burst, a steady rate, and one who floods.

    python -m tests.load.bench --rounds 3

The machine's mood moves figures by a factor of two, so what counts is the ratio. Rounds answers from its content and
keeps everything on disk; the bare bot says what it hears and keeps nothing. In the burst and at the steady rate every
question comes from another person. Where one person floods, thirty others ask one after another at their leisure.
"""

from __future__ import annotations

import argparse
import asyncio
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from statistics import median, quantiles

from tests.load.bots import BOTS, Bot, running
from tests.load.stub import Stub
from tests.load.ward import Offered, Person

BURST = 1000
STEADY, SECONDS = 30, 8
"""Questions a second, and for how long."""
OTHERS, FLOOD = 30, 50
"""People who ask at their leisure, and questions a second of the one who floods."""
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Result:
    """Of one bot in one round; times are milliseconds from the offer of an update to its answer."""

    per_second: float
    p50: float
    p95: float
    """At the steady rate."""
    beside: float
    """The same p95 of thirty people while nobody floods."""
    flooded: float
    """And while one does."""
    lost: int


class Measurement:
    """One bot, and what is put to it."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._newcomers = (Person(number, stub, Random(number)) for number in range(1, 10**9))
        self.lost = 0

    async def burst(self, updates: int) -> float:
        """So many questions at once; how many were answered a second."""
        offered = [next(self._newcomers).asks() for _ in range(updates)]
        waits = await asyncio.gather(*map(self._wait, offered))
        return updates / max((wait for wait in waits if wait is not None), default=float("inf"))

    async def steady(self) -> list[float]:
        """Seconds to each answer at the steady rate."""
        return await self._paced([next(self._newcomers) for _ in range(STEADY * SECONDS)])

    async def leisure(self) -> list[float]:
        """Seconds to each answer of thirty people who ask in turn."""
        people = [next(self._newcomers) for _ in range(OTHERS)]
        return await self._paced(list(islice(cycle(people), STEADY * SECONDS)))

    async def flooded(self) -> list[float]:
        """The same while one more person sends fifty questions a second."""
        flood = asyncio.create_task(self._flood(next(self._newcomers)))
        try:
            return await self.leisure()
        finally:
            flood.cancel()
            with suppress(asyncio.CancelledError):
                await flood

    async def _paced(self, people: list[Person]) -> list[float]:
        waiting = []
        for person in people:
            waiting.append(asyncio.create_task(self._wait(person.asks())))
            await asyncio.sleep(1 / STEADY)
        return [wait for wait in await asyncio.gather(*waiting) if wait is not None]

    async def _flood(self, person: Person) -> None:
        while True:
            person.asks()
            await asyncio.sleep(1 / FLOOD)

    async def _wait(self, offered: Offered) -> float | None:
        try:
            answered = [await self._stub.answer(whom, PATIENCE) for whom in offered.answers]
        except TimeoutError:
            self.lost += 1
            return None
        return max(answered) - offered.at


async def measure(bot: Bot, latency: float) -> Result:
    """A warm-up, and then one thing after another."""
    stub = Stub(latency)
    measurement = Measurement(stub)
    async with running(bot, stub):
        await measurement.burst(100)
        per_second = await measurement.burst(BURST)
        steady = await measurement.steady()
        beside, flooded = await measurement.leisure(), await measurement.flooded()
    p50 = 1000 * median(steady)
    return Result(per_second, p50, _p95(steady), _p95(beside), _p95(flooded), measurement.lost)


def _p95(waits: list[float]) -> float:
    return 1000 * quantiles(waits, n=20)[-1]


async def compare(rounds: int, latency: float) -> None:
    """Both bots in turns; prints each result, and the ratio of the medians."""
    results: dict[Bot, list[Result]] = {bot: [] for bot in BOTS}
    for bot in islice(cycle(BOTS), rounds * len(BOTS)):
        one = await measure(bot, latency)
        results[bot].append(one)
        print(
            f"{bot:7}{one.per_second:6.0f}/s  p50 {one.p50:5.1f}  p95 {one.p95:5.1f} ms"
            f"  thirty people {one.beside:5.1f}, beside a flood {one.flooded:5.1f} ms  lost {one.lost}"
        )
    of = {bot: {name: median(getattr(one, name) for one in results[bot]) for name in Result.__slots__} for bot in BOTS}
    ours, bare = of["rounds"], of["bare"]
    print(f"burst: {ours['per_second'] / bare['per_second']:.2f} x bare")
    print(f"p95 at {STEADY}/s: {ours['p95'] - bare['p95']:+.1f} ms")
    print(f"p95 of thirty people beside one at {FLOOD}/s: {ours['flooded'] / ours['beside']:.2f} x idle", end="")
    print(f" (bare {bare['flooded'] / bare['beside']:.2f} x)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that a call takes at Telegram")
    chosen = parser.parse_args()
    asyncio.run(compare(chosen.rounds, chosen.latency))


if __name__ == "__main__":
    main()

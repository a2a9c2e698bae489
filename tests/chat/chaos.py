"""Kills the program at random moments, starts it again, and counts what people were not answered or answered twice.

    python -m tests.chat.chaos --runs 50 --seed 1

Everybody asks three different things one after another. `lost` are those never answered, `doubled` those answered
more than once, `disordered` people who heard an answer before that to an earlier question.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ExitCode
from tests.chat.program import program
from tests.emulator import Person, TelegramWorld, serve

QUESTIONS = ("/topics", "/about", "/source")
PEOPLE_A_RUN = 40
ENOUGH = 60.0
"""Seconds after which what is still unanswered counts as lost."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a series of runs came to; the last one ended in good order."""

    runs: int
    offered: int
    lost: int
    doubled: int
    disordered: int

    def __str__(self) -> str:
        return (
            f"{self.runs} x kill -9: {self.offered} questions offered, {self.lost} lost, {self.doubled} doubled "
            f"({self.doubled / self.runs:.0f} a kill), {self.disordered} chats out of order"
        )


class Ward:
    """All who asked, and what they heard."""

    def __init__(self, world: TelegramWorld) -> None:
        self._world = world
        self._people: list[Person] = []

    @property
    def offered(self) -> int:
        return len(self._people) * len(QUESTIONS)

    async def asks(self, people: int) -> None:
        """New people come and ask, all first questions before all second ones."""
        newcomers = [Person(self._world, f"Person {number}") for number in range(people)]
        for question in QUESTIONS:
            for person in newcomers:
                await person.says(question)
        self._people += newcomers

    def answers(self) -> list[list[str]]:
        """The first line of everything that each of them heard."""
        return [[said.wire["text"].splitlines()[0] for said in person.chat.utterances] for person in self._people]

    @property
    def lost(self) -> int:
        return sum(max(len(QUESTIONS) - len(set(heard)), 0) for heard in self.answers())

    @property
    def doubled(self) -> int:
        return sum(count - 1 for heard in self.answers() for count in Counter(heard).values())

    @property
    def disordered(self) -> int:
        orders = Counter(tuple(dict.fromkeys(heard)) for heard in self.answers())
        usual = max(orders.values(), default=0)
        return orders.total() - usual


async def chaos(directory: Path, runs: int, seed: int) -> Outcome:
    """So many kills, and a last run that is left to finish and stopped in good order."""
    chance, world = random.Random(seed), TelegramWorld()
    ward = Ward(world)
    async with serve(world) as url:
        settings = {"TELEGRAM_BOT_TOKEN": world.token, "TELEGRAM_API_URL": url, "LOG_LEVEL": "WARNING"}
        for _ in range(runs):
            await ward.asks(PEOPLE_A_RUN)
            async with program(directory, **settings) as running:
                await _some_answers(world, chance)
                running.kill()
                await running.ends()
        async with program(directory, **settings) as running:
            await world.bell.until("calls", lambda: ward.lost == 0, ENOUGH)
            assert await running.stops() == ExitCode.STOPPED
    return Outcome(runs, ward.offered, ward.lost, ward.doubled, ward.disordered)


async def _some_answers(world: TelegramWorld, chance: random.Random) -> None:
    """Until a random number of further messages were sent, and a few milliseconds more."""
    enough = len(world.calls_of("sendMessage")) + chance.randint(0, PEOPLE_A_RUN * len(QUESTIONS))
    await world.bell.until("calls", lambda: len(world.calls_of("sendMessage")) >= enough, 10)
    await asyncio.sleep(chance.uniform(0, 0.03))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        outcome = asyncio.run(chaos(Path(directory), chosen.runs, chosen.seed))
    print(outcome)
    sys.exit(1 if outcome.lost or outcome.disordered else 0)


if __name__ == "__main__":
    main()

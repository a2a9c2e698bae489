"""A run of near misses against an engine, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from random import Random

from bot.adversary.judging import INTOLERABLE, Judge, Verdict
from bot.adversary.near_misses import KINDS, Kind
from bot.adversary.world import Probe, UnaskableError, World
from bot.answering.engine import Engine
from bot.domain.reply import Answered, NotReported, Reply


@dataclass(frozen=True, slots=True)
class Failure:
    """A near miss that was answered as it never may be."""

    kind: str
    verdict: Verdict
    probe: Probe
    stated: str

    def __str__(self) -> str:
        return f"{self.verdict}, {self.kind}: {' | '.join(self.probe.turns)!r} -> {self.stated}"


@dataclass(slots=True)
class Campaign:
    """Counts by kind and verdict, of what was answered for what, and every failure."""

    verdicts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    @classmethod
    def run(cls, engine: Engine, *, seed: int, phrases: int, probes: int) -> Campaign:
        """So many probes of each kind, over questions with so many phrases for each topic and drug."""
        campaign, judge = cls(), Judge(engine)
        world = World.of(engine.catalogue, phrases, Random(seed))
        for kind, make in KINDS.items():
            rng = Random(f"{seed} {kind}")
            for probe in _made(make, world, rng, probes):
                campaign.note(kind, probe, judge)
        return campaign

    def note(self, kind: str, probe: Probe, judge: Judge) -> None:
        """Put one probe and count what came of it."""
        reply = judge.reply_to(probe)
        verdict = judge.verdict(probe, reply)
        self.verdicts.setdefault(kind, Counter())[verdict] += 1
        if verdict in INTOLERABLE:
            self.failures.append(Failure(kind, verdict, probe, _stated(reply)))
        elif probe.drugs and not probe.population:
            self.confusion[probe.topic, _answered(reply, probe.topic)] += 1

    @property
    def total(self) -> int:
        """How many probes were put."""
        return sum(counts.total() for counts in self.verdicts.values())

    def text(self, examples: int = 5) -> str:
        """Everything for the terminal."""
        return "\n".join([*self._table(), "", *self._drift(), "", *self._failures(examples)])

    def _table(self) -> Iterator[str]:
        yield f"{'near miss':<30}" + "".join(f"{verdict:>13}" for verdict in Verdict) + f"{'of':>8}"
        for kind, counts in self.verdicts.items():
            yield f"{kind:<30}" + "".join(f"{counts[verdict]:>13}" for verdict in Verdict) + f"{counts.total():>8}"

    def _drift(self) -> Iterator[str]:
        """The confusion matrix, row by row: how often its own topic was answered, and what else was."""
        yield "asked -> answered, where figures were due"
        for topic in sorted({asked for asked, _ in self.confusion}):
            row = Counter({said: count for (asked, said), count in self.confusion.items() if asked == topic})
            others = ", ".join(f"{said} {count}" for said, count in row.most_common() if said != topic)
            yield f"  {topic:<26}{row[topic] / row.total():>7.1%} of {row.total():<6} {others}"

    def _failures(self, examples: int) -> Iterator[str]:
        yield f"{len(self.failures)} of {self.total} never to be tolerated"
        shown: Counter[tuple[str, Verdict]] = Counter()
        for failure in sorted(self.failures, key=lambda one: (one.kind, one.verdict, sum(map(len, one.probe.turns)))):
            shown[failure.kind, failure.verdict] += 1
            if shown[failure.kind, failure.verdict] <= examples:
                yield f"  {failure}"


def _made(make: Kind, world: World, rng: Random, number: int) -> Iterable[Probe]:
    """So many probes of a kind, each once; none where the content has nothing to make them from."""
    try:
        return {make(world, rng): None for _ in range(number)}
    except UnaskableError:
        return ()


def _stated(reply: Reply) -> str:
    if not isinstance(reply, Answered):
        return type(reply).__name__
    return ", ".join(f"{one.topic}/{one.drug}/{one.population}" for one in reply.stated)


def _answered(reply: Reply, topic: str) -> str:
    """The topic asked for where it is among what is stated, else the first; the kind of reply where nothing is."""
    if not isinstance(reply, Answered | NotReported):
        return f"({type(reply).__name__})"
    topics = [one.topic for one in reply.stated]
    return topic if topic in topics else topics[0]

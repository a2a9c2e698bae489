"""What is counted and timed, for Prometheus. No label tells of a person, a chat or words."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.chat.calls import AnswerInline, Call, Say, ShowChart

if TYPE_CHECKING:
    from bot.chat.state import State

MOST_TIMED = 10_000
"""Updates whose answer is waited for; of most that need none, such as other people's talk in a group, nothing comes."""
ANSWER_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
ENGINE_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30)
"""Seconds."""


class Metrics:
    """Counts since the start of the program."""

    def __init__(self, registry: CollectorRegistry, clock: Callable[[], float] = time.monotonic) -> None:
        self._registry = registry
        self._clock = clock
        self._taken_in: OrderedDict[int, float] = OrderedDict()
        self._questions = Counter(
            "rounds_questions", "Questions in words, by the kind of reply.", ["outcome"], registry=registry
        )
        self._answers = Histogram(
            "rounds_answer_seconds",
            "From taking an update in to Telegram's receipt of the first message that answers it.",
            buckets=ANSWER_BUCKETS,
            registry=registry,
        )
        self._engine = Histogram(
            "rounds_engine_seconds", "Finding and laying out one answer.", buckets=ENGINE_BUCKETS, registry=registry
        )
        self._calls = Counter(
            "rounds_calls",
            "Attempts at calls to Telegram by kind and result: sent, or the type of the error.",
            ["kind", "result"],
            registry=registry,
        )
        self._errors = Counter("rounds_errors", "Errors by place and type.", ["place", "type"], registry=registry)
        ProcessCollector(registry=registry)

    def taken_in(self, update: int) -> None:
        """An update of this number came."""
        self._taken_in.setdefault(update, self._clock())
        if len(self._taken_in) > MOST_TIMED:
            self._taken_in.popitem(last=False)

    def composing(self) -> AbstractContextManager[object]:
        """Around the making of an answer, in whichever thread."""
        return self._engine.time()

    def replied(self, outcome: str) -> None:
        """A question got a reply of this kind."""
        self._questions.labels(outcome).inc()

    def sent(self, update: int, call: Call) -> None:
        """A call succeeded that answers the update of this number."""
        self._calls.labels(type(call).__name__, "sent").inc()
        if isinstance(call, Say | ShowChart | AnswerInline) and update in self._taken_in:
            self._answers.observe(self._clock() - self._taken_in.pop(update))

    def refused(self, call: Call, error: Exception) -> None:
        """An attempt at a call failed."""
        self._calls.labels(type(call).__name__, type(error).__name__).inc()

    def failed(self, place: str, error: BaseException) -> None:
        """Something went wrong there: its type is counted, and never what it says."""
        self._errors.labels(place, type(error).__name__).inc()

    @property
    def questions(self) -> Tally[str]:
        """How many questions got a reply of each kind."""
        (family,) = self._questions.collect()
        return Tally({one.labels["outcome"]: int(one.value) for one in family.samples if one.name.endswith("_total")})

    def watch(self, look: Callable[[], State]) -> None:
        """From now on show what this sees, too."""
        self._registry.register(_Gauges(look))

    def exposition(self) -> tuple[str, bytes]:
        """All of it as Prometheus reads it: the type of the content, and the content."""
        return CONTENT_TYPE_LATEST, generate_latest(self._registry)


class _Gauges(Collector):
    """Looks when it is asked, so that nothing has to be kept up to date meanwhile."""

    def __init__(self, look: Callable[[], State]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        state = self._look()
        yield InfoMetricFamily("rounds_content", "Version of the content.", value={"version": state.content})
        for name, meaning, value in (
            ("rounds_content_loaded_timestamp_seconds", "When this content went live.", state.loaded),
            ("rounds_content_problems", "Problems that keep newer content out.", len(state.problems)),
            ("rounds_inbox_updates", "Updates that wait for an answer or are in hand.", state.inbox),
            ("rounds_outbox_calls", "Calls that wait to be sent or are under way.", state.outbox),
            ("rounds_store_failing", "1 while the database cannot be written.", not state.writable),
            ("rounds_telegram_silent_seconds", "Since Telegram was last heard of.", state.silent),
            ("rounds_webhook_failing", "1 while Telegram says that it cannot post updates.", state.posting.failing),
            ("rounds_webhook_pending_updates", "Updates that Telegram has not posted yet.", state.posting.pending),
        ):
            yield GaugeMetricFamily(name, meaning, value=float(value))

"""What the parts of the chat are built on, and how it does."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial

from prometheus_client import CollectorRegistry

from bot.chat.artist import Artist
from bot.chat.connection import App
from bot.chat.delivery import Delivery
from bot.chat.health import Contact, Health
from bot.chat.inbox import DurableInbox
from bot.chat.metrics import Metrics
from bot.chat.outbox import DurableOutbox
from bot.chat.state import State
from bot.live import LiveEngine
from bot.settings import Settings
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Foundation:
    """What the parts of the chat are built on."""

    app: App
    settings: Settings
    live: LiveEngine
    store: Store
    inbox: DurableInbox
    outbox: DurableOutbox
    health: Health
    metrics: Metrics
    began: float
    """By the monotonic clock."""

    @classmethod
    def of(cls, app: App, settings: Settings, live: LiveEngine, store: Store) -> Foundation:
        metrics = Metrics(CollectorRegistry())
        health = Health(Contact(partial(metrics.failed, "taking in")), lambda: store.writable, lambda: store.hanging)
        inbox = DurableInbox(store, note=metrics.taken_in)
        outbox = DurableOutbox(Delivery(app.bot, Artist(live).draw, metrics).deliver, store)
        base = cls(app, settings, live, store, inbox, outbox, health, metrics, time.monotonic())
        metrics.watch(base.look)
        return base

    def look(self) -> State:
        """What the program is like now."""
        return State(
            content=self.live.engine.catalogue.version,
            loaded=self.live.loaded,
            problems=self.live.problems,
            inbox=self.inbox.depth,
            outbox=self.outbox.depth,
            writable=self.store.writable,
            posting=self.health.posting,
            silent=self.health.contact.age,
            running=time.monotonic() - self.began,
            questions=self.metrics.questions,
        )

"""What editors have in hand: named by the buttons under a message, kept for a week, and there after a restart."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, get_args

from pydantic import TypeAdapter, ValidationError

from bot.chat.desk.edits import Edit
from bot.store.store import PROPOSED_FOR, Proposed, Store

LONGEST_NAME = 60
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Editor:
    """An account, and how Telegram names it."""

    user: int
    name: str

    @classmethod
    def called(cls, name: str, user: int) -> Editor:
        """By a name that may stand in one line of the history: people call themselves all kinds of things."""
        plain = "".join(sign if sign.isprintable() and sign not in "<>" else " " for sign in name)
        return cls(user, " ".join(plain.split())[:LONGEST_NAME] or "?")

    def __str__(self) -> str:
        return f"{self.name} ({self.user})"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A file of which it is open where it belongs, and what was said of it."""

    text: str = field(repr=False)
    places: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Figures to choose from, by id, and the new value where it was given already."""

    findings: tuple[str, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A figure of which the new value is asked for."""

    finding: str


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that was reviewed over the content of this digest; nothing is published without a why.

    `learnt` are the missed questions that it answers, `handed_on` says that another editor is asked to publish it.
    """

    edit: Edit
    over: str
    why: str = ""
    learnt: tuple[int, ...] = ()
    correction: bool = False
    handed_on: bool = False


@dataclass(frozen=True, slots=True)
class Reversal:
    """The newest edition, if it is this one, is to be undone."""

    edition: str


@dataclass(frozen=True, slots=True)
class Card:
    """Missed questions that ask the same, by number, and the topics that come near.

    Their words stay where they are kept, and are gone when their days are over.
    """

    numbers: tuple[int, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The missed questions of a card are to become a way of asking this topic: a test question is asked for."""

    card: Card
    topic: str


@dataclass(frozen=True, slots=True)
class Founding:
    """A topic of their own is to be made of the questions of a card: its names are asked for."""

    card: Card


@dataclass(frozen=True, slots=True)
class Declining:
    """The questions of a card are to be declined: for which word, and then as what, is asked for."""

    card: Card
    word: str = ""


Matter = Unplaced | Choice | Awaited | Change | Reversal | Card | Lesson | Founding | Declining
KINDS: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in get_args(Matter)}


@dataclass(frozen=True, slots=True)
class Item:
    """Something in the drawer: whose it is, and since when (Unix seconds)."""

    id: str
    by: Editor
    matter: Matter
    made_at: float


class Shelf(Protocol):
    """Where it is kept for the next start."""

    def propose(self, proposed: Proposed) -> None: ...
    def settle(self, id: str) -> None: ...


class Drawer:
    """Items by id. Ids cannot be guessed, and still everybody's right to one is checked by whoever takes it out."""

    def __init__(self, shelf: Shelf, clock: Callable[[], float] = time.time) -> None:
        self._shelf = shelf
        self._clock = clock
        self._items: dict[str, Item] = {}

    @classmethod
    async def of(cls, store: Store, clock: Callable[[], float] = time.time) -> Drawer:
        """As kept; what another version of the program kept otherwise is left out. Raises StoreError."""
        drawer = cls(store, clock)
        read = filter(None, map(_read, await store.proposed()))
        drawer._items = {item.id: item for item in read}
        return drawer

    def put(self, by: Editor, matter: Matter) -> Item:
        """Something new."""
        self._clear()
        return self._keep(Item(secrets.token_urlsafe(8), by, matter, self._clock()))

    def change(self, item: Item, matter: Matter) -> Item:
        """Something else in its place, under the same id and for as long as before."""
        return self._keep(replace(item, matter=matter))

    def get(self, id: str) -> Item | None:
        """What lies there under this id; None where nothing does, or not any more."""
        item = self._items.get(id)
        return item if item and self._clock() - item.made_at < PROPOSED_FOR else None

    def drop(self, item: Item) -> None:
        """It is done with."""
        self._items.pop(item.id, None)
        self._shelf.settle(item.id)

    def forget(self, user: int) -> None:
        """Drop all that this editor has in hand."""
        for item in [item for item in self._items.values() if item.by.user == user]:
            self.drop(item)

    def _keep(self, item: Item) -> Item:
        self._items[item.id] = item
        self._shelf.propose(Proposed(item.id, item.by.user, _written(item), item.made_at))
        return item

    def _clear(self) -> None:
        for item in [item for item in self._items.values() if not self.get(item.id)]:
            self.drop(item)


def _written(item: Item) -> str:
    kind = type(item.matter).__name__
    return json.dumps([item.by.name, kind, KINDS[kind].dump_python(item.matter, mode="json")], ensure_ascii=False)


def _read(kept: Proposed) -> Item | None:
    try:
        name, kind, fields = json.loads(kept.body)
        return Item(kept.id, Editor(kept.by, name), KINDS[kind].validate_python(fields, strict=False), kept.made_at)
    except (ValueError, KeyError, ValidationError):
        log.warning("what an editor had in hand with another version of the program cannot be read and is given up")
        return None

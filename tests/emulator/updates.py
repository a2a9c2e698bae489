"""The queue of updates a bot has not confirmed yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .refusals import Json

DAY = 86_400
LIFETIMES = {"callback_query": 150, "inline_query": 30, "chosen_inline_result": 600}
MAX_UPDATE_BYTES = 1 << 16
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Pending:
    """One update as it will be delivered, and when Telegram gives it up (Unix seconds)."""

    update_id: int
    kind: str
    body: Json
    expires: float


class UpdateQueue:
    """Numbers, keeps, filters, expires and confirms updates; `clock` tells Unix seconds."""

    def __init__(self, clock: Callable[[], float], first_id: int = 700_000_001) -> None:
        self._clock = clock
        self._next_id = first_id
        self._pending: dict[int, Pending] = {}
        self._again: list[Json] = []
        self.allowed: list[str] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    def __iter__(self) -> Iterator[Pending]:
        return iter(list(self._pending.values()))

    def add(self, kind: str, payload: Json, *, age: float = 0) -> int | None:
        """Queue an update that happened `age` seconds ago; None when Telegram would not keep it.

        Any kind and payload are taken: tests also send what no library knows yet.
        """
        if not self._wants(kind) or len(json.dumps(payload).encode()) > MAX_UPDATE_BYTES:
            return None
        body = {"update_id": self._next_id, kind: payload}
        expires = self._clock() - age + LIFETIMES.get(kind, DAY)
        self._pending[self._next_id] = Pending(self._next_id, kind, body, expires)
        self._next_id += 1
        return self._next_id - 1

    def deliver_again(self, update: Json) -> None:
        """Hand out one update a second time, confirmed or not."""
        self._again.append(update)

    def allow(self, kinds: Any) -> None:
        """Set `allowed_updates`: sticky; no list keeps what was set, an empty one restores the default."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self.allowed = [kind.lower() for kind in kinds] or None

    def take(self, offset: int, limit: int) -> list[Json]:
        """Up to `limit` updates from `offset` on; everything before it is confirmed and forgotten."""
        self._confirm(offset)
        repeated, self._again = self._again, []
        return [*repeated, *(pending.body for pending in islice(self._pending.values(), limit))]

    def confirm(self, update_id: int) -> None:
        """Forget one update (a webhook confirms them one by one)."""
        self._pending.pop(update_id, None)

    def forget_all(self) -> None:
        self._pending.clear()

    def _confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps that many of the newest."""
        ids = list(self._pending)
        done = ids[:offset] if offset < 0 else [one for one in ids if one < offset]
        now = self._clock()
        expired = [one for one in ids if self._pending[one].expires <= now]
        for update_id in {*done, *expired}:
            del self._pending[update_id]

    def _wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT

"""Delivery to a webhook: one update of a lane at a time, tried again until it gets a 2xx.

A lane is a chat for messages and edits, a person for queries, as in Telegram; so a message and a button press of
one person may overtake each other.
"""

from __future__ import annotations

import asyncio

import aiohttp

from .updates import Pending
from .world import UPDATES, WEBHOOK, TelegramWorld

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANSWER_WITHIN = 60
LONGEST_PAUSE = 60


class Courier:
    """Posts pending updates while a webhook is set; `pause` is the wait in seconds after the first failure."""

    def __init__(self, world: TelegramWorld, pause: float) -> None:
        self._world = world
        self._pause = pause
        self._busy: set[str] = set()

    async def run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as lanes:
            while starting := await self._world.bell.until(UPDATES, self._idle_lanes, patience=None):
                for lane in starting:
                    self._busy.add(lane)
                    lanes.create_task(self._serve(lane, session))

    def _idle_lanes(self) -> list[str]:
        """Lanes with something to deliver that nobody serves, as many as may be open at once."""
        if not self._world.webhook.url:
            return []
        waiting = dict.fromkeys(lane_of(pending) for pending in self._world.updates)
        room = self._world.webhook.max_connections - len(self._busy)
        return [lane for lane in waiting if lane not in self._busy][: max(room, 0)]

    async def _serve(self, lane: str, session: aiohttp.ClientSession) -> None:
        pause = self._pause
        while self._world.webhook.url and (update := self._first(lane)):
            if await self._delivered(update, session):
                self._world.updates.confirm(update.update_id)
                pause = self._pause
            else:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        self._busy.discard(lane)
        self._world.bell.ring(UPDATES)

    def _first(self, lane: str) -> Pending | None:
        return next((update for update in self._world.updates if lane_of(update) == lane), None)

    async def _delivered(self, update: Pending, session: aiohttp.ClientSession) -> bool:
        hook = self._world.webhook
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.body, headers=headers) as answer:
                hook.last_error = "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
        except (aiohttp.ClientError, TimeoutError):
            hook.last_error = "Connection failed"
        hook.last_error_at = self._world.clock()
        self._world.bell.ring(WEBHOOK)
        return not hook.last_error


def lane_of(update: Pending) -> str:
    payload = update.body[update.kind]
    place = "chat" if "chat" in payload else "from"
    return f"{place}:{payload.get(place, {}).get('id')}"

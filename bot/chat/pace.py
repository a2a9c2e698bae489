"""When the next call to a chat may go out: a chat that Telegram slows down slows no other."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.chat.calls import Call, ChangeButtons, Say, SendFile, ShowChart
from bot.chat.windows import Windows

GROUP = (20, 60)
"""Messages, and within how many seconds: what Telegram takes in a group."""
PRIVATE = (20, 20)
"""In a private chat: one a second, and twenty at once: as many as a person may ask in a minute."""


class Pace:
    """Chats that Telegram wants left alone, and how much was written to each of late."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._written = Windows(clock)
        self._resting: dict[int, float] = {}

    def rest(self, call: Call, seconds: float) -> None:
        """Let nothing go to the chat of this call for so long."""
        now, chat = self._clock(), chat_of(call)
        self._resting = {one: until for one, until in self._resting.items() if until > now}
        if chat is not None:
            self._resting[chat] = max(now + seconds, self._resting.get(chat, now))

    def wait(self, call: Call) -> float:
        """Seconds until this call may go out; with none, it counts as gone."""
        chat = chat_of(call)
        if chat is None:
            return 0.0
        if (resting := self._resting.get(chat, 0.0) - self._clock()) > 0:
            return resting
        return self._turn(chat) if isinstance(call, Say | ShowChart | SendFile | ChangeButtons) else 0.0

    def _turn(self, chat: int) -> float:
        most, seconds = GROUP if chat < 0 else PRIVATE
        if self._written.acquire_entry(str(chat), most, seconds):
            return 0.0
        oldest, _ = self._written.get_moving_window(str(chat), most, seconds)
        return max(oldest + seconds - self._clock(), 0.001)


def chat_of(call: Call) -> int | None:
    """The chat that a call goes to, where there is one."""
    return getattr(call, "chat", None)

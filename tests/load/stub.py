"""A Bot API that hands out updates and notes when each chat, tap and inline query got its answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456789:AAEmulatedTokenForTests_NotARealOne1"
ME = {"id": 123456789, "is_bot": True, "first_name": "Rounds", "username": "rounds_test_bot"}
BATCH = 100
"""Updates that Telegram gives out at once."""
ANSWERS = {
    "sendMessage": ("chat", "chat_id"),
    "sendPhoto": ("chat", "chat_id"),
    "editMessageReplyMarkup": ("chat", "chat_id"),
    "answerCallbackQuery": ("tap", "callback_query_id"),
    "answerInlineQuery": ("inline", "inline_query_id"),
}
"""What each method answers, and which of its fields says whom."""

Whom = tuple[str, Hashable]
"""A chat, a tap or an inline query, each with its id."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The buttons under a message, as a bot sent them."""

    message: int = 1
    rows: Sequence[Sequence[Mapping[str, Any]]] = ()

    @property
    def data(self) -> list[str]:
        """What each sends back."""
        return [button["callback_data"] for row in self.rows for button in row]


@dataclass
class Stub:
    """Updates wait here until they are confirmed, as at Telegram."""

    latency: float = 0.0
    """Seconds that a call takes there."""
    waiting: list[dict[str, Any]] = field(default_factory=list)
    answered: dict[Whom, float] = field(default_factory=dict)
    """When (of the performance counter) each was first answered since they last sent something."""
    keyboards: dict[int, Keyboard] = field(default_factory=dict)
    """The buttons that each chat saw last."""
    calls: int = 0
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _awaited: dict[Whom, asyncio.Future[None]] = field(default_factory=dict)
    _number: int = 0
    _sent: int = 0
    """The number of the latest message, in whichever chat."""

    def offer(self, kind: str, body: object) -> float:
        """An update of this kind; the moment it was offered."""
        self._number += 1
        self.waiting.append({"update_id": self._number, kind: body})
        self._news.set()
        return time.perf_counter()

    def forget(self, *whom: Whom) -> None:
        """What answered them before is no answer to what they send now."""
        for one in whom:
            self.answered.pop(one, None)

    async def answer(self, whom: Whom, patience: float) -> float:
        """When they were answered. Raises TimeoutError."""
        if whom not in self.answered:
            future = self._awaited.setdefault(whom, asyncio.get_running_loop().create_future())
            try:
                await asyncio.wait_for(future, patience)
            finally:
                self._awaited.pop(whom, None)
        return self.answered[whom]

    async def call(self, request: web.Request) -> web.Response:
        asked = dict(request.query) | await _body(request)
        method = request.match_info["method"]
        self.calls += 1
        match method:
            case "getUpdates":
                return _ok(await self._updates(int(asked.get("offset", 0)), float(asked.get("timeout", 0))))
            case "getMe":
                return _ok(ME)
            case method if method in ANSWERS:
                kind, name = ANSWERS[method]
                self._sent += 1
                self._note((kind, _id(asked[name])), asked)
                await asyncio.sleep(self.latency)
        if method in {"sendMessage", "sendPhoto"}:
            chat = {"id": int(asked["chat_id"]), "type": "private"}
            return _ok({"message_id": self._sent, "date": 1, "chat": chat, "from": ME, "text": "a"})
        return _ok(result=True)

    def _note(self, whom: Whom, asked: dict[str, Any]) -> None:
        self.answered.setdefault(whom, time.perf_counter())
        markup, changed = asked.get("reply_markup"), asked.get("message_id")
        if whom[0] == "chat" and (markup or changed):
            buttons = json.loads(markup) if isinstance(markup, str) else markup or {"inline_keyboard": ()}
            self.keyboards[int(asked["chat_id"])] = Keyboard(int(changed or self._sent), buttons["inline_keyboard"])
        if (future := self._awaited.get(whom)) and not future.done():
            future.set_result(None)

    async def _updates(self, offset: int, wait: float) -> list[dict[str, Any]]:
        self.polled.set()
        confirmed = next((place for place, one in enumerate(self.waiting) if one["update_id"] >= offset), None)
        del self.waiting[:confirmed]
        if not self.waiting and wait:
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), wait)
        return self.waiting[:BATCH]


def _id(text: object) -> Hashable:
    said = str(text)
    return int(said) if said.lstrip("-").isdecimal() else said


async def _body(request: web.Request) -> dict[str, Any]:
    """What a call says: the bare bot fills in a form, Rounds speaks JSON."""
    if request.content_type == "application/json":
        said: dict[str, Any] = json.loads(await request.read() or b"{}")
        return said
    return dict(await request.post())


def _ok(result: object) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")


@asynccontextmanager
async def serving(stub: Stub) -> AsyncIterator[str]:
    """The stub on the loopback; its address."""
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", stub.call)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()

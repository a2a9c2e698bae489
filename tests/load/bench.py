"""Rounds beside a bare echo bot, in the same run and in turns: a burst, and latency at a steady rate.

    python -m tests.chat.bench --rounds 3

The machine's mood moves figures by a factor of two, so what counts is the ratio. Rounds answers from its content and
keeps everything on disk; the bare bot says what it hears and keeps nothing. The Bot API here does next to nothing, so
that it is not what is measured. Every question comes from another person, and is answered with the first message.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from aiohttp import web

from tests.chat.program import ROOT

TOKEN = "123456789:AAEmulatedTokenForTests_NotARealOne1"
ME = {"id": 123456789, "is_bot": True, "first_name": "Rounds", "username": "rounds_test_bot"}
QUESTIONS = ("thal relapse after stopping?", "dose of len", "how long until thal works", "/source", "zebra quagga")
BOTS = {"bare": "tests.chat.bare", "rounds": "bot"}
BURST = 1000
STEADY, SECONDS = 30, 8
PATIENCE = 60


@dataclass
class Stub:
    """A Bot API that hands out updates, and takes the time of the first message to each chat."""

    latency: float = 0.0
    """Seconds that a call takes there."""
    offered: dict[int, float] = field(default_factory=dict)
    answered: dict[int, float] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    polled: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, number: int) -> None:
        """Somebody new asks something."""
        person = {"id": number, "first_name": "A"}
        text = QUESTIONS[number % len(QUESTIONS)]
        message = {"message_id": number, "date": int(time.time()), "text": text, "chat": person | {"type": "private"}}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        message["from"] = person | {"is_bot": False}
        self.waiting.append({"update_id": number, "message": message})
        self.offered[number] = time.perf_counter()
        self.news.set()

    async def call(self, request: web.Request) -> web.Response:
        asked = dict(request.query) | await _body(request)
        match request.match_info["method"]:
            case "getUpdates":
                return _ok(await self._updates(int(asked.get("offset", 0)), float(asked.get("timeout", 0))))
            case "sendMessage":
                chat = int(asked["chat_id"])
                self.answered.setdefault(chat, time.perf_counter())
                await asyncio.sleep(self.latency)
                return _ok(
                    {"message_id": 1, "date": 1, "chat": {"id": chat, "type": "private"}, "from": ME, "text": "a"}
                )
            case "getMe":
                return _ok(ME)
        return _ok(result=True)

    async def _updates(self, offset: int, wait: float) -> list[dict[str, Any]]:
        self.polled.set()
        self.waiting = [update for update in self.waiting if update["update_id"] >= offset]
        if not self.waiting and wait:
            self.news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), wait)
        return self.waiting[:100]

    async def all_answered(self) -> None:
        """Waits for it, or for a minute."""
        until = time.perf_counter() + PATIENCE
        while len(self.answered) < len(self.offered) and time.perf_counter() < until:  # noqa: ASYNC110 - not to disturb
            await asyncio.sleep(0.01)


@dataclass(frozen=True, slots=True)
class Result:
    """Of one bot in one round."""

    per_second: float
    p50: float
    p95: float
    """Milliseconds from the offer of an update to its answer, at the steady rate."""
    lost: int


async def _body(request: web.Request) -> dict[str, Any]:
    """What a call says: the bare bot fills in a form, Rounds speaks JSON."""
    if request.content_type == "application/json":
        said: dict[str, Any] = await request.json()
        return said
    return dict(await request.post())


def _ok(result: object) -> web.Response:
    return web.Response(body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json")


@asynccontextmanager
async def _running(bot: str, stub: Stub) -> AsyncIterator[None]:
    """The stub, and a bot as a process of its own that has begun to poll it."""
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", stub.call)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with tempfile.TemporaryDirectory() as folder:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{runner.addresses[0][1]}"}
        settings |= {"DATABASE_URL": f"sqlite+aiosqlite:///{folder}/rounds.db", "LOG_LEVEL": "WARNING"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", BOTS[bot], *(["run"] if bot == "rounds" else [])),
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await asyncio.wait_for(stub.polled.wait(), PATIENCE)
            yield
        finally:
            process.kill()
            await process.wait()
            await runner.cleanup()


async def measure(bot: str, latency: float) -> Result:
    """A warm-up, a burst, and a steady rate."""
    stub = Stub(latency)
    async with _running(bot, stub):
        await _burst(stub, first=1, count=50)
        began = time.perf_counter()
        await _burst(stub, first=100_000, count=BURST)
        per_second = BURST / (max(stub.answered.values()) - began)
        await _steady(stub, first=200_000)
    waits = sorted(stub.answered[one] - stub.offered[one] for one in stub.answered if one >= 200_000)
    p50, p95 = (1000 * waits[int(share * len(waits))] for share in (0.5, 0.95))
    return Result(per_second, p50, p95, len(stub.offered) - len(stub.answered))


async def _burst(stub: Stub, first: int, count: int) -> None:
    for number in range(first, first + count):
        stub.offer(number)
    await stub.all_answered()


async def _steady(stub: Stub, first: int) -> None:
    for number in range(first, first + STEADY * SECONDS):
        stub.offer(number)
        await asyncio.sleep(1 / STEADY)
    await stub.all_answered()


async def compare(rounds: int, latency: float) -> None:
    """Both bots in turns; prints each result, and the ratio of the medians."""
    results: dict[str, list[Result]] = {bot: [] for bot in BOTS}
    for bot in islice(cycle(BOTS), rounds * len(BOTS)):
        result = await measure(bot, latency)
        results[bot].append(result)
        print(
            f"{bot:7}{result.per_second:7.0f}/s  p50 {result.p50:5.1f} ms  p95 {result.p95:5.1f} ms  lost {result.lost}"
        )
    speed = {bot: statistics.median(one.per_second for one in results[bot]) for bot in BOTS}
    p95 = {bot: statistics.median(one.p95 for one in results[bot]) for bot in BOTS}
    print(
        f"burst: {speed['rounds'] / speed['bare']:.2f} x bare; p95 at {STEADY}/s: {p95['rounds'] - p95['bare']:+.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that a call takes at Telegram")
    chosen = parser.parse_args()
    asyncio.run(compare(chosen.rounds, chosen.latency))


if __name__ == "__main__":
    main()

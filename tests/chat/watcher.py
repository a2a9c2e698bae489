"""Whoever watches over the program: what it tells of itself on its port."""

from __future__ import annotations

import asyncio

import aiohttp


async def ask(port: int, path: str) -> tuple[int, str]:
    """Status and words."""
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def until(port: int, said: tuple[int, str], within: float = 10, every: float = 0.02) -> None:
    """Ask whether it is ready until it says this; for so many seconds, and every so many."""
    async with asyncio.timeout(within):
        while await ask(port, "/readyz") != said:  # noqa: ASYNC110 - it cannot say when
            await asyncio.sleep(every)

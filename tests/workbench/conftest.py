"""A workbench over a copy of the small knowledge base, asked without a server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.assembly import build_engine
from bot.chat.pages import Kept
from bot.live import LiveEngine
from bot.workbench.bell import Bell
from bot.workbench.changes import Changes
from bot.workbench.chat import Chat
from bot.workbench.serving import LOCAL
from bot.workbench.shelf import Shelf
from bot.workbench.site import Site

HERE = "http://127.0.0.1:8765"
OWN = {"sec-fetch-site": "same-origin"}
"""What a browser says of a request that comes from the page itself."""
HTMX = {**OWN, "hx-request": "true"}
"""The same where htmx asks."""


@pytest.fixture
def live(small: Path) -> LiveEngine:
    """The engine over the copy, which a test may renew."""
    return LiveEngine(small, build_engine(small), build_engine)


@pytest.fixture
def site(small: Path, live: LiveEngine) -> Site:
    return Site(
        live, Bell(), Chat(Kept(minutes=30, missed=0, shown=0, feedback=365)), Shelf(small, live), Changes(small)
    )


@pytest.fixture
async def browser(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on this machine, without scripts."""
    async with visitor(site.app(LOCAL)) as client:
        client.headers.update(OWN)
        yield client


def visitor(app: Starlette, address: str = HERE) -> httpx.AsyncClient:
    """Somebody who calls the workbench by this address."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=address)

"""What the program listens on: the webhook's port, and one for whoever watches over it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.chat.health import Health
from bot.errors import SettingsError

Routes = Iterable[web.RouteDef]
MOST_BYTES = 256 * 1024
"""Of a body: Telegram drops updates of more than a quarter of this itself."""


@asynccontextmanager
async def listening(routes: Routes, host: str, port: int, setting: str) -> AsyncIterator[None]:
    """Listen there. Raises SettingsError, with the name of the setting, where that cannot be."""
    application = web.Application(client_max_size=MOST_BYTES)
    application.router.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await _listen(runner, host, port, setting)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int, setting: str) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise SettingsError(f"{setting}: cannot listen on {host}, port {port}: {error.strerror}") from None


def health_routes(health: Health) -> Routes:
    """For supervisors: one word a fault, and nothing that a stranger may not read."""

    async def alive(_: web.Request) -> web.Response:
        return _said(health.stuck, otherwise="alive")

    async def ready(_: web.Request) -> web.Response:
        return _said(health.unready, otherwise="ready")

    return [web.get("/healthz", alive), web.get("/readyz", ready)]


def metrics_route(exposition: Callable[[], tuple[str, bytes]]) -> Routes:
    """For Prometheus; never beside the webhook, where a reverse proxy may pass on more than it should."""

    async def metrics(_: web.Request) -> web.Response:
        kind, body = exposition()
        return web.Response(body=body, headers={"Content-Type": kind})

    return [web.get("/metrics", metrics)]


def _said(faults: tuple[str, ...], otherwise: str) -> web.Response:
    return web.Response(status=503 if faults else 200, text=" ".join(faults or [otherwise]) + "\n")

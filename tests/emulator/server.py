"""The HTTP door: the Bot API on the loopback, in front of a `TelegramWorld`.

async with serve(world) as base_url:      # "http://127.0.0.1:40123"
    ...                                   # calls go to {base_url}/bot{token}/{method}
"""

from __future__ import annotations

import asyncio
import json
import math
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import web
from aiohttp.web_request import FileField

from .arguments import Arguments, Upload, as_text
from .faults import Ending, Fault, Page
from .methods import NAMES, perform
from .records import Call
from .refusals import Json, Refusal
from .rules import MAX_UPLOAD_BYTES
from .webhook import Courier
from .world import TelegramWorld


@asynccontextmanager
async def serve(world: TelegramWorld, *, port: int = 0, webhook_pause: float = 1.0) -> AsyncIterator[str]:
    """Open the door, on a free port unless one is named, and yield its base address.

    The world outlives the door: closing it and opening another on the same port is an outage.
    """
    runner = web.AppRunner(_application(world), access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    courier = asyncio.create_task(Courier(world, webhook_pause).run())
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        courier.cancel()
        with suppress(asyncio.CancelledError):
            await courier
        await runner.cleanup()


def _application(world: TelegramWorld) -> web.Application:
    door = Door(world)
    application = web.Application(client_max_size=2 * MAX_UPLOAD_BYTES)
    application.router.add_route("*", "/bot{token}/{method}", door.call)
    application.router.add_get("/file/bot{token}/{path:.+}", door.download)
    application.router.add_route("*", "/{anything:.*}", door.elsewhere)
    return application


class Door:
    """Turns requests into calls on the world, and suffers the planned faults."""

    def __init__(self, world: TelegramWorld) -> None:
        self._world = world

    async def call(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            arguments = await read_arguments(request)
        except Refusal as refusal:
            return _respond(_page(refusal.code, refusal.envelope()))
        asked = request.match_info["method"]
        return await self._answer(request, NAMES.get(asked.lower(), asked), arguments)

    async def download(self, request: web.Request) -> web.StreamResponse:
        file = self._world.files.at(request.match_info["path"])
        if request.match_info["token"] != self._world.token or file is None:
            return await self.elsewhere(request)
        return web.Response(body=file.upload.content, content_type="application/octet-stream")

    async def elsewhere(self, request: web.Request) -> web.StreamResponse:
        return _respond(_page(404, Refusal(404, "Not Found").envelope()))

    async def _answer(self, request: web.Request, method: str, arguments: Arguments) -> web.StreamResponse:
        arrived = self._world.clock()
        fault = self._world.faults.take(method, arguments) or Fault(takes_effect=True)
        page = fault.page or Page(500, b"")
        if fault.takes_effect:
            page = _page(*await perform(self._world, method, arguments))
        heard = fault.ending is Ending.ANSWERED and fault.delay < math.inf
        self._world.record(Call(method, arguments.values, arrived, page.status if heard else 0))
        await _wait(fault.delay)
        return await _end(request, fault.ending, page)

    def _check_token(self, token: str) -> None:
        if ":" not in token or token.startswith("0") or len(token) > 80:
            raise Refusal(401, "Unauthorized: invalid token specified")
        if token != self._world.token:
            raise Refusal(401, "Unauthorized")


async def read_arguments(request: web.Request) -> Arguments:
    """Arguments of the address and of the body, whichever of the three encodings it has."""
    values: dict[str, str] = dict(request.query)
    if request.content_type == "application/json":
        return Arguments(values | await _json_fields(request))
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            with value.file:
                uploads[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            values[name] = str(value)
    return Arguments(values, uploads)


async def _json_fields(request: web.Request) -> dict[str, str]:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refusal(400, "Bad Request: can't parse JSON object")
    return {name: as_text(value) for name, value in body.items() if value is not None}


async def _wait(seconds: float) -> None:
    """For ever, when infinite: until the client gives up or the door closes."""
    if seconds == math.inf:
        await asyncio.Event().wait()
    await asyncio.sleep(seconds)


async def _end(request: web.Request, ending: Ending, page: Page) -> web.StreamResponse:
    if ending is Ending.TRUNCATED:
        return await _half(request, page)
    if ending is Ending.RESET:
        _reset(request)
    return _respond(page)


async def _half(request: web.Request, page: Page) -> web.StreamResponse:
    """Promise the whole body, send half of it and hang up."""
    response = web.StreamResponse(status=page.status, headers={"Content-Type": page.content_type})
    response.content_length = len(page.body)
    await response.prepare(request)
    await response.write(page.body[: len(page.body) // 2])
    if request.transport:
        request.transport.close()
    return response


def _reset(request: web.Request) -> None:
    """Close with a TCP reset, as a crashed peer does, rather than with a polite end."""
    if transport := request.transport:
        no_linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_linger)
        transport.abort()


def _page(status: int, envelope: Json) -> Page:
    return Page(status, json.dumps(envelope).encode())


def _respond(page: Page) -> web.Response:
    headers = {"Content-Type": page.content_type}
    if page.status == 429:
        headers["Retry-After"] = str(json.loads(page.body)["parameters"]["retry_after"])
    return web.Response(status=page.status, body=page.body, headers=headers)

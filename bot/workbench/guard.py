"""Who may use the workbench, from where, and what its pages may do."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import summary

log = logging.getLogger(__name__)
COOKIE = "workbench"
MOST_BYTES = 64 * 1024
"""In what a page sends: a question, and the thread that it belongs to."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of every response: nothing from elsewhere is loaded, nothing is kept by the browser."""


def is_loopback(host: str) -> bool:
    """Whether an address is that of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Lets in whoever has the token, where there is one; and nothing that another site's page sends."""

    def __init__(self, app: ASGIApp, token: str | None = None) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            answer = self._answered(Request(scope)) or self._app
            await answer(scope, receive, _with_headers(send))
        except Exception as error:  # noqa: BLE001 - whatever it is, its words may be those of a question
            log.error("a page failed: %s", summary(error))
            await PlainTextResponse("Something went wrong here.\n", 500)(scope, receive, _with_headers(send))

    def _answered(self, request: Request) -> Response | None:
        """What is said instead of the page; None to whoever may have it."""
        if not self._is_admitted(request):
            return self._admitting(request) or PlainTextResponse("Open the link that was printed at the start.\n", 401)
        if request.method not in {"GET", "HEAD"} and not _is_own(request.headers):
            return PlainTextResponse("This was not sent by a page of the workbench.\n", 403)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES or "transfer-encoding" in request.headers:
            return PlainTextResponse("That is too long.\n", 413)
        return None

    def _is_admitted(self, request: Request) -> bool:
        return self._token is None or _same(request.cookies.get(COOKIE, ""), self._token)

    def _admitting(self, request: Request) -> Response | None:
        """For whoever comes with the token in the link: a cookie, and the page without it."""
        if self._token is None or not _same(request.query_params.get("token", ""), self._token):
            return None
        response = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, self._token, httponly=True, samesite="strict", secure=secure)
        return response


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _is_own(headers: Mapping[str, str]) -> bool:
    """Whether a page of this very address sent it. Browsers say so, and a page cannot make them say otherwise."""
    if site := headers.get("sec-fetch-site"):
        return site == "same-origin"
    return bool(headers.get("host")) and urlsplit(headers.get("origin", "")).netloc == headers.get("host")


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return send_with_headers

"""The pages of the workbench, by address.

Each address gives a whole page, and to htmx only the part of it that changes: without scripts it works as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from bot.calendar import current_day
from bot.changing import HistoryError
from bot.domain.context import Context
from bot.drawing.chart import NothingToDrawError, UnknownChartError
from bot.live import LiveEngine
from bot.workbench import buttons
from bot.workbench.bell import Bell
from bot.workbench.changes import Changes
from bot.workbench.chat import Chat, Exchange
from bot.workbench.guard import Guard
from bot.workbench.paper import TEMPLATES
from bot.workbench.shelf import Shelf
from bot.workbench.statics import STATIC
from bot.workbench.thread import Ask, Thread
from bot.workbench.why import why


@dataclass(frozen=True)
class Site:
    """Reads what a page sends, asks those who know, and fills the template."""

    live: LiveEngine
    bell: Bell
    chat: Chat
    shelf: Shelf
    changes: Changes

    def app(self, hosts: tuple[str, ...], token: str | None = None) -> Starlette:
        """What a server serves: to these hosts, and with a token only to those who have it."""
        names = Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
        return Starlette(routes=self._routes(), middleware=[Middleware(Guard, token), names])

    def _routes(self) -> list[Route | Mount]:
        return [
            Route("/", self.ask),
            Route("/coverage", self.coverage),
            Route("/booklet", self.booklet),
            Route("/problems", self.problems),
            Route("/changes", self.differences),
            Route("/file/{path:path}", self.file),
            Route("/status", self.status),
            Route("/events", self.events),
            Route("/chart/{name}", self.chart),
            Route("/chart/{name}/{drug}", self.chart),
            Route("/chat", self.turn, methods=["POST"]),
            Route("/again", self.again, methods=["POST"]),
            Route("/why", self.why, methods=["POST"]),
            Route("/feedback", self.opinion, methods=["POST"]),
            Mount("/static", STATIC),
        ]

    async def ask(self, request: Request) -> Response:
        """The chat; with `start`, as in a link to the bot, it begins with that answer."""
        if payload := request.query_params.get("start"):
            exchange = await self._exchange(request, Ask(words=f"/start {payload}"), Context())
            return self._filled(request, "page.html", panel="why", exchange=exchange, why=why(exchange))
        return self._page(request, "why", why=None)

    async def turn(self, request: Request) -> Response:
        """A question or a tap, in the thread that the page carries."""
        fields = await _fields(request)
        ask = Ask(*(fields.get(name, "") for name in ("words", "data", "label")))
        exchange = await self._exchange(request, ask, Thread.of(fields).context)
        name = "exchange.html" if _is_partial(request) else "page.html"
        return self._filled(request, name, panel="why", exchange=exchange, why=why(exchange))

    async def again(self, request: Request) -> Response:
        """What was asked last, asked of the content as it is now: shown where the answer is another one."""
        thread = Thread.of(await _fields(request))
        if thread.last is None:
            return Response(status_code=204)
        exchange = await self._exchange(request, thread.last, thread.before)
        is_new = exchange.thread.shown != thread.shown
        is_beside = urlsplit(request.headers.get("hx-current-url", "/")).path == "/"
        view = {"panel": "why" if is_beside else "", "why": why(exchange), "is_again": True, "is_new": is_new}
        response = self._filled(request, "exchange.html", exchange=exchange, **view)
        if not is_new:
            response.headers["HX-Reswap"] = "none"
        return response

    async def why(self, request: Request) -> Response:
        """Why the last answer was given."""
        thread = Thread.of(await _fields(request))
        if thread.last is None:
            return self._page(request, "why", why=None)
        exchange = await self._exchange(request, thread.last, thread.before)
        return self._page(request, "why", exchange=exchange, why=why(exchange))

    async def opinion(self, request: Request) -> Response:
        """Feedback under an answer: other buttons take the place of those that were there."""
        fields = await _fields(request)
        try:
            shown = buttons.read(fields.get("buttons", ""))
        except ValueError:
            return PlainTextResponse("These are no buttons.\n", 400)
        answer = self.chat.opinion(self.live.engine, fields.get("data", ""), shown)
        return self._filled(request, "keyboard.html", buttons=answer.buttons, notice=answer.notice, is_focused=True)

    async def coverage(self, request: Request) -> Response:
        grid = await asyncio.to_thread(self.shelf.grid, self.live.engine.catalogue)
        return self._page(request, "coverage", grid=grid)

    async def booklet(self, request: Request) -> Response:
        words = request.query_params.get("words", "")
        booklet = self.shelf.booklet(self.live.engine.catalogue)
        chapters = await asyncio.to_thread(booklet.search, words)
        found = sum(len(chapter.entries) for chapter in chapters)
        view = {"words": words, "chapters": chapters, "found": found, "total": len(booklet.entries)}
        if request.headers.get("hx-target") == "entries":
            return self._filled(request, "entries.html", **view)
        return self._page(request, "booklet", **view)

    async def problems(self, request: Request) -> Response:
        found = await asyncio.to_thread(self.shelf.problems, current_day())
        return self._page(request, "problems", found=found)

    async def differences(self, request: Request) -> Response:
        """What the files in the folder would change; it may take seconds, and so the page comes first."""
        if not _is_partial(request) or request.headers.get("hx-trigger") == "tab-changes":
            return self._page(request, "changes", review=None, fault="")
        try:
            review = await self.changes.review(current_day())
        except HistoryError as error:
            return self._page(request, "changes", review=None, fault=str(error))
        return self._page(request, "changes", review=review, fault="")

    async def file(self, request: Request) -> Response:
        """A file of the content, with a line marked."""
        path, line = request.path_params["path"], request.query_params.get("line", "")
        lines = await asyncio.to_thread(self.shelf.lines, path)
        if lines is None:
            return PlainTextResponse("There is no such file.\n", 404)
        return self._page(request, "file", path=path, lines=lines, line=int(line[:9]) if line.isdecimal() else 0)

    async def status(self, request: Request) -> Response:
        return self._filled(request, "status.html")

    async def events(self, request: Request) -> Response:
        """Tells the page when to look again."""
        seen = request.query_params.get("seen", "")
        return StreamingResponse(self.bell.events(seen), media_type="text/event-stream")

    async def chart(self, request: Request) -> Response:
        try:
            png = await self.shelf.picture(request.path_params["name"], request.path_params.get("drug"))
        except (UnknownChartError, NothingToDrawError) as error:
            return PlainTextResponse(f"{error}\n", 404)
        return Response(png, media_type="image/png")

    async def _exchange(self, request: Request, ask: Ask, context: Context) -> Exchange:
        address = str(request.base_url)
        return await asyncio.to_thread(self.chat.exchange, self.live.engine, ask, context, address)

    def _page(self, request: Request, panel: str, **view: Any) -> Response:
        """A view: within the whole page, or for htmx by itself."""
        return self._filled(request, "panel.html" if _is_partial(request) else "page.html", panel=panel, **view)

    def _filled(self, request: Request, name: str, **view: Any) -> Response:
        exchange = view.get("exchange") or self.chat.welcome(self.live.engine)
        common: dict[str, Any] = {
            "engine": self.live.engine,
            "problems": self.live.problems,
            "stamp": self.bell.stamp,
            "commands": self.chat.commands,
            "thread": exchange.thread,
            "is_again": False,
            "is_new": True,
            "is_focused": False,
            "notice": "",
        }
        return TEMPLATES.TemplateResponse(request, name, {**common, **view, "exchange": exchange})


def _is_partial(request: Request) -> bool:
    """Whether htmx asks, for a part of the page."""
    return request.headers.get("hx-request") == "true"


async def _fields(request: Request) -> Mapping[str, str]:
    """What a form holds, without files."""
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}

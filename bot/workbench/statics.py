"""The style, our few lines of script, and the htmx that its package ships."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

_OURS = files("bot.workbench").joinpath("static")
_HTMX = files("django_htmx").joinpath("static", "django_htmx")
_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FILES: dict[str, Traversable] = {
    "workbench.css": _OURS / "workbench.css",
    "workbench.js": _OURS / "workbench.js",
    "mark.svg": _OURS / "mark.svg",
    "htmx.js": _HTMX / "htmx-2.min.js",
    "htmx-sse.js": _HTMX / "ext" / "hx-sse-2.min.js",
}


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("There is no such file.\n", 404)
    return Response(_FILES[name].read_bytes(), media_type=_KINDS[name.rpartition(".")[2]])


STATIC = Router([Route("/{name}", _file)])
"""Serves them by name, and nothing else."""

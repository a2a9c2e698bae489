"""Serves the workbench until it is asked to stop, and watches the content meanwhile."""

from __future__ import annotations

import asyncio
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from bot.chat.pages import Kept
from bot.live import LiveEngine
from bot.settings import Settings
from bot.workbench.bell import Bell
from bot.workbench.changes import Changes
from bot.workbench.chat import Chat
from bot.workbench.guard import is_loopback
from bot.workbench.shelf import Shelf
from bot.workbench.site import Site

LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")
"""What a browser on this machine may call it: a name of somebody else's that leads here is refused."""

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - whoever comes needs the token


@dataclass(frozen=True, slots=True)
class Address:
    """Where it listens, and what opens it where others can reach it."""

    host: str
    port: int
    token: str | None

    @classmethod
    def of(cls, host: str, port: int, settings: Settings) -> Address:
        """With the token of the settings, or else, where not this machine alone can reach it, a new one."""
        chosen = settings.workbench_token
        token = chosen.get_secret_value() if chosen else None
        return cls(host, port, token or (None if is_loopback(host) else secrets.token_urlsafe(24)))

    @property
    def hosts(self) -> tuple[str, ...]:
        """What it may be called. Elsewhere anything: there the token keeps strangers out."""
        return LOCAL if is_loopback(self.host) else ("*",)

    @property
    def link(self) -> str:
        """What to open: by this machine's name where it listens at all of its addresses."""
        named = socket.gethostname() if self.host in ANYWHERE else self.host
        host = f"[{named}]" if ":" in named else named
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")


def listening(host: str, port: int) -> socket.socket:
    """Take the address; port 0 takes any that is free. Raises OSError where that cannot be."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


class Server(uvicorn.Server):
    """Lets go of the pages that wait for news before it waits for the rest."""

    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self._bell = bell

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._bell.close()
        super().handle_exit(sig, frame)


async def serve(live: LiveEngine, content: Path, address: Address, door: socket.socket, settings: Settings) -> None:
    """Serve at the address that `door` has taken, until a signal comes."""
    bell = Bell()
    live.tell(bell.ring)
    chat = Chat(Kept.by(settings))
    site = Site(live, bell, chat, Shelf(content, live), Changes(content))
    config = uvicorn.Config(
        site.app(address.hosts, address.token),
        access_log=False,
        log_level="warning",
        server_header=False,
        lifespan="off",
    )
    server, stop = Server(config, bell), asyncio.Event()
    watching = asyncio.create_task(live.watch(stop))
    try:
        await server.serve([door])
    finally:
        stop.set()
        await watching

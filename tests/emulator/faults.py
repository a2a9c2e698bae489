"""What can go wrong between a bot and Telegram, as a queue that tests fill beforehand.

world.faults.add("sendMessage", too_many_requests(retry_after=3), times=5)
world.faults.add("getUpdates", bad_gateway(), times=EVERY_TIME)
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from enum import Enum

from .arguments import Arguments
from .refusals import Refusal

EVERY_TIME = math.inf
ANY_METHOD = "*"


class Ending(Enum):
    """How the connection ends."""

    ANSWERED = "with an answer"
    RESET = "with a reset and no answer"
    TRUNCATED = "in the middle of the answer"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is not the world's."""

    status: int
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One call going wrong."""

    takes_effect: bool = False
    """Whether the call still does what it asks for."""
    delay: float = 0
    """Seconds between the effect and the end of the call; infinite: nothing ever comes back."""
    ending: Ending = Ending.ANSWERED
    page: Page | None = None
    """Said in place of the true answer."""


def refused(code: int, description: str, *, status: int | None = None, **parameters: int) -> Fault:
    """Any refusal; `status` where the HTTP status says something else than the envelope."""
    body = json.dumps(Refusal(code, description, **parameters).envelope()).encode()
    return Fault(page=Page(status or code, body))


def too_many_requests(retry_after: int) -> Fault:
    return refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def server_restart() -> Fault:
    return refused(500, "Internal Server Error: restart")


def bad_gateway() -> Fault:
    page = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return Fault(page=Page(502, page, "text/html"))


def unauthorised() -> Fault:
    return refused(401, "Unauthorized")


def not_found() -> Fault:
    return refused(404, "Not Found")


def second_poller() -> Fault:
    text = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    return refused(409, text)


def refused_with_status_200() -> Fault:
    return refused(500, "Internal Server Error: restart", status=200)


def slow(seconds: float) -> Fault:
    """The call takes effect at once, its answer comes late."""
    return Fault(takes_effect=True, delay=seconds)


def hang(*, after_effect: bool = False) -> Fault:
    return Fault(takes_effect=after_effect, delay=math.inf)


def reset_before_effect() -> Fault:
    return Fault(ending=Ending.RESET)


def reset_after_effect() -> Fault:
    return Fault(takes_effect=True, ending=Ending.RESET)


def truncated() -> Fault:
    """The call takes effect; half of the true answer arrives."""
    return Fault(takes_effect=True, ending=Ending.TRUNCATED)


def half_json() -> Fault:
    """A complete HTTP answer whose body is not complete JSON; no effect."""
    return Fault(page=Page(200, b'{"ok":true,"result":'))


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    chat_id: int | None
    spared: float
    left: float

    def concerns(self, method: str, arguments: Arguments) -> bool:
        named = self.method in {ANY_METHOD, method.lower()}
        return named and self.chat_id in {None, arguments.integer("chat_id")}


class Faults:
    """Planned faults, first planned first used."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def add(self, method: str, fault: Fault, *, times: float = 1, after: int = 0, chat_id: int | None = None) -> None:
        """Plan `fault` for the next `times` calls of `method`, sparing the first `after`, in one chat or in all."""
        self._planned.append(_Planned(method.lower(), fault, chat_id, after, times))

    def take(self, method: str, arguments: Arguments) -> Fault | None:
        """The fault this call suffers, if any."""
        for planned in self._planned:
            if planned.concerns(method, arguments):
                return self._use(planned)
        return None

    def clear(self) -> None:
        self._planned.clear()

    def _use(self, planned: _Planned) -> Fault | None:
        if planned.spared > 0:
            planned.spared -= 1
            return None
        planned.left -= 1
        if planned.left <= 0:
            self._planned.remove(planned)
        return planned.fault

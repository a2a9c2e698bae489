"""Where a change is tried out: beside everything else, one after another, and for each editor one at a time."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from bot.chat.outbox import Outbox
from bot.chat.visit import Visit

Made = TypeVar("Made")
DEADLINE = 120.0
"""Seconds after which an editor is told that it takes too long."""
SHOWN_FOR = 4.5
"""Seconds after which Telegram takes the sign of typing back, or a little less."""

TURN = 0.0005
"""Seconds after which the work lets others on: answers take half as long beside it as with Python's own five
thousandths."""


class BusyError(Exception):
    """This editor's last change is still being tried out."""


class LateError(Exception):
    """It takes too long to be waited for. The `work` goes on: somebody must see to what it makes."""

    def __init__(self, work: asyncio.Future[Any]) -> None:
        super().__init__("the work takes too long")
        self.work = work


class Backroom:
    """Work for one editor waits for that of another; nobody who asks waits for either."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._door = asyncio.Lock()
        self._in_hand: dict[int, asyncio.Future[Any]] = {}

    async def does(self, visit: Visit, work: Callable[[], Made]) -> Made:
        """What the work makes. Raises BusyError, LateError, and whatever the work raises."""
        if visit.user in self._in_hand:
            raise BusyError
        task = asyncio.ensure_future(self._alone(work))
        self._in_hand[visit.user] = task
        task.add_done_callback(lambda _: self._in_hand.pop(visit.user))
        try:
            async with asyncio.timeout(DEADLINE):
                while not (await asyncio.wait([task], timeout=SHOWN_FOR))[0]:
                    await self._outbox.put(visit.update, visit.typing())
        except TimeoutError:
            raise LateError(task) from None
        return task.result()

    async def _alone(self, work: Callable[[], Made]) -> Made:
        async with self._door:
            with _in_short_turns():
                return await _in_thread(work)


@contextmanager
def _in_short_turns() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _in_thread(work: Callable[[], Made]) -> asyncio.Future[Made]:
    """The work in a thread that holds up no stop of the program: a publication that it interrupts is finished later."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Made] = loop.create_future()

    def run() -> None:
        settle = _settling(work, done)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if done.done() else settle())

    threading.Thread(target=run, name="backroom", daemon=True).start()
    return done


def _settling(work: Callable[[], Made], done: asyncio.Future[Made]) -> Callable[[], None]:
    """Do the work; what tells of its end."""
    try:
        made = work()
    except BaseException as error:  # noqa: BLE001 - raised again where it is waited for: the door must open
        fault = _raisable(error)
        return lambda: done.set_exception(fault)
    return lambda: done.set_result(made)


def _raisable(error: BaseException) -> Exception:
    """What a future can raise: not the end of an iterator or of a thread."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    fault = RuntimeError(f"the work was ended by {type(error).__name__}")
    fault.__cause__ = error
    return fault

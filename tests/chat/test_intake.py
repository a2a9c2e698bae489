"""The intake takes updates in, whatever Telegram or the network does meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.chat.health import Contact
from bot.chat.inbox import MemoryInbox
from bot.chat.intake import Intake
from tests.chat.fakes import Clock

Answer = list[Any] | Exception


class EndOfScriptError(Exception):
    """The script is at its end."""


@dataclass
class Script:
    """Gives one answer after another, and remembers from where on it was asked."""

    answers: Sequence[Answer]
    offsets: list[int] = field(default_factory=list)

    async def updates(self, offset: int, wait: int, most: int = 100) -> list[Any]:
        self.offsets.append(offset)
        if len(self.offsets) > len(self.answers):
            raise EndOfScriptError
        answer = self.answers[len(self.offsets) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer


def update(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": number}}}


async def take_in(*answers: Answer, contact: Contact | None = None) -> tuple[Script, MemoryInbox, Clock]:
    script, inbox, clock = Script(answers), MemoryInbox(), Clock()
    with pytest.raises(EndOfScriptError):
        await Intake(script, inbox, contact or Contact(), clock.sleep).run()
    return script, inbox, clock


async def test_each_call_confirms_what_the_inbox_has() -> None:
    script, inbox, _ = await take_in([update(7), update(8)], [], [update(12)])
    assert script.offsets == [0, 9, 9, 13]
    assert [(await inbox.next()).number for _ in range(3)] == [7, 8, 12]


async def test_an_update_without_a_number_is_left_out() -> None:
    script, inbox, _ = await take_in([update(7), {"message": {}}, "nonsense", update(2**64), update(8)])
    assert script.offsets[-1] == 9
    assert [(await inbox.next()).number for _ in range(2)] == [7, 8]


async def test_where_no_update_has_a_number_it_does_not_ask_again_at_once() -> None:
    _, _, clock = await take_in([update(2**64)], [update(-1)])
    assert clock.slept == [1, 2]


async def test_what_the_inbox_does_not_have_yet_is_not_confirmed() -> None:
    script, inbox = Script([[update(7), update(8)]]), MemoryInbox(room=1)
    running = asyncio.create_task(Intake(script, inbox, Contact()).run())
    await inbox.next()
    await asyncio.sleep(0)
    running.cancel()
    assert script.offsets == [0]


@pytest.mark.parametrize(
    ("failures", "pauses"),
    [
        ([TimedOut()], [1]),
        ([NetworkError("Bad Gateway")] * 8, [1, 2, 4, 8, 15, 30, 30, 30]),
        ([TelegramError("Invalid server response")], [1]),
        ([KeyError("result")], [1]),
        ([RetryAfter(17)], [17]),
        ([InvalidToken()] * 3, [1, 2, 4]),
        ([Conflict("terminated by other getUpdates request")] * 2, [1, 2]),
    ],
    ids=["time-out", "bad gateway", "half an answer", "no result", "flood", "a proxy's 404", "a second poller"],
)
async def test_failures_are_outlasted_with_growing_pauses(failures: list[Exception], pauses: list[float]) -> None:
    _, inbox, clock = await take_in(*failures, [update(7)])
    assert clock.slept == pauses
    assert (await inbox.next()).number == 7


async def test_after_a_success_the_pauses_begin_anew() -> None:
    _, _, clock = await take_in(NetworkError("a"), NetworkError("b"), [], NetworkError("c"))
    assert clock.slept == [1, 2, 1]


async def test_a_token_that_stays_refused_ends_the_intake_within_ten_seconds() -> None:
    clock = Clock()
    with pytest.raises(InvalidToken):
        await Intake(Script([InvalidToken()] * 9), MemoryInbox(), Contact(), clock.sleep).run()
    assert clock.now <= 10


async def test_a_second_poller_is_named(caplog: pytest.LogCaptureFixture) -> None:
    await take_in(Conflict("x"))
    assert "another process takes this bot's updates" in caplog.text


async def test_at_the_end_only_what_is_not_confirmed_yet_is_confirmed() -> None:
    script = Script([[update(7)], []])
    intake = Intake(script, MemoryInbox(), Contact())
    with pytest.raises(EndOfScriptError):
        await intake.run()
    await intake.confirm()
    assert script.offsets == [0, 8, 8]

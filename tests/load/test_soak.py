"""The soak, small: what the long one measures is really measured."""

from __future__ import annotations

from random import Random

import pytest
from aiohttp import ClientSession

from tests.load.bots import running
from tests.load.soak import Load, Tally, soak
from tests.load.stub import TOKEN, Stub, serving
from tests.load.ward import Person, questions


async def test_nothing_that_people_send_is_left_without_an_answer() -> None:
    """Every kind comes up, each is answered, and what nobody can read holds up nobody."""
    tally = await soak("rounds", Person.anything, Load(updates=300, people=60, at_once=16, minutes=2))
    assert not tally.lost
    assert set(tally.waits) == {"question", "tap", "inline", "command", "edit", "sticker", "junk"}
    assert sum(map(len, tally.waits.values())) == tally.sent == 300
    assert tally.per_second > 0
    assert tally.memory


async def test_what_is_not_answered_counts_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bare bot does not know taps: so this is seen."""
    monkeypatch.setattr("tests.load.soak.PATIENCE", 0.2)
    tally = await soak("bare", Person.taps, Load(updates=3, people=3, at_once=3, minutes=1))
    assert tally.lost == {"tap": 3}


async def test_buttons_that_the_bot_took_away_are_not_tapped() -> None:
    stub, keyboard = Stub(), {"inline_keyboard": [[{"text": "a", "callback_data": "v1|dose"}]]}
    async with serving(stub) as address, ClientSession(f"{address}/bot{TOKEN}/") as telegram:
        await telegram.post("sendMessage", json={"chat_id": 7, "reply_markup": keyboard})
        assert stub.keyboards[7].data == ["v1|dose"]
        await telegram.post("editMessageReplyMarkup", json={"chat_id": 7, "message_id": stub.keyboards[7].message})
        assert stub.keyboards[7].data == []


async def test_a_bot_is_measured_with_all_its_processes() -> None:
    stub = Stub()
    async with running("bare", stub) as process:
        before = process.work
        asked = [Person(number, stub, Random(number)).asks() for number in range(50)]
        for whom in (whom for one in asked for whom in one.answers):
            await stub.answer(whom, patience=30)
        assert process.work > before
        assert 20 < process.memory < 1000


@pytest.mark.parametrize(("last", "grown"), [(100.0, 1.0), (120.0, 1.2)])
def test_growth_is_that_beyond_the_warm_up(last: float, grown: float) -> None:
    """What is taken while people come for the first time is none."""
    memory = [(0, 10.0), (20, 50.0), *((sent, 100.0) for sent in range(30, 90)), (95, last), (100, last)]
    assert Tally(memory=memory, sent=100).grown == pytest.approx(grown)


def test_people_ask_what_nobody_was_taught() -> None:
    assert len(set(questions())) > 500

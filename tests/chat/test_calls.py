"""Every kind of call can be kept and made again after a restart."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.chat.calls import AnswerInline, Button, Call, ChangeButtons, Offer, ShowChart
from bot.chat.envelope import is_durable, read, written

ROWS = ((Button("Relapse: lenalidomide", "c1|relapse|lenalidomide"),),)
NEW: list[Call] = [
    ShowChart(1, "relapse", "thalidomide", ROWS, thread=2, reply_to=3),
    ShowChart(1, "comparison", None),
    ChangeButtons(1, 2, ROWS),
    AnswerInline("q", (Offer("id", "title", "description", "<b>html</b>", "label", "a-dose-amilol"),), "nothing"),
]


@pytest.mark.parametrize("call", NEW, ids=lambda call: type(call).__name__)
def test_it_is_the_same_after_it_was_written_and_read(call: Call) -> None:
    assert type(call) in get_args(Call)
    assert read(written(call)) == call


def test_a_picture_is_kept_as_what_to_draw_and_outlives_the_process() -> None:
    assert is_durable(NEW[0])
    assert len(written(NEW[0])) < 200


@pytest.mark.parametrize("call", NEW[2:], ids=lambda call: type(call).__name__)
def test_what_only_makes_sense_at_once_does_not(call: Call) -> None:
    assert not is_durable(call)

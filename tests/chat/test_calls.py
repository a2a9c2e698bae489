"""Every kind of call can be kept and made again after a restart."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.chat.calls import AnswerInline, Button, Call, ChangeButtons, Offer, SendFile, ShowChart
from bot.chat.envelope import is_durable, read, written

ROWS = ((Button("Relapse: lenalidomide", "c1|relapse|lenalidomide"),),)
NEW: list[Call] = [
    ShowChart(1, "relapse", "thalidomide", ROWS, thread=2, reply_to=3),
    ShowChart(1, "comparison", None),
    SendFile(1, "review.txt", "25 to 75% → 25 to 70%\n", "caption", ROWS, thread=2, reply_to=3),
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


def test_a_document_outlives_the_process_and_its_text_is_in_no_representation() -> None:
    (document,) = (call for call in NEW if isinstance(call, SendFile))
    assert is_durable(document)
    assert "25" not in repr(document)


@pytest.mark.parametrize("call", NEW[3:], ids=lambda call: type(call).__name__)
def test_what_only_makes_sense_at_once_does_not(call: Call) -> None:
    assert not is_durable(call)

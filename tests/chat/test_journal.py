"""No log line holds the token, or what an exception says."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.chat.journal import MUTE, Form, keep_journal

TOKEN = "123456789:AACanary-token_for_the_log"


@pytest.fixture(params=["text", "json"])
def form(request: pytest.FixtureRequest) -> Form:
    """What holds of one holds of the other."""
    chosen: Form = request.param
    return chosen


@pytest.fixture
def journal(form: Form, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """A journal at its most talkative, and afterwards the loggers as they were."""
    monkeypatch.setattr(logging, "raiseExceptions", True)
    loggers = [logging.getLogger(name) for name in (None, *MUTE)]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in loggers]
    written = io.StringIO()
    keep_journal("DEBUG", TOKEN, written, form)
    yield written
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_the_token_is_replaced_wherever_it_stands(journal: io.StringIO) -> None:
    logging.getLogger("bot.somewhere.below").debug("calling https://host/bot%s/getMe", TOKEN)
    assert TOKEN not in journal.getvalue()
    assert "bot[token]/getMe" in journal.getvalue()


def test_of_an_exception_only_type_and_place_are_logged(journal: io.StringIO) -> None:
    try:
        dict[str, str]()["what was asked"]
    except KeyError:
        logging.getLogger("bot").exception("it failed")
    assert "KeyError at test_journal.py:" in journal.getvalue()
    assert "what was asked" not in journal.getvalue()


@pytest.mark.parametrize("form", ["json"])
def test_as_json_a_line_is_an_object_with_the_numbers_that_the_call_gives_and_nothing_else(
    journal: io.StringIO,
) -> None:
    given = {"update": 7, "words": "what was asked"}
    logging.getLogger("bot.chat").warning("update %d:\nset aside", 7, extra=given)
    logging.getLogger("bot.chat").info("about %s", "nothing", extra={"update": "what was asked"})
    first, second = map(json.loads, journal.getvalue().splitlines())
    time = first.pop("time")
    assert (len(time), time[-6:]) == (len("2026-01-31T12:00:00.000+00:00"), "+00:00")
    assert first == {"level": "WARNING", "logger": "bot.chat", "message": "update 7:\nset aside", "update": 7}
    assert set(second) == {"time", "level", "logger", "message"}


@pytest.mark.parametrize("form", ["json"])
def test_as_json_an_exception_is_a_field(journal: io.StringIO) -> None:
    try:
        dict[str, str]()["what was asked"]
    except KeyError:
        logging.getLogger("bot").exception("it failed")
    assert json.loads(journal.getvalue())["error"].startswith("KeyError at test_journal.py:")


@pytest.mark.parametrize(
    "name", ["telegram.ext.ExtBot", "telegram.request.BaseRequest", "httpx", "httpcore.http11", "aiosqlite"]
)
def test_libraries_that_log_whole_updates_and_addresses_are_mute(name: str, journal: io.StringIO) -> None:
    logging.getLogger(name).critical("an update")
    assert journal.getvalue() == ""


def test_a_log_that_cannot_be_written_is_not_written_elsewhere(
    journal: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    journal.close()
    logging.getLogger("bot").error("about %s", TOKEN)
    assert capsys.readouterr().err == ""


def test_without_a_token_there_is_nothing_to_hide_and_nothing_begins() -> None:
    with pytest.raises(ValueError, match="no token"):
        keep_journal("INFO", "")

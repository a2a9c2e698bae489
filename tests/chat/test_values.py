"""What the bot wants Telegram to do, as values: messages and buttons."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from bot.answering.engine import Engine
from bot.chat import charts, feedback, links, studies
from bot.chat.calls import Button, Say, ShowChart
from bot.chat.keyboard import OPTION, WHOLE, data_of, option_of, rows
from bot.chat.page import Page
from bot.chat.visit import Visit
from bot.domain.reply import Option

AT = Visit(update=1, chat=2, user=3, thread=4, quoted=5)


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<b>Relapse</b>: 26 of 39", "Relapse: 26 of 39"),
        ('<a href="https://doi.org/10.1/x">doi 10.1/x</a>', "doi 10.1/x"),
        ("a\n<blockquote expandable>b\nc</blockquote>", "a\nb\nc"),
        ("p &lt;0.05 &amp; n &gt; 20", "p <0.05 & n > 20"),
        ("p <0.05 and n> 20", "p <0.05 and n> 20"),
    ],
)
def test_a_message_without_formatting_keeps_every_word(html: str, plain: str) -> None:
    assert Say(1, html).plain == plain


@pytest.mark.parametrize(
    ("option", "data"),
    [
        (Option("a", "dose", "thalidomide", "lupus"), "v1|dose|thalidomide|lupus"),
        (Option("a", "source", None), "v1|source||"),
        (Option("a", None, "lenalidomide"), "v1||lenalidomide|"),
        (Option("None of these", None, None), "v1|||"),
    ],
)
def test_a_button_names_what_it_asks(option: Option, data: str) -> None:
    assert data_of(option) == data
    again = option_of(data)
    assert again is not None
    assert (again.topic, again.drug, again.population) == (option.topic, option.drug, option.population)


@pytest.mark.parametrize("data", ["", "v1", "v1|dose|thalidomide", "v1|a|b|c|d", "v2|dose|thalidomide|", "|||"])
def test_data_of_another_version_asks_nothing(data: str) -> None:
    assert option_of(data) is None


def test_short_buttons_stand_side_by_side_and_long_ones_alone() -> None:
    options = [Option(label, str(number), None) for number, label in enumerate(["Dose", "Relapse", "x" * 19, "Source"])]
    assert [[button.label for button in row] for row in rows(options)] == [["Dose", "Relapse"], ["x" * 19], ["Source"]]


def test_an_option_that_telegram_could_not_send_back_has_no_button() -> None:
    assert rows([Option("a", "x" * 62, None), Option("b", "dose", None)]) == ((Button("b", "v1|dose||"),),)


def test_everything_that_the_shipped_content_can_be_asked_fits_a_button(engine: Engine) -> None:
    cells = product(engine.catalogue.cells, [None, *engine.catalogue.populations])
    options = [Option("x", topic, drug, population) for (drug, topic), population in cells]
    assert sum(map(len, rows(options))) == len(options)


def test_of_several_messages_each_points_at_the_question_and_the_last_has_the_buttons() -> None:
    buttons = ((Button("Dose", "v1|dose||"),),)
    assert AT.shows(Page(("one", "two"), buttons)) == (
        Say(2, "one", thread=4, reply_to=5),
        Say(2, "two", buttons=buttons, thread=4, reply_to=5),
    )


def test_a_picture_comes_first_and_alone_has_the_buttons() -> None:
    buttons = ((Button("Dose", "v1|dose||"),),)
    first = ShowChart(2, "relapse", "thalidomide", thread=4, reply_to=5)
    assert AT.shows(Page(("in words",), buttons, ("relapse", "thalidomide"))) == (
        first,
        Say(2, "in words", buttons=buttons, thread=4, reply_to=5),
    )
    assert AT.shows(Page((), buttons, ("relapse", "thalidomide"))) == (replace(first, buttons=buttons),)


def test_each_kind_of_button_has_a_name_of_its_own() -> None:
    """Else a tap would go to whoever comes first."""
    kinds = [OPTION, WHOLE, charts.TAP, feedback.TAP, feedback.NAMING, links.TAP, studies.TAP]
    assert len({*kinds}) == len(kinds)

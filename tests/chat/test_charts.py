"""Pictures: which one the words behind /chart mean, what is sent with it, and that it holds up nobody."""

from __future__ import annotations

import threading
from typing import get_args

import pytest

from bot.answering.engine import Engine
from bot.chat.charts import LONGEST_CAPTION, Charts, caption
from bot.domain.catalogue import Catalogue
from bot.domain.topic import ChartName
from bot.drawing.chart import Chart
from bot.drawing.gallery import NAMES, OVERALL, Gallery, drawable, planned
from bot.rendering.html import LIMIT
from tests.emulator import Person, TelegramWorld, faults, incoming


def test_topics_can_name_every_picture_that_there_is_and_no_other() -> None:
    assert get_args(ChartName) == NAMES


def test_every_picture_that_a_topic_names_can_be_drawn_of_some_drug(engine: Engine) -> None:
    named = {topic.chart for topic in engine.catalogue.topics.values()} - {None}
    assert named == {name for name, _ in drawable(engine.catalogue)}


@pytest.mark.parametrize(
    ("words", "picture"),
    [
        ("relapse thalidomide", ("relapse", "thalidomide")),
        ("thal relapse", ("relapse", "thalidomide")),
        ("Relapse LEN", ("relapse", "lenalidomide")),
        ("neuropathy", ("neuropathy", "thalidomide")),
        ("comparison", ("comparison", None)),
        ("comparison thal", ("comparison", None)),
        ("how fast does len work", ("times", "lenalidomide")),
    ],
)
def test_words_that_mean_one_picture_get_it(engine: Engine, words: str, picture: tuple[str, str | None]) -> None:
    assert Charts().asked(engine, words).chart == picture


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("relapse", ["Relapse: thalidomide", "Relapse: lenalidomide"]),
        ("len", ["Response: lenalidomide", "Relapse: lenalidomide", "Times: lenalidomide", "Comparison"]),
        ("relapse pomalidomide", ["Relapse: thalidomide", "Relapse: lenalidomide"]),
    ],
)
def test_words_that_leave_something_open_get_buttons_for_it(engine: Engine, words: str, labels: list[str]) -> None:
    page = Charts().asked(engine, words)
    assert page.chart is None
    assert [button.label for row in page.buttons for button in row] == labels


@pytest.mark.parametrize("words", ["", "zebra"])
def test_words_that_mean_nothing_get_buttons_for_everything(engine: Engine, words: str) -> None:
    page = Charts().asked(engine, words)
    assert sum(map(len, page.buttons)) == len(drawable(engine.catalogue))


def test_where_there_is_nothing_to_draw_it_says_so_and_offers_what_there_is(engine: Engine) -> None:
    page = Charts().asked(engine, "neuropathy len")
    assert page.chart is None
    assert "nothing to draw" in page.messages[0]
    assert sum(map(len, page.buttons)) == len(drawable(engine.catalogue))


@pytest.mark.parametrize("data", ["c1|relapse", "c0|relapse|thalidomide", "c1||thalidomide", "c1|relapse|a|b"])
def test_a_button_of_another_version_has_expired(engine: Engine, data: str) -> None:
    assert Charts().tapped(engine, data).messages == (engine.catalogue.messages.expired,)


@pytest.mark.parametrize("data", ["c1|no_such|thalidomide", "c1|relapse|no_such", "c1|relapse|"])
def test_a_button_that_names_what_is_not_there_gets_what_there_is(engine: Engine, data: str) -> None:
    page = Charts().tapped(engine, data)
    assert page.chart is None
    assert page.buttons


def test_all_that_a_picture_shows_is_said_in_words_below_it_or_in_a_message_after_it(engine: Engine) -> None:
    for name, drug in drawable(engine.catalogue):
        plan, page = planned(engine.catalogue, name, drug), Charts().shown(engine, (name, drug))
        below = caption(plan.caption, plan.alt)
        assert plan.caption in below
        assert len(below) <= LONGEST_CAPTION
        assert (plan.alt in below) == (page.messages == ())
        assert all(len(message) <= LIMIT for message in page.messages)


def test_under_an_answer_about_two_drugs_each_picture_names_its_drug(engine: Engine) -> None:
    labels = [
        button.label for button in Charts().under(engine.reply_to("thal and len relapse").reply, engine.catalogue)
    ]
    assert labels == ["Chart, relapse: thalidomide", "Chart, relapse: lenalidomide"]


def test_under_an_answer_that_cannot_be_drawn_there_is_no_such_button(engine: Engine) -> None:
    for question in ("dose of thal", "how often does len cause neuropathy", "zebra"):
        assert not [*Charts().under(engine.reply_to(question).reply, engine.catalogue)]


def test_the_picture_of_all_drugs_is_offered_once(engine: Engine) -> None:
    assert "comparison" in OVERALL
    buttons = [*Charts().under(engine.reply_to("thal versus len").reply, engine.catalogue)]
    assert [button.data for button in buttons] == ["c1|comparison|"]


async def test_the_button_under_an_answer_brings_a_photo_with_its_words(chidi: Person, world: TelegramWorld) -> None:
    await chidi.says("amilol response")
    answer = await chidi.hears()
    assert answer.labels[-4:] == ["Chart", "Studies", "Share", "Feedback"]
    assert await chidi.sees_answer_to(await chidi.presses("Chart", on=answer))
    photo = await chidi.hears()
    assert photo.wire["photo"][-1]["width"] > 500
    assert "Amilol, response: a single study, 73%" in photo.text
    assert "30 of 41" in photo.text


async def test_a_picture_does_not_change_what_is_spoken_of(chidi: Person) -> None:
    await chidi.says("amilol response")
    await chidi.hears()
    await chidi.says("/chart response amilol")
    await chidi.hears()
    await chidi.says("and bemilol?")
    assert "Bemilol · response" in (await chidi.hears()).text


async def test_in_a_topic_of_a_group_the_picture_answers_the_command_there(chidi: Person, world: TelegramWorld) -> None:
    chidi.enters(world.new_group("Ward 5"))
    topic = {"message_thread_id": 77, "is_topic_message": True}
    asked = world.post(chidi.chat, chidi.user, incoming.text("/chart@rounds_test_bot response amilol") | topic)
    world.notify("message", asked.wire)
    assert (await chidi.hears()).wire["reply_to_message"]["message_id"] == asked.message_id
    (call,) = world.calls_of("sendPhoto")
    assert call.values["message_thread_id"] == "77"


async def test_a_chat_that_takes_no_photos_gets_the_words(chidi: Person, world: TelegramWorld) -> None:
    refusal = faults.refused(400, "Bad Request: not enough rights to send photos to the chat")
    world.faults.add("sendPhoto", refusal)
    await chidi.says("/chart response amilol")
    reply = await chidi.hears()
    assert "photo" not in reply.wire
    assert "30 of 41" in reply.text


async def test_however_many_wait_for_a_picture_nobody_waits_for_an_answer(
    chidi: Person, world: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    draw = Gallery.chart

    def slowly(self: Gallery, catalogue: Catalogue, name: str, drug: str | None = None) -> Chart:
        assert released.wait(10)
        return draw(self, catalogue, name, drug)

    monkeypatch.setattr(Gallery, "chart", slowly)
    waiting = [Person(world, f"Waiting {number}") for number in range(40)]
    for person in waiting:
        await person.says("/chart response amilol")
    await chidi.says("amilol dose")
    assert (await chidi.hears()).text.startswith("Amilol · dose")
    released.set()
    assert all(["photo" in (await person.hears()).wire for person in waiting])

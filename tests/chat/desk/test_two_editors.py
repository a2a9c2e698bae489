"""Who may change what: editors alone, in their own chat, and with TWO_PERSON never by themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.store import PROPOSED_FOR, opened
from tests.chat.desk.conftest import SHARE, Desk
from tests.chat.desk.test_changing_figures import FIGURE, chosen, proposed
from tests.emulator import Person, TelegramWorld

COMMANDS = ["/edit amilol dose", "/fix", "/missed", "/history", "/undo"]


async def test_a_second_editor_publishes_and_the_first_is_told(
    desk: Desk, dana: Person, eve: Person, content: Path
) -> None:
    async with desk(two_person=True):
        await proposed(dana)
        explained = await dana.hears()
        await dana.presses("Publish as a correction", on=explained)
        shown = await eve.hears()
        assert f"A change proposed by Dana ({dana.user['id']}):" in shown.text
        assert "→ 72%" in shown.text
        assert "Why: Misread the table." in shown.text
        assert shown.labels == ["Publish", "Discard"]
        assert (await dana.hears()).text == "Another editor must publish this. I have asked: 1."
        await dana.presses("Publish", on=explained)
        assert (await dana.hears()).text == "Another editor must publish this. I have asked: 1."
        assert "72" not in (content / SHARE).read_text()
        await eve.presses("Publish", on=shown)
        assert (await eve.hears()).text.startswith("Published, and live")
        assert (await dana.hears()).text == f"Eve ({eve.user['id']}) has published your change."
        assert "percent: 72" in (content / SHARE).read_text()
        await eve.says("/history")
        told = (await eve.hears()).text
        assert f"Dana ({dana.user['id']}), published by Eve ({eve.user['id']})" in told
        assert "Misread the table. (a correction)" in told


async def test_the_other_editors_are_told_of_an_undo(desk: Desk, dana: Person, eve: Person, content: Path) -> None:
    """It takes one, and nobody who had agreed to what was undone should be the last to know."""
    async with desk(two_person=True):
        await proposed(dana)
        await dana.presses("Publish", on=await dana.hears())
        shown = await eve.hears()
        await dana.hears()
        await eve.presses("Publish", on=shown)
        live = await eve.hears()
        await dana.hears()
        await eve.presses("Undo", on=live)
        await eve.presses("Undo it now", on=await eve.hears())
        assert (await eve.hears()).text.startswith("Published, and live")
        told = f"Eve ({eve.user['id']}) has undone what was published last. /history shows it."
        assert (await dana.hears()).text == told
    assert "72" not in (content / SHARE).read_text()


async def test_what_was_handed_on_outlives_a_restart_and_can_be_discarded_by_the_other(
    desk: Desk, dana: Person, eve: Person, content: Path
) -> None:
    async with desk(two_person=True):
        await proposed(dana)
        await dana.presses("Publish", on=await dana.hears())
        shown = await eve.hears()
        await dana.hears()
    async with desk(two_person=True):
        await eve.presses("Discard", on=shown)
        assert (await eve.hears()).text == "Discarded. Nothing was changed."
        assert (await dana.hears()).text == f"Eve ({eve.user['id']}) has discarded your change."
    assert "72" not in (content / SHARE).read_text()


async def test_of_two_who_decide_at_once_the_first_decides(
    desk: Desk, dana: Person, eve: Person, content: Path
) -> None:
    """Discarded while the press was waiting: nothing is published."""
    async with desk(two_person=True):
        await proposed(dana)
        explained = await dana.hears()
        await dana.presses("Publish", on=explained)
        shown = await eve.hears()
        await dana.hears()
        await dana.presses("Discard", on=explained)
        await dana.hears()
        notice = await eve.sees_answer_to(await eve.presses("Publish", on=shown))
        assert "no longer open" in notice["text"]
    assert "72" not in (content / SHARE).read_text()


async def test_owners_are_not_exempt_and_alone_they_cannot_publish(desk: Desk, dana: Person, content: Path) -> None:
    async with desk(two_person=True, owners={dana.user["id"]}, editors=frozenset()):
        await proposed(dana)
        await dana.presses("Publish", on=await dana.hears())
        assert (await dana.hears()).text.startswith("Another editor must publish this, and there is none.")
    assert "72" not in (content / SHARE).read_text()


async def test_who_is_no_editor_any_more_cannot_publish_what_they_proposed(
    desk: Desk, dana: Person, eve: Person, content: Path
) -> None:
    async with desk():
        await proposed(dana)
        explained = await dana.hears()
    async with desk(editors={eve.user["id"]}):
        notice = await dana.sees_answer_to(await dana.presses("Publish", on=explained))
        assert notice["text"] == "Only editors can do that."
    assert "72" not in (content / SHARE).read_text()


async def test_another_editor_cannot_publish_what_was_not_handed_on(
    desk: Desk, dana: Person, eve: Person, content: Path
) -> None:
    async with desk():
        await proposed(dana)
        explained = await dana.hears()
        (publish, *_) = explained.buttons
        notice = await eve.sees_answer_to(await eve.presses_old(publish.data))
        assert "no longer open" in notice["text"]
    assert "72" not in (content / SHARE).read_text()


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("data", ["d1|forged|pub|", "d1|", "d1||pub|", "d1|x|zebra|", "d1|x|pub", "d1|x|pub||"])
async def test_forged_data_and_that_of_other_versions_is_refused(dana: Person, data: str) -> None:
    assert "no longer open" in (await dana.sees_answer_to(await dana.presses_old(data)))["text"]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("forged", ["n|99", "n|-1", "n|x", "pub|", "undo|now", "way|0", "del|"])
async def test_a_button_that_does_not_belong_to_what_lies_there_does_nothing(
    dana: Person, content: Path, forged: str
) -> None:
    await dana.says("/edit amilol response_rate")
    await dana.hears()
    _, id, *_ = (await dana.hears()).buttons[0].data.split("|")
    await dana.presses_old(f"d1|{id}|{forged}")
    assert (await dana.hears()).text.startswith("That is no longer open.")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("command", COMMANDS)
async def test_to_anybody_else_the_commands_are_none(world: TelegramWorld, command: str) -> None:
    stranger = Person(world, "Sam")
    await stranger.says(command)
    assert (await stranger.hears()).text.startswith("This bot answers questions")


@pytest.mark.usefixtures("bot")
async def test_a_file_from_anybody_else_is_not_read(world: TelegramWorld) -> None:
    stranger = Person(world, "Sam")
    await stranger.sends_document("amilol.dose.yaml", b"answer: none")
    assert (await stranger.hears()).text.startswith("I read text only.")
    assert world.calls_of("getFile") == []


@pytest.mark.usefixtures("bot")
async def test_in_a_group_an_editor_is_like_everybody(dana: Person, world: TelegramWorld) -> None:
    await dana.says("/edit amilol response_rate")
    await dana.hears()
    offered = await dana.hears()
    dana.enters(world.new_group("Ward 7"))
    notice = await dana.sees_answer_to(await dana.presses_old(offered.buttons[0].data))
    assert notice["text"] == "Only editors can do that."


@pytest.mark.usefixtures("bot")
async def test_an_editors_question_is_still_answered_once_nothing_is_asked_of_them(dana: Person) -> None:
    await chosen(dana)
    reviewed = await dana.hears()
    await dana.presses("Discard", on=reviewed)
    await dana.hears()
    await dana.says("amilol response")
    assert "71%" in (await dana.hears()).text


async def test_after_a_week_a_proposal_has_expired(desk: Desk, dana: Person, content: Path) -> None:
    async with desk():
        await proposed(dana)
        explained = await dana.hears()
    await grow_old(f"sqlite+aiosqlite:///{content}/r.db")
    async with desk():
        notice = await dana.sees_answer_to(await dana.presses("Publish", on=explained))
        assert "no longer open" in notice["text"]
    assert "72" not in (content / SHARE).read_text()


async def grow_old(url: str) -> None:
    """Date everything that editors have in hand back by a week."""
    async with opened(url) as store:
        for kept in await store.proposed():
            store.settle(kept.id)
            await store.settled()
            store.propose(replace(kept, made_at=kept.made_at - PROPOSED_FOR))
            await store.settled()


@pytest.mark.usefixtures("bot")
async def test_every_button_of_the_desk_is_short_enough_for_telegram(dana: Person, world: TelegramWorld) -> None:
    """One that is not would silently be missing."""
    await dana.says("/edit amilol response_rate")
    await dana.hears()
    offered = await dana.hears()
    assert FIGURE in offered.labels
    assert max(len(button.data.encode()) for button in offered.buttons) < 32

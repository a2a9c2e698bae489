"""A figure is changed from the chat: chosen, typed, seen with what it does, explained, published, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

from tests.chat.desk.conftest import SHARE, Desk, file_of
from tests.emulator import Person, TelegramWorld

FIGURE = "71%, CI 65 to 77 · patients who responded"


async def chosen(dana: Person, words: str = "72%") -> None:
    """Up to the new value."""
    await dana.says("/edit amilol response_rate")
    await dana.hears()
    await dana.presses(FIGURE, on=await dana.hears())
    await dana.says(words, to=await dana.hears())


async def proposed(dana: Person) -> None:
    """Up to the buttons that publish."""
    await chosen(dana)
    await dana.says("Misread the table.", to=await dana.hears())


@pytest.mark.usefixtures("bot")
async def test_a_figure_is_chosen_typed_explained_published_and_undone(
    dana: Person, content: Path, world: TelegramWorld
) -> None:
    await dana.says("/edit amilol response")
    name, text = file_of(await dana.hears(), world)
    assert (name, text) == ("amilol.response_rate.yaml", (content / SHARE).read_text())
    offered = await dana.hears()
    assert f"This is {SHARE} as it stands." in offered.text
    assert offered.labels == [
        FIGURE,
        "4/9 · patients with cluster headache who responded",
        "30/41, 73% · responded",
        "Discard",
    ]
    await dana.presses(FIGURE, on=offered)
    asked = await dana.hears()
    assert asked.text.splitlines()[:3] == [
        "patients who responded",
        "It is: 71%, CI 65 to 77",
        f"It stands in {SHARE}:8.",
    ]
    await dana.says("72%, CI 65 to 78", to=asked)
    reviewed = await dana.hears()
    assert f"A change proposed by Dana ({dana.user['id']}):" in reviewed.text
    assert "• 71% (95% CI 65 to 77) → 72% (95% CI 65 to 78), response, amilol" in reviewed.text
    assert "was: 71% (95% CI 65 to 77) of patients responded." in reviewed.text
    assert "now: 72% (95% CI 65 to 78) of patients responded." in reviewed.text
    assert "Adversary: " in reviewed.text
    assert reviewed.labels == ["Discard"]
    await dana.says("Misread the table.", to=reviewed)
    explained = await dana.hears()
    assert (explained.text, explained.labels) == (
        "Why: Misread the table.",
        ["Publish", "Publish as a correction", "Discard"],
    )
    assert "72" not in (content / SHARE).read_text()
    await dana.presses("Publish", on=explained)
    live = await dana.hears()
    assert live.text.startswith("Published, and live: version ")
    assert "value: {percent: 72, ci: {low: 65, high: 78}}" in (content / SHARE).read_text()
    await dana.says("amilol response")
    assert "72% (95% CI 65 to 78) of patients responded." in (await dana.hears()).text
    await dana.presses("Undo", on=live)
    undoing = await dana.hears()
    assert "• 72% (95% CI 65 to 78) → 71% (95% CI 65 to 77), response, amilol" in undoing.text
    await dana.presses("Undo it now", on=undoing)
    assert (await dana.hears()).text.startswith("Published, and live: version ")
    await dana.says("/history")
    told = await dana.hears()
    newest, oldest = told.text.split("\n\n")[1:]
    assert f"Dana ({dana.user['id']}): Undo: Misread the table.\n{SHARE}" in newest
    assert f"Dana ({dana.user['id']}): Misread the table.\n{SHARE}" in oldest


@pytest.mark.usefixtures("bot")
async def test_what_does_not_fit_the_figure_is_refused_and_asked_for_again(dana: Person, content: Path) -> None:
    before = (content / SHARE).read_text()
    await chosen(dana, "8 to 10 weeks")
    refused = await dana.hears()
    assert "“8 to 10 weeks” is no part of a share of a whole" in refused.text
    assert "Nothing was changed." in refused.text
    assert "It is: 71%, CI 65 to 77" in refused.text
    await dana.says("72%")
    assert "72%" in (await dana.hears()).text
    assert (content / SHARE).read_text() == before


@pytest.mark.usefixtures("bot")
async def test_a_figure_that_the_rules_refuse_gets_the_text_of_check_and_no_publish(dana: Person) -> None:
    await dana.says("/edit amilol response")
    await dana.hears()
    await dana.presses("30/41, 73% · responded", on=await dana.hears())
    await dana.says("30/41, 50%", to=await dana.hears())
    refused = await dana.hears()
    assert refused.text.startswith("This cannot be published:\nknowledge/studies/trial.yaml:")
    assert refused.labels == []


@pytest.mark.usefixtures("bot")
async def test_a_correction_replies_to_the_answer_that_is_wrong(dana: Person, content: Path) -> None:
    await dana.says("amilol response")
    answer = await dana.hears()
    await dana.says("/fix 72%", to=answer)
    choice = await dana.hears()
    assert choice.text == 'Which figure of "Amilol · response"?'
    await dana.presses(FIGURE, on=choice)
    reviewed = await dana.hears()
    assert "→ 72%, response, amilol" in reviewed.text
    await dana.says("A slip of mine")
    await dana.presses("Publish as a correction", on=await dana.hears())
    correction, published = sorted([(await dana.hears()).text, (await dana.hears()).text])
    assert correction.startswith("Correction: ")
    assert published.startswith("Published, and live")
    assert published.splitlines()[1] == "Chats that were shown the mistake and are told of it: 1."
    assert "percent: 72" in (content / SHARE).read_text()
    await dana.says("/history")
    assert "A slip of mine (a correction)" in (await dana.hears()).text


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/edit", "Which answer?"),
        ("/edit amilol", "Which answer?"),
        ("/edit zebra response_rate", "Which answer?"),
        ("/fix 72%", "Send /fix as a reply"),
        ("/history", "Nothing was published from here yet."),
        ("/undo", "There is nothing to undo"),
        ("/missed", "Missed questions are not kept here"),
    ],
)
async def test_a_command_that_can_do_nothing_says_what_it_needs(dana: Person, said: str, heard: str) -> None:
    await dana.says(said)
    assert (await dana.hears()).text.startswith(heard)


@pytest.mark.usefixtures("bot")
async def test_nothing_comes_of_what_is_discarded(dana: Person, content: Path) -> None:
    before = (content / SHARE).read_text()
    await proposed(dana)
    explained = await dana.hears()
    await dana.presses("Discard", on=explained)
    assert (await dana.hears()).text == "Discarded. Nothing was changed."
    notice = await dana.sees_answer_to(await dana.presses("Publish", on=explained))
    assert "no longer open" in notice["text"]
    assert (content / SHARE).read_text() == before


async def test_a_proposal_outlives_a_restart_between_review_and_publishing(
    desk: Desk, dana: Person, content: Path
) -> None:
    async with desk():
        await chosen(dana)
        reviewed = await dana.hears()
    async with desk():
        await dana.says("Misread the table.", to=reviewed)
        explained = await dana.hears()
    async with desk():
        await dana.presses("Publish", on=explained)
        assert (await dana.hears()).text.startswith("Published, and live")
    assert "percent: 72" in (content / SHARE).read_text()


@pytest.mark.usefixtures("bot")
async def test_what_somebody_else_changed_meanwhile_is_kept_and_the_difference_is_shown_anew(
    dana: Person, content: Path
) -> None:
    """A figure is put into whatever the file says by then; nobody's change is undone by another's."""
    await proposed(dana)
    explained = await dana.hears()
    file = content / SHARE
    file.write_text(file.read_text().replace("{count: 4, of: 9}", "{count: 5, of: 9}"))
    await dana.presses("Publish", on=explained)
    anew = await dana.hears()
    assert anew.text.startswith("The content has changed meanwhile.")
    assert "→ 72%" in anew.text
    assert "Differences: 1\n" in anew.text
    await dana.presses("Publish", on=anew)
    assert (await dana.hears()).text.startswith("Published, and live")
    assert "percent: 72" in file.read_text()
    assert "count: 5" in file.read_text()


@pytest.fixture
def git(content: Path) -> Callable[..., str]:
    """The content under version control."""

    def git(*words: str) -> str:
        who = ("-c", "user.name=Ops", "-c", "user.email=ops@example.org")
        return run(["git", *who, "-C", str(content), *words], check=True, capture_output=True, text=True).stdout

    git("init", "--quiet")
    git("add", "knowledge", "intents", "tests")
    git("commit", "--quiet", "--message", "As it was")
    return git


async def test_where_git_tracks_the_content_an_edition_is_a_commit_of_its_editor(
    git: Callable[..., str], desk: Desk, dana: Person
) -> None:
    async with desk():
        await proposed(dana)
        await dana.presses("Publish", on=await dana.hears())
        live = await dana.hears()
        assert git("log", "-1", "--format=%an: %s").strip() == f"Dana ({dana.user['id']}): Misread the table."
        await dana.presses("Undo", on=live)
        await dana.presses("Undo it now", on=await dana.hears())
        assert (await dana.hears()).text.startswith("Published, and live")
    assert git("diff", "HEAD~2", "--", "knowledge") == ""


@pytest.mark.usefixtures("bot")
async def test_content_that_cannot_be_written_is_a_clear_sentence(dana: Person, content: Path) -> None:
    await proposed(dana)
    explained = await dana.hears()
    (content / "var").write_text("a file where the press wants a folder")
    await dana.presses("Publish", on=explained)
    assert (await dana.hears()).text.startswith("The disk refuses, and nothing was changed: ")
    assert "72" not in (content / SHARE).read_text()

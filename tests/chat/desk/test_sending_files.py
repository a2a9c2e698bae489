"""Content sent as a file: what is taken, where it belongs, and what is said of its errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import Any

import pytest

from bot.answering.engine import Engine
from bot.chat.desk import summary
from bot.content.document import MAX_BYTES
from tests.chat.desk.conftest import SHARE, file_of
from tests.emulator import Person, TelegramWorld

pytestmark = pytest.mark.usefixtures("bot")

TOPIC = Path("tests/small/intents/dose.yaml").read_text()
NEW = (Path("tests/small") / SHARE).read_text().replace("percent: 71", "percent: 70")


async def test_a_file_with_its_reason_is_tried_out_and_published(dana: Person, content: Path) -> None:
    await dana.sends_document("amilol.response_rate.yaml", NEW.encode(), "As the trial prints it")
    reviewed = await dana.hears()
    assert "• 71% (95% CI 65 to 77) → 70% (95% CI 65 to 77), response, amilol" in reviewed.text
    assert "Why: As the trial prints it" in reviewed.text
    await dana.presses("Publish", on=reviewed)
    assert (await dana.hears()).text.startswith("Published, and live")
    assert (content / SHARE).read_text() == NEW


async def test_a_name_that_fits_several_places_is_asked_about(dana: Person) -> None:
    await dana.sends_document("response_rate.yaml", NEW.encode())
    asked = await dana.hears()
    assert asked.text == "Where does response_rate.yaml belong?"
    assert asked.labels == [
        "knowledge/amilol/response_rate.yaml",
        "knowledge/bemilol/response_rate.yaml",
        "intents/response_rate.yaml",
        "Discard",
    ]
    await dana.presses("knowledge/amilol/response_rate.yaml", on=asked)
    assert "→ 70%" in (await dana.hears()).text


async def test_errors_come_with_file_line_and_remedy_as_from_check_and_cannot_be_published(
    dana: Person, content: Path
) -> None:
    broken = NEW.replace("kind: share_of_patients", "kind: share_of_everything").replace("{share} of", "Most, 71% of")
    await dana.sends_document("amilol.response_rate.yaml", broken.encode(), "a try")
    refused = await dana.hears()
    assert refused.text.startswith(f"This cannot be published:\n{SHARE}:")
    assert refused.labels == []
    assert (content / SHARE).read_text() != broken


async def test_more_errors_than_a_message_holds_come_as_a_document(dana: Person, world: TelegramWorld) -> None:
    extra = "".join(f"unknown_field_{number}: {'x' * 90}\n" for number in range(40))
    await dana.sends_document("amilol.response_rate.yaml", (NEW + extra).encode(), "a try")
    name, text = file_of(await dana.hears(), world)
    assert name == "review.txt"
    assert text.count("unknown_field_") >= 40
    assert (await dana.hears()).text.endswith("The document above has all of it.")


async def test_a_file_that_changes_nothing_is_said_to(dana: Person, content: Path) -> None:
    await dana.sends_document("amilol.response_rate.yaml", (content / SHARE).read_bytes(), "again")
    assert (await dana.hears()).text == "That changes nothing. It stands so already."


async def test_a_long_reason_beside_many_changes_still_fits_and_the_whole_review_is_a_document(
    dana: Person, world: TelegramWorld
) -> None:
    more = "".join(f"  - how many milligrams of {{drug}} for patient kind {'abcdefghij'[n]}\n" for n in range(10))
    await dana.sends_document("dose.yaml", (TOPIC + more).encode(), "intents, because " * 50)
    name, text = file_of(await dana.hears(), world)
    assert (name, text.count("milligrams of")) == ("review.txt", 10)
    reviewed = await dana.hears()
    assert reviewed.labels == ["Publish", "Discard"]


async def test_whoever_asks_does_not_wait_while_the_whole_review_is_written(
    dana: Person, world: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That takes seconds where many answers change: it is done in the backroom."""
    monkeypatch.setattr(summary, "page", lambda _: f"written in the {current_thread().name}")
    more = "".join(f"  - how many milligrams of {{drug}} for patient kind {'abcdefghij'[n]}\n" for n in range(10))
    await dana.sends_document("dose.yaml", (TOPIC + more).encode(), "intents, because")
    assert file_of(await dana.hears(), world) == ("review.txt", "written in the backroom")


async def test_whoever_asks_does_not_wait_while_the_engine_finds_what_an_editor_means(
    dana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the answer and its figures nor the place of a file."""
    asked: dict[str, set[Thread]] = {}
    for name in ("named", "reply_to", "reply_to_option"):
        monkeypatch.setattr(Engine, name, noting(getattr(Engine, name), asked.setdefault(name, set())))
    await dana.says("/edit amilol response")
    await dana.hears()
    await dana.hears()
    await dana.sends_document("response_rate.yaml", NEW.encode())
    await dana.hears()
    assert all(asked.values())
    assert main_thread() not in set.union(*asked.values())


def noting(method: Callable[..., Any], threads: set[Thread]) -> Callable[..., Any]:
    """The same, and in which threads it was called."""

    def noted(*given: Any) -> Any:
        threads.add(current_thread())
        return method(*given)

    return noted


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("scan.pdf", b"%PDF-1.7", "I take content as one file whose name ends in .yaml."),
        ("response_rate.yml", b"a: b", "I take content as one file whose name ends in .yaml."),
        ("response_rate.yaml", b"x" * (MAX_BYTES + 1), "That file is too large for content, of which 256 kB"),
        ("amilol.dose.yaml", b"\xff\xfe\x00", "That file is no Unicode text."),
        ("../../etc/passwd.yaml", b"a: b", "No file of the content is called ../../etc/passwd.yaml."),
        ("zebra.dose.yaml", b"a: b", "No file of the content is called zebra.dose.yaml."),
    ],
)
async def test_what_is_no_content_is_refused(dana: Person, name: str, sent: bytes, said: str) -> None:
    await dana.sends_document(name, sent)
    assert (await dana.hears()).text.startswith(said)


async def test_what_is_too_large_or_of_another_kind_is_not_even_fetched(dana: Person, world: TelegramWorld) -> None:
    await dana.sends_document("response_rate.yaml", b"x" * (MAX_BYTES + 1))
    await dana.hears()
    await dana.sends_document("scan.pdf", b"%PDF-1.7")
    await dana.hears()
    assert world.calls_of("getFile") == []


async def test_a_file_that_telegram_no_longer_has_is_asked_for_again(dana: Person, world: TelegramWorld) -> None:
    sent = await dana.sends_document("amilol.dose.yaml", b"a: b")
    world.files._files.pop(sent.wire["document"]["file_id"])
    assert (await dana.hears()).text.startswith("That file could not be fetched")


async def test_a_file_that_is_no_yaml_is_refused_with_the_line(dana: Person) -> None:
    await dana.sends_document("amilol.dose.yaml", b'answer: "never closed\n', "a try")
    refused = await dana.hears()
    assert refused.text.startswith("This cannot be published:\nknowledge/amilol/dose.yaml:")

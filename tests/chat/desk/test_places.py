"""Where a file belongs, by its name and its caption."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.chat.desk.places import file_name, places
from tests.chat.desk.conftest import SHARE

EXISTING = [SHARE, "knowledge/bemilol/response_rate.yaml", "intents/response_rate.yaml", "knowledge/studies/trial.yaml"]
PLACES: list[tuple[str, str, list[str]]] = [
    ("trial.yaml", "", ["knowledge/studies/trial.yaml"]),
    ("trial (2).yaml", "", ["knowledge/studies/trial.yaml"]),
    ("Trial.YAML", "", ["knowledge/studies/trial.yaml"]),
    ("response_rate.yaml", "for amilol", [SHARE]),
    ("response_rate.yaml", "intents: a new phrase", ["intents/response_rate.yaml"]),
    ("response_rate.yaml", "new", EXISTING[:3]),
    ("bemilol.response_rate.yaml", "", [EXISTING[1]]),
    ("bemilol.trial.yaml", "", []),
    ("anything.yaml", "knowledge/studies/other.yaml is new", ["knowledge/studies/other.yaml"]),
    ("anything.yaml", "tests/questions/other.yaml", ["tests/questions/other.yaml"]),
    ("anything.yaml", "bot/settings.yaml", []),
    ("dose.yaml", "", ["knowledge/amilol/dose.yaml", "knowledge/bemilol/dose.yaml", "tests/questions/dose.yaml"]),
    (
        "smith_2026.yaml",
        "",
        ["knowledge/studies/smith_2026.yaml", "knowledge/references/smith_2026.yaml", "intents/smith_2026.yaml"],
    ),
    ("no good name.yaml", "", []),
    ("..yaml", "", []),
]


@pytest.mark.parametrize(("name", "caption", "found"), PLACES, ids=[f"{name} {caption}" for name, caption, _ in PLACES])
def test_a_name_and_a_caption_say_where_a_file_belongs(
    small_engine: Engine, name: str, caption: str, found: list[str]
) -> None:
    assert list(places(name, caption, EXISTING, small_engine)) == found


def test_the_name_under_which_a_file_is_sent_leads_back_to_its_place(engine: Engine) -> None:
    """Whatever the editor writes below it, as long as it names no other place."""
    paths = [path for path in engine.catalogue.lines if path.count("/") > 1]
    assert len(paths) > 80
    assert [path for path in paths if places(file_name(path), "because", paths, engine) != (path,)] == []

"""What has changed is told in the bot's own words, and nothing that has changed is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from bot.cache import Cache
from bot.changing import Difference, Proposal, Snapshot
from bot.changing.differences import differences
from bot.changing.state import State
from bot.content.document import Document, parse
from bot.content.files import Files
from bot.content.layout import kind_of
from bot.content.reading import read
from bot.domain.record import Record
from tests.changing.conftest import DAY, replacing

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "differences.yaml").read_text(encoding="utf-8"))
SMALL = Snapshot.of(HERE.parent / "small")
SHIPPED = Snapshot.of(HERE.parent.parent)
EDITS = 25
"""To each content and seed."""


class Plain(yaml.SafeDumper):
    """Writes a value out each time it occurs, as the content's files must."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def told(found: tuple[Difference, ...]) -> list[str]:
    return [f"{one.sort}: {one.text}" for one in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_change_is_told_in_the_words_of_the_bot(case: dict[str, Any], content: Path, kept: Cache) -> None:
    """Typed, with the figure as it is printed and the topic, drug or study that it belongs to."""
    edit = (case["replace"], case["becomes"]) if "replace" in case else case["becomes"]
    old = Snapshot.of(content)
    new = old.changed_by(replacing(content, {case["file"]: edit}))
    before, after = (State(one, DAY, kept).catalogue for one in (old, new))
    found = told(differences(old, new, before, after))
    if "shown" in case:
        assert found == case["shown"]
    else:
        assert len(found) == len(case["shown_start"])
        assert all(one.startswith(start) for one, start in zip(found, case["shown_start"], strict=True))


def test_a_difference_says_where_it_stands(content: Path, kept: Cache) -> None:
    """File and line in the new text, the keys that lead there, and the finding's id."""
    old = Snapshot.of(content)
    new = old.changed_by(replacing(content, {"knowledge/studies/trial.yaml": ("amount: 50", "amount: 100")}))
    (one,) = differences(old, new, State(old, DAY, kept).catalogue, None)
    assert (str(one.place), one.keys, one.finding) == (
        "knowledge/studies/trial.yaml:17",
        ("findings", "dose", "value"),
        "trial.dose",
    )


@pytest.mark.parametrize("state", [SMALL, SHIPPED], ids=["small", "shipped"])
@pytest.mark.parametrize("seed", range(10))
def test_no_change_of_what_is_read_is_left_out_and_no_other_is_told(state: Snapshot, seed: int) -> None:
    """Whatever part of whatever file is changed, taken out, doubled or put elsewhere, and however it is laid out."""
    chance = Random(seed)
    for path in chance.choices(sorted(state.files.texts), k=EDITS):
        old = Snapshot.holding({path: state.files.texts[path]})
        data, width = edited(plain(old, path), chance), chance.randint(20, 200)
        text = yaml.dump(data, Dumper=Plain, sort_keys=False, allow_unicode=True, width=width)
        new = old.changed_by(Proposal({path: f"# A remark.\n{text}"}, "because"))
        found = differences(old, new)
        assert bool(found) == (meaning(old, path) != meaning(new, path)), f"{path}: {told(found)}\n{text}"
        assert all(one.text and one.place.path == path for one in found)


def meaning(state: Snapshot, path: str) -> object:
    """What is read from a file, with the order of everything in it; its plain data where it is no record."""
    entries = read(Files({path: state.files.texts[path]})).entries
    assert kind_of(path)
    if path in entries:
        return in_order(entries[path].record)
    return plain(state, path)


def plain(state: Snapshot, path: str) -> object:
    """The data of a file, every scalar a string; its text where it is refused."""
    document = parse(path, state.files.texts[path])
    return document.data if isinstance(document, Document) else state.files.texts[path]


def in_order(value: object) -> object:
    if isinstance(value, Record):
        return [type(value), *(in_order(getattr(value, name)) for name in type(value).model_fields)]
    if isinstance(value, Mapping):
        return [(key, in_order(part)) for key, part in value.items()]
    return [in_order(part) for part in value] if isinstance(value, tuple) else value


def edited(value: Any, chance: Random) -> Any:
    """The same with one part changed, somewhere."""
    if isinstance(value, dict) and value:
        return chance.choice(MAPPINGS)(value, chance.choice(list(value)), chance)
    if isinstance(value, list) and value:
        return chance.choice(LISTS)(value, chance.randrange(len(value)), chance)
    return chance.choice((f"{value} ", f"{value}x", f"{value}.0", f"{value}0", "1", "yes", "abstract", value))


def without(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: part for name, part in value.items() if name != key}


MAPPINGS: list[Callable[[dict[str, Any], str, Random], Any]] = [
    *[lambda value, key, chance: {**value, key: edited(value[key], chance)}] * 3,
    lambda value, key, _: without(value, key),
    lambda value, key, _: {**without(value, key), key: value[key]},
    lambda value, key, _: {**value, f"{key}_2": value[key]},
]
LISTS: list[Callable[[list[Any], int, Random], Any]] = [
    *[lambda value, at, chance: [*value[:at], edited(value[at], chance), *value[at + 1 :]]] * 2,
    lambda value, at, _: value[:at] + value[at + 1 :],
    lambda value, at, _: [*value[: at + 1], *value[at:]],
    lambda value, at, _: [*value[:at], *value[at + 1 :], value[at]],
]


def test_a_long_sentence_that_was_cut_into_two_is_shown_as_gone_and_come(content: Path, kept: Cache) -> None:
    """Nothing is paired that does not belong together."""
    old = Snapshot.of(content)
    edit = ('  - "In one series: {trial.response}."\n', '  - "One."\n  - "Two."\n')
    new = old.changed_by(replacing(content, {"knowledge/amilol/response_rate.yaml": edit}))
    assert [(one.before is None, one.after is None) for one in differences(old, new)] == [
        (False, True),
        (True, False),
        (True, False),
    ]

"""A bounded run of near misses: three things never happen, and a mistyped question mostly finds its topic."""

from __future__ import annotations

import re
from random import Random

import pytest

from bot.adversary.campaign import Campaign
from bot.adversary.judging import INTOLERABLE, Verdict
from bot.adversary.names import Names
from bot.adversary.near_misses import KINDS
from bot.adversary.slips import SLIPS, slipped
from bot.adversary.world import World
from bot.answering.engine import Engine

SEED, PHRASES, PROBES = 1, 6, 300
ORDINARY = {"plain question": 0.97, "word order": 0.9, "keyboard slips": 0.35, "doubled letters": 0.5}
"""The least share of ordinary near misses that reach their topic at once."""


@pytest.fixture(scope="module")
def campaign(engine: Engine) -> Campaign:
    """One run for all the tests here, the same every time."""
    return Campaign.run(engine, seed=SEED, phrases=PHRASES, probes=PROBES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_near_miss_never_states_what_it_may_not(campaign: Campaign, kind: str) -> None:
    """No figure of another drug, none for whom or what the content has none, none far off under the opposite."""
    failures = [str(failure) for failure in campaign.failures if failure.kind == kind]
    assert len(failures) == 0, "\n".join(sorted(failures, key=len)[:10])


@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_slip_mostly_finds_its_topic(campaign: Campaign, kind: str) -> None:
    """Nearly all the rest is one tap away; next to nothing is answered with another topic."""
    counts = campaign.verdicts[kind]
    assert counts[Verdict.RIGHT] / counts.total() >= ORDINARY[kind]
    assert (counts[Verdict.RIGHT] + counts[Verdict.ONE_TAP]) / counts.total() >= 0.95
    assert counts[Verdict.DRIFTED] / counts.total() <= 0.03


def test_no_answer_says_yes_or_no(engine: Engine) -> None:
    """It says what a figure counts: a question turned into its opposite cannot turn the answer."""
    leads = [answer.answer for answer in engine.catalogue.answers.values()]
    leads += [special.answer for answer in engine.catalogue.answers.values() for special in answer.populations.values()]
    assert not [lead for lead in leads if re.match(r"(yes|no)\b[,.:;]", lead, re.IGNORECASE)]


def test_the_same_seed_makes_the_same_run(engine: Engine) -> None:
    """So that a failure can be seen again; another seed asks other things."""
    worlds = [World.of(engine.catalogue, PHRASES, Random(seed)) for seed in (3, 3, 4)]
    probes = [[make(world, Random(kind)) for kind, make in KINDS.items()] for world in worlds]
    assert probes[0] == probes[1] != probes[2]


def test_a_run_shows_every_kind_and_counts_what_is_never_tolerated(campaign: Campaign) -> None:
    """A table with a row for each kind, the matrix, and the failures."""
    shown = campaign.text()
    assert all(f"\n{kind}" in shown for kind in KINDS)
    assert f"{len(campaign.failures)} of {campaign.total} never to be tolerated" in shown


@pytest.mark.parametrize(
    ("typed", "drugs"),
    [
        ("thalidomide", {"thalidomide"}),
        ("thalidomyde", {"thalidomide"}),
        ("lenalidomide", {"lenalidomide"}),
        ("len", {"lenalidomide"}),
        ("pomalidomide", set()),
        ("palidomide", set()),
        ("nalidomide", set()),
        ("methotrexate", set()),
    ],
)
def test_a_name_is_one_drugs_only_where_that_is_clearly_nearest(engine: Engine, typed: str, drugs: set[str]) -> None:
    """The yardstick of the adversary, by hand."""
    assert Names.of(engine.catalogue).readable_as(typed) == drugs


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_changes_a_word_by_one_letter(slip: object) -> None:
    """Or, now and then, by none: two equal letters changed about."""
    rng = Random(2)
    typed = {slip("dose", at, rng) for at in range(4)}  # type: ignore[operator]
    assert typed
    assert all(abs(len(word) - 4) <= 1 for word in typed)
    assert slipped("dose", 1, rng) != "dose"


def test_intolerable_verdicts_are_the_last_ones() -> None:
    """The order of the table is from best to worst."""
    assert tuple(Verdict)[-len(INTOLERABLE) :] == INTOLERABLE

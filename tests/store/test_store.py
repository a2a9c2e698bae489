"""What is kept until it is done, and what is forgotten."""

from __future__ import annotations

from bot.domain.context import Context
from bot.domain.reply import Option
from bot.store.store import (
    PROPOSED_FOR,
    REMEMBERED,
    Invitation,
    Lasting,
    Letter,
    Missed,
    Opinion,
    Proposed,
    Store,
    Waiting,
    opened,
)
from tests.chat.fakes import Clock

DOSE = Context(("dose",), ("thalidomide",), "discoid", (Option("In discoid", "dose", "thalidomide"),), failures=1)
MINUTE = Lasting(threads=60, missed=60, shown=60, feedback=60)


async def test_an_update_waits_until_it_is_answered(store: Store) -> None:
    store.take_in(8, "{8}")
    store.take_in(7, "{7}")
    await store.settled()
    assert await store.waiting() == [Waiting(7, "{7}", 0), Waiting(8, "{8}", 0)]
    store.answered(7)
    await store.settled()
    assert await store.waiting() == [Waiting(8, "{8}", 0)]
    assert await store.answered_numbers(most=10) == [7]


async def test_an_answer_waits_until_all_of_it_is_sent(store: Store) -> None:
    store.take_in(7, "{}")
    store.answered(7, ["first", "second"])
    await store.settled()
    assert await store.letters() == [Letter(7, 0, "first"), Letter(7, 1, "second")]
    store.sent(7, 0)
    await store.settled()
    assert await store.letters() == [Letter(7, 1, "second")]


async def test_an_answered_update_that_comes_again_stays_answered(store: Store) -> None:
    store.take_in(7, "{}")
    store.answered(7)
    store.take_in(7, "{}")
    await store.settled()
    assert await store.waiting() == []


async def test_attempts_are_counted(store: Store) -> None:
    store.take_in(7, "{}")
    store.begin(7)
    store.begin(7)
    await store.settled()
    assert await store.waiting() == [Waiting(7, "{}", 2)]


async def test_the_newest_numbers_are_told_oldest_first(store: Store, clock: Clock) -> None:
    for number in (9, 7, 8):  # numbers begin anew after a quiet week
        clock.now += 1
        store.take_in(number, "{}")
        store.answered(number)
    await store.settled()
    assert await store.answered_numbers(most=2) == [7, 8]


async def test_numbers_are_forgotten_after_two_days_and_what_waits_is_not(store: Store, clock: Clock) -> None:
    store.take_in(7, "{}")
    store.take_in(8, "{}")
    store.answered(7)
    clock.now += REMEMBERED + 1
    store.forget(MINUTE)
    await store.settled()
    assert await store.answered_numbers(most=10) == []
    assert [waiting.number for waiting in await store.waiting()] == [8]


async def test_a_thread_is_kept_whole_and_forgotten_when_it_has_rested(store: Store, clock: Clock) -> None:
    store.remember(1, -5, Context())
    store.remember(1, -5, DOSE)
    clock.now += 59
    store.forget(MINUTE)
    await store.settled()
    (thread,) = await store.threads()
    assert (thread.user, thread.chat, thread.context, thread.age) == (1, -5, DOSE, 59)
    clock.now += 2
    store.forget(MINUTE)
    await store.settled()
    assert await store.threads() == []


async def test_a_clock_that_was_set_back_makes_no_thread_younger_than_new(store: Store, clock: Clock) -> None:
    store.remember(1, 1, DOSE)
    clock.now -= 3600
    await store.settled()
    assert [thread.age for thread in await store.threads()] == [0]


async def test_everything_outlives_the_program(url: str) -> None:
    async with opened(url) as store:
        store.take_in(7, "{}")
        store.answered(7, ["call"])
        store.take_in(8, "{}")
        store.remember(1, 1, DOSE)
    async with opened(url) as store:
        assert [waiting.number for waiting in await store.waiting()] == [8]
        assert [letter.number for letter in await store.letters()] == [7]
        assert [thread.context for thread in await store.threads()] == [DOSE]


async def test_missed_questions_expire_and_so_do_invitations(store: Store, clock: Clock) -> None:
    store.miss(7, Missed("who", "not understood", "zebra"))
    store.invite(Invitation("digest", 1, clock.now + 10))
    store.forget(MINUTE)
    await store.settled()
    assert (len(await store.missed()), len(await store.invitations())) == (1, 1)
    clock.now += 61
    store.forget(MINUTE)
    await store.settled()
    assert (await store.missed(), await store.invitations()) == ({}, [])


async def test_feedback_expires_like_the_rest(store: Store, clock: Clock) -> None:
    store.judge(7, Opinion("figure", "amilol/dose", "1"))
    clock.now += 59
    store.judge(8, Opinion("useful", "amilol/dose", "1"))
    store.forget(MINUTE)
    await store.settled()
    assert (len(await store.opinions()), list(await store.doubts())) == (2, [7])
    clock.now += 2
    store.forget(MINUTE)
    await store.settled()
    assert await store.opinions() == [Opinion("useful", "amilol/dose", "1")]


async def test_a_doubt_is_open_until_somebody_has_looked_into_it(store: Store) -> None:
    store.judge(7, Opinion("figure", "amilol/dose", "1"))
    store.judge(8, Opinion("figure", "bemilol/dose", "1"))
    store.look_into(7)
    await store.settled()
    assert await store.doubts() == {8: Opinion("figure", "bemilol/dose", "1")}
    assert len(await store.opinions()) == 2


async def test_what_an_editor_has_in_hand_is_kept_for_a_week_and_outlives_the_program(url: str, clock: Clock) -> None:
    async with opened(url, clock) as store:
        store.propose(Proposed("a", 1, "first", clock.now))
        store.propose(Proposed("a", 1, "second", clock.now + 5))
        store.propose(Proposed("b", 2, "other", clock.now))
        store.settle("b")
    async with opened(url, clock) as store:
        assert await store.proposed() == [Proposed("a", 1, "second", clock.now)]
        clock.now += PROPOSED_FOR + 1
        store.forget(MINUTE)
        await store.settled()
        assert await store.proposed() == []


async def test_missed_questions_are_known_by_number_so_that_those_which_were_learnt_are_forgotten(store: Store) -> None:
    for number in (7, 8, 9):
        store.miss(number, Missed("who", "not understood", f"question {number}"))
    store.learnt([7, 9])
    await store.settled()
    assert {number: one.question for number, one in (await store.missed()).items()} == {8: "question 8"}


def test_what_is_in_hand_is_in_no_representation() -> None:
    """It may hold what people asked: so that it gets into no log by way of an exception."""
    assert "zebra" not in repr(Proposed("a", 1, "zebra", 0.0))

"""What is remembered of a conversation, and for how long."""

from __future__ import annotations

from bot.chat.memory import Memory, Wordings
from bot.domain.context import Context
from tests.chat.fakes import Clock

AMIRA, BAO = (1, 1), (2, 2)
DOSE = Context(topics=("dose",))


def test_a_thread_is_remembered_for_its_time_and_not_a_moment_longer() -> None:
    clock = Clock()
    memory = Memory(clock, lasting=60)
    memory.keep(AMIRA, DOSE)
    clock.now = 59.9
    assert memory.recall(AMIRA) == DOSE
    clock.now = 60
    assert memory.recall(AMIRA) == Context()


def test_each_person_has_a_thread_of_their_own_in_each_chat() -> None:
    memory = Memory(Clock(), lasting=60)
    memory.keep((1, -5), DOSE)
    assert memory.recall((2, -5)) == memory.recall((1, 1)) == Context()


def test_what_has_expired_takes_no_room() -> None:
    clock = Clock()
    memory = Memory(clock, lasting=60)
    for user in range(100):
        memory.keep((user, user), DOSE)
    clock.now = 61
    memory.keep(BAO, DOSE)
    assert list(memory._threads) == [BAO]


def test_the_thread_that_rested_longest_goes_first() -> None:
    memory = Memory(Clock(), lasting=60, most=2)
    for who in (AMIRA, BAO, AMIRA, (3, 3)):
        memory.keep(who, DOSE)
    assert (memory.recall(AMIRA), memory.recall(BAO)) == (DOSE, Context())


def test_a_message_is_new_once_in_each_wording() -> None:
    wordings = Wordings()
    assert [wordings.is_new(1, 1, words) for words in ("a", "a", "b", "b", "a")] == [True, False, True, False, True]
    assert wordings.is_new(1, 2, "a")
    assert wordings.is_new(2, 1, "a")


def test_wordings_are_kept_of_the_latest_messages_only() -> None:
    wordings = Wordings(most=2)
    for message in (1, 2, 3):
        wordings.is_new(1, message, "a")
    assert len(wordings._hashes) == 2
    assert wordings.is_new(1, 1, "a")

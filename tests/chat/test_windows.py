"""Moving windows: who may still ask, and that nobody is kept who is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from bot.chat.windows import Windows

TWO = RateLimitItemPerMinute(2)


class Clock:
    """Stands still until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def windows(clock: Clock) -> Windows:
    return Windows(clock)


@pytest.fixture
def limiter(windows: Windows) -> Iterator[MovingWindowRateLimiter]:
    yield MovingWindowRateLimiter(windows)


def test_a_hit_counts_for_as_long_as_the_window_lasts(limiter: MovingWindowRateLimiter, clock: Clock) -> None:
    """It moves: the third is let in a minute after the first, and not with the next full minute."""
    assert [limiter.hit(TWO, "amira") for _ in range(3)] == [True, True, False]
    clock.now += 59
    assert not limiter.hit(TWO, "amira")
    clock.now += 1
    assert [limiter.hit(TWO, "amira") for _ in range(3)] == [True, True, False]


def test_a_refused_hit_does_not_count(limiter: MovingWindowRateLimiter, clock: Clock) -> None:
    """Who keeps asking is let in as soon as who waits."""
    limiter.hit(TWO, "amira")
    clock.now += 30
    limiter.hit(TWO, "amira")
    assert not any(limiter.hit(TWO, "amira") for _ in range(50))
    clock.now += 30
    assert limiter.hit(TWO, "amira")


def test_each_has_a_window_of_their_own(limiter: MovingWindowRateLimiter) -> None:
    assert [limiter.hit(TWO, name) for name in ("amira", "amira", "bao", "amira")] == [True, True, True, False]


def test_it_tells_how_much_is_left(limiter: MovingWindowRateLimiter, clock: Clock) -> None:
    limiter.hit(TWO, "amira")
    clock.now += 10
    assert limiter.test(TWO, "amira")
    assert limiter.get_window_stats(TWO, "amira") == (1060.0, 1)
    assert limiter.get_window_stats(TWO, "bao") == (1070.0, 2)


def test_nobody_is_kept_for_long_after_their_last_hit(
    limiter: MovingWindowRateLimiter, windows: Windows, clock: Clock
) -> None:
    """Of ten thousand people, one after another, those of about the last minute are kept."""
    for number in range(10_000):
        clock.now += 1
        limiter.hit(TWO, str(number))
    assert len(windows) < 3 * 60


def test_short_windows_close_behind_long_ones(limiter: MovingWindowRateLimiter, windows: Windows, clock: Clock) -> None:
    """Strangers who were told off for an hour keep nobody else's minute open."""
    hour = RateLimitItemPerHour(1)
    assert all(limiter.hit(hour, "told", str(number)) for number in range(20))
    for number in range(3000):
        clock.now += 1
        limiter.hit(TWO, str(number))
    assert len(windows) < 20 + 3 * 60
    assert not any(limiter.hit(hour, "told", str(number)) for number in range(20))


def test_no_thread_is_started_by_a_hit(limiter: MovingWindowRateLimiter) -> None:
    before = threading.active_count()
    for number in range(200):
        limiter.hit(TWO, str(number))
    assert threading.active_count() <= before

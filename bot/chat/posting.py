"""Whether Telegram can post its updates, as far as Telegram says."""

from __future__ import annotations

from datetime import datetime

from telegram import WebhookInfo

LONGEST_WHY = 200


class Posting:
    """What Telegram says of the updates that it posts. While it posts none, there is nothing to say."""

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._looked = False
        self.failing = False
        """Whether it could not post of late: something failed since the look before, or still waits because of that."""
        self.pending = 0
        """How many updates wait there."""
        self.why = ""
        """Telegram's own words about the last failure."""

    def seen(self, info: WebhookInfo) -> bool:
        """Take in what Telegram says now; whether a failure is news.

        No clock is asked: Telegram's need not agree with ours. What failed before the first look counts while updates
        wait.
        """
        failed = info.last_error_date is not None
        news = failed and info.last_error_date != self._last
        waits = failed and info.pending_update_count > 0 and (self.failing or not self._looked)
        self.failing = (news and self._looked) or waits
        self.pending, self.why = info.pending_update_count, (info.last_error_message or "")[:LONGEST_WHY]
        self._last, self._looked = info.last_error_date, True
        return self.failing and news

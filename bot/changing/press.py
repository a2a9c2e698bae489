"""Publishes changes of the content: all of a change or nothing, checked, recorded, and one at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from bot.cache import Cache
from bot.calendar import current_day
from bot.changing import disk
from bot.changing.edition import Edition, HistoryError, Replaced
from bot.changing.ledger import Ledger
from bot.changing.proposal import QUESTIONS, Proposal
from bot.changing.review import Review, review
from bot.changing.snapshot import Snapshot
from bot.changing.step import Step, Watch, unwatched
from bot.content.journal import DONE, JOURNAL, Journal, JournalError, unfinished
from bot.content.layout import FOLDERS

LOCK = "var/publishing.lock"
LATER = "The next start or publication finishes it."


class PressError(Exception):
    """Nothing was published, or not all of it recorded. Says why in a sentence for editors."""


class OutdatedError(PressError):
    """The content has changed since the proposal was reviewed."""


class BusyError(PressError):
    """Another publication is under way."""


class RefusedError(PressError):
    """The proposal may not go live. Carries the review that says why."""

    def __init__(self, found: Review) -> None:
        super().__init__("This may not go live: see its problems, its test questions and the adversary's verdict.")
        self.review = found


class Press:
    """Publishes into one folder of content. `at_step` is told after each step."""

    def __init__(
        self,
        root: Path,
        *,
        today: Callable[[], date] = current_day,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        cache: Cache | None = None,
        at_step: Watch = unwatched,
    ) -> None:
        self._root = root
        self._ledger = Ledger(root, at_step)
        self._today = today
        self._clock = clock
        self._cache = cache
        self._at_step = at_step

    def live(self) -> Snapshot:
        """The state that was published last; what lies in the folder where nothing was published yet."""
        texts = self._ledger.newest()
        return Snapshot.of(self._root) if texts is None else Snapshot.holding(texts)

    def present(self) -> Snapshot:
        """What lies in the folder now, published or not."""
        return Snapshot.of(self._root)

    def history(self, most: int) -> tuple[Edition, ...]:
        """The newest editions first."""
        return self._ledger.editions(most)

    def replaced(self, edition: Edition) -> Replaced:
        """The texts that an edition replaced, and those in their place. Raises HistoryError."""
        return self._ledger.replaced(edition)

    def publish(self, proposal: Proposal, by: str, over: str) -> Edition:
        """Put a proposal live that was reviewed over the snapshot with this digest.

        Raises OutdatedError where the content has changed since, RefusedError where the proposal may not go live, and
        PressError where the disk refuses or somebody else is publishing.
        """
        with self._alone():
            now = self._expected(over)
            found = review(now, now.changed_by(proposal), self._today(), self._cache)
            if not found.may_go_live:
                raise RefusedError(found)
            return self._publish(proposal, by, now)

    def undo(self, by: str, shown: str | None = None) -> Edition:
        """Put back what the newest edition replaced, as an edition of its own: undone once more, it comes back.

        It was live before, so no question has to fare as well as now; errors keep it out all the same. To take back a
        correction is one, too: who was told of it must be told again. `shown` is the id of the edition that somebody
        has looked at and means. Raises PressError where another is the newest by now, where there is nothing to
        undo, or its files have changed since.
        """
        with self._alone():
            proposal, now = self.reversal(shown), Snapshot.of(self._root)
            found = review(now, now.changed_by(proposal), self._today(), self._cache)
            if found.errors:
                raise RefusedError(found)
            return self._publish(proposal, by, now)

    def reversal(self, shown: str | None = None) -> Proposal:
        """What undoing the newest edition would change. Raises PressError as `undo` does, and changes nothing."""
        newest, now = next(iter(self.history(1)), None), Snapshot.of(self._root)
        if newest is None:
            raise PressError("There is nothing to undo: no edition was published yet.")
        if shown not in (None, newest.id):
            raise PressError("Something newer was published since this was shown: look at the history again.")
        replaced = self._ledger.replaced(newest)
        if changed := [path for path, text in replaced.after.items() if now.texts.get(path) != text]:
            raise PressError(f"This cannot be undone: {', '.join(changed)} has changed since.")
        return Proposal(replaced.before, f"Undo: {newest.why}", newest.correction)

    def recover(self) -> Edition | None:
        """Finish the publication that a crash interrupted, if there was one, and clear away what never began."""
        if not (self._root / JOURNAL).exists() and not any(self._staged()):
            return None
        with self._alone():
            return self._recover()

    def _expected(self, over: str) -> Snapshot:
        now = Snapshot.of(self._root)
        if now.digest != over:
            raise OutdatedError("The content has changed since this was reviewed: look at the difference again.")
        return now

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock, and finish what was interrupted."""
        try:
            self._make_room()
            with (self._root / LOCK).open("a") as lock:
                _take(lock)
                self._recover()
                self._at_step(Step.LOCKED)
                yield
        except OSError as error:
            raise PressError(f"The disk refuses, and nothing was changed: {error.strerror}.") from error

    def _make_room(self) -> None:
        """The folder for what belongs to the press alone, and to no repository."""
        folder = (self._root / LOCK).parent
        if not folder.exists():
            folder.mkdir()
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")

    def _publish(self, proposal: Proposal, by: str, now: Snapshot) -> Edition:
        if now.changed_by(proposal).digest == now.digest:
            raise PressError("This changes nothing.")
        self._at_step(Step.CHECKED)
        before = {path: now.texts.get(path) for path in proposal.edits}
        at = self._clock().isoformat(timespec="seconds")
        journal = Journal(by, at, proposal.why, proposal.correction, before, dict(proposal.edits))
        try:
            self._stage(journal)
            disk.staged(self._root / JOURNAL).replace(self._root / JOURNAL)
        except OSError:
            self._clear()
            raise
        self._at_step(Step.COMMITTED)
        return self._finish(journal)

    def _stage(self, journal: Journal) -> None:
        """Everything that takes room on the disk, before anything is changed."""
        for path, text in journal.after.items():
            if text is not None:
                disk.stage(self._target(path), text)
                self._at_step(Step.STAGED)
        disk.stage(self._root / JOURNAL, journal.dump())
        self._at_step(Step.WRITTEN)

    def _finish(self, journal: Journal) -> Edition:
        """Bring every file to its place, whether or not it is there already; then the history; then it is done.

        From here on nothing can be taken back: whatever fails, the change is live.
        """
        try:
            disk.sync((self._root / JOURNAL).parent)
            for path, text in journal.after.items():
                if text is None:
                    disk.remove(self._root / path)
                else:
                    disk.put(self._target(path), text)
                self._at_step(Step.MOVED)
            edition = self._ledger.record(journal)
            self._at_step(Step.RECORDED)
            (self._root / JOURNAL).replace(self._root / DONE)
            disk.sync((self._root / JOURNAL).parent)
        except (HistoryError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise PressError(f"This is live, but not all of it is on the disk yet: {why}. {LATER}") from error
        self._at_step(Step.DONE)
        return edition

    def _target(self, path: str) -> Path:
        """The file itself, where a link leads to it. Raises PressError for one outside the content."""
        file, home = (self._root / path).resolve(), self._root.resolve()
        if not file.is_relative_to(home):
            raise PressError(f"{path} is a link that leads out of the folder.")
        return file

    def _recover(self) -> Edition | None:
        try:
            journal = unfinished(self._root)
        except JournalError as error:
            raise PressError(f"A publication was interrupted, and {JOURNAL} is damaged: {error}.") from None
        edition = self._finish(journal) if journal else None
        self._clear()
        return edition

    def _staged(self) -> Iterator[Path]:
        for folder in (*FOLDERS, str(QUESTIONS), "var"):
            yield from (self._root / folder).glob(f"**/.*{disk.STAGED}")

    def _clear(self) -> None:
        for left in self._staged():
            left.unlink(missing_ok=True)


def _take(lock: IO[str]) -> None:
    """Hold a lock until its file is closed. Raises BusyError where somebody else holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BusyError("Somebody else is publishing at this moment: try again in a few seconds.") from None

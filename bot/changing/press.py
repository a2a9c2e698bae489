"""Publishes changes of the content: all of a change or nothing, checked, recorded, and one at a time."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from bot.cache import Cache
from bot.calendar import current_day
from bot.changing import disk
from bot.changing.edition import Edition, HistoryError, Replaced
from bot.changing.ledger import Ledger
from bot.changing.outcomes import Fate
from bot.changing.proposal import QUESTIONS, Proposal
from bot.changing.review import Review, review
from bot.changing.snapshot import Snapshot
from bot.changing.state import Questions
from bot.changing.step import Step, Watch, unwatched
from bot.content.journal import ASIDE, DONE, JOURNAL, Journal, JournalError, latest, unfinished
from bot.content.layout import FOLDERS
from bot.domain.case import Case

log = logging.getLogger(__name__)
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

        What this very press published last replaced what was live here, so that may come back, though the questions
        that the edition brought would fail; errors and any other question that becomes worse keep it out. Anything
        else, such as a commit that was made by hand or pulled, was never live as such: undoing it is a change like
        any other. To take back a correction is one, too: who was told of it must be told again. `shown` is the id of
        the edition that somebody has looked at and means. Raises RefusedError as `publish` does, and PressError where
        another is the newest by now, where there is nothing to undo, or its files have changed since.
        """
        with self._alone():
            proposal, now = self.reversal(shown), Snapshot.of(self._root)
            found = review(now, now.changed_by(proposal), self._today(), self._cache)
            if not (found.may_go_live or self._may_return(found)):
                raise RefusedError(found)
            return self._publish(proposal, by, now)

    def _may_return(self, found: Review) -> bool:
        """Whether what the newest edition replaced was live here, and is worse only by the edition's own questions."""
        newest, last = self.history(1)[0], latest(self._root)
        if found.errors or last is None or last.token != newest.token:
            return False
        brought = self._questions_of(newest)
        return all(one.fate is Fate.DISARMED and one.text in brought for one in found.worse)

    def _questions_of(self, edition: Edition) -> set[str]:
        """What is asked in the edition's files and was not before."""
        replaced = self._ledger.replaced(edition)
        sides = ({path: text for path, text in side.items() if text} for side in (replaced.before, replaced.after))
        before, after = (Questions.of(Snapshot.holding(texts)).cases for texts in sides)
        return _texts(after) - _texts(before)

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
                self._set_aside(path, (journal.before.get(path), text))
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

    def _set_aside(self, path: str, known: Collection[str | None]) -> None:
        """Keep a copy of a file that holds none of the known texts: somebody saved it by hand meanwhile."""
        file = self._target(path)
        if not file.is_file() or disk.text(file) in known:
            return
        name = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        kept = self._root / ASIDE / name / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, kept)
        log.warning("%s was saved by hand while a publication was under way: kept as %s", path, kept)

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


def _texts(cases: Iterable[Case]) -> set[str]:
    return {question.text for case in cases for question in case.turns}


def _take(lock: IO[str]) -> None:
    """Hold a lock until its file is closed. Raises BusyError where somebody else holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise BusyError("Somebody else is publishing at this moment: try again in a few seconds.") from None

"""The engine that answers now, and its replacement when an editor changes a file."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Protocol

from watchfiles import Change, awatch, watch

from bot.calendar import current_day
from bot.content.files import gather
from bot.content.layout import ENDING, FOLDERS, QUESTIONS
from bot.domain.catalogue import Catalogue
from bot.domain.context import Context, Turn
from bot.domain.interpretation import Named
from bot.domain.place import ContentError
from bot.domain.reply import Library, Option
from bot.errors import summary
from bot.matching.clusters import Cluster, Wording

log = logging.getLogger(__name__)
TICK = 60_000
"""Milliseconds between looks at the calendar."""
SOON = 200
"""Milliseconds until a watch is known to have begun."""
LAST_LOOK = 1.0
"""Seconds that a thread which watches has to come to its end."""


class Answers(Protocol):
    """What conversations ask of an engine. It never changes, so whoever holds one may finish with it."""

    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def library(self) -> Library: ...
    def reply_to(self, question: str, context: Context = ...) -> Turn: ...
    def reply_to_option(self, option: Option, context: Context = ...) -> Turn: ...
    def named(self, words: str) -> Named: ...
    def wording(self, question: str) -> Wording: ...
    def clusters(self, questions: Mapping[int, str]) -> tuple[Cluster, ...]: ...
    def examples(self) -> tuple[Option, ...]: ...
    def topic_options(self) -> tuple[tuple[str, tuple[Option, ...]], ...]: ...


Judge = Callable[[Answers, Answers], tuple[str, ...]]
"""Why an engine (the second) may not take the place of another; nothing where it may."""


def unjudged(_old: Answers, _new: Answers) -> tuple[str, ...]:
    """Whatever was built may answer."""
    return ()


class LiveEngine:
    """Holds the current engine. Content with errors, or that is judged to be worse, never replaces a good one."""

    def __init__(  # noqa: PLR0913, PLR0917 - each stands for something outside that a test replaces
        self,
        content: Path,
        engine: Answers,
        build: Callable[[Path], Answers],
        today: Callable[[], date] = current_day,
        clock: Callable[[], float] = time.time,
        judge: Judge = unjudged,
    ) -> None:
        """Begin with an engine over this content; `build` makes its successors, or raises ContentError.

        `judge` says why a successor may not take the place of the engine that answers.
        """
        self._listeners: list[Callable[[], None]] = []
        self._clock = clock
        self._loaded = clock()
        self._problems: tuple[str, ...] = ()
        self._renewed = asyncio.Event()
        self._renewing = asyncio.Lock()
        self._content = content
        self._engine = engine
        self._build = build
        self._judge = judge
        self._today = today
        self._day = today()

    @property
    def content(self) -> Path:
        """The folder that it is read from."""
        return self._content

    @property
    def engine(self) -> Answers:
        """The current one: take it once for each reply."""
        return self._engine

    @property
    def loaded(self) -> float:
        """When it took its place (Unix seconds)."""
        return self._loaded

    @property
    def problems(self) -> tuple[str, ...]:
        """What keeps newer content out, each with file and line; nothing where the current engine is of the newest."""
        return self._problems

    def tell(self, listener: Callable[[], None]) -> None:
        """Call it after each look at changed content, whether or not that went live."""
        self._listeners.append(listener)

    async def becomes(self, version: str, within: float) -> bool:
        """Wait until this version of the content answers; False where it does not within so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.engine.catalogue.version != version:
                    await self._renewed.wait()
        return self.engine.catalogue.version == version

    async def watch(self, stop: asyncio.Event) -> None:
        """Renew the engine after every change of a YAML file and at the start of a day, until `stop`.

        What was saved between the building of the engine and now is read first. Where the folders cannot be watched
        any more, it says so and ends: the engine stays what it is.
        """
        catching_up = asyncio.create_task(self._catch_up())  # runs once the loop below waits, and so watches
        try:
            await self._follow(stop)
        except Exception as error:  # noqa: BLE001 - whatever ends it, the last good content answers
            log.error("the content is not watched, changes need a restart: %s", summary(error))
        finally:
            catching_up.cancel()

    async def _follow(self, stop: asyncio.Event) -> None:
        async for changes in awatch(
            *_folders(self._content),
            watch_filter=_is_content,
            stop_event=stop,
            rust_timeout=TICK,
            yield_on_timeout=True,
        ):
            if self._is_due(changes):
                await self.renew()

    async def _catch_up(self) -> None:
        files = await asyncio.to_thread(gather, self._content)
        if files.version != self.engine.catalogue.version:
            await self.renew()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Watch from a thread of its own, for a caller without an event loop."""
        stop = asyncio.Event()
        watching = threading.Thread(target=lambda: asyncio.run(self.watch(stop)), daemon=True)
        watching.start()
        try:
            yield
        finally:
            stop.set()  # nobody waits for it in that loop: it is looked at now and then
            watching.join(LAST_LOOK)

    def _is_due(self, changes: Collection[object]) -> bool:
        """Whether a file has changed, or a day has begun since this was last asked: figures may be withheld by now."""
        before, self._day = self._day, self._today()
        return bool(changes) or before != self._day

    async def renew(self) -> None:
        """Build an engine beside the current one, in a thread, and put it in its place if the content is good.

        One at a time: what is built last is of the newest content.
        """
        async with self._renewing:
            await self._renew()

    async def _renew(self) -> None:
        try:
            engine, reasons = await asyncio.to_thread(self._built)
        except ContentError as error:
            self._keep(*map(str, error.problems))
        except Exception as error:  # noqa: BLE001 - whatever a half-written file does, the last good content answers
            self._keep(summary(error))
        else:
            self._keep(*reasons) if reasons else self._take(engine)
        for listener in self._listeners:
            listener()

    def _built(self) -> tuple[Answers, tuple[str, ...]]:
        """A successor, and why it may not succeed."""
        engine = self._build(self._content)
        return engine, self._judge(self._engine, engine)

    def _take(self, engine: Answers) -> None:
        self._engine, self._loaded, self._problems = engine, self._clock(), ()
        self._renewed.set()
        self._renewed = asyncio.Event()
        log.info("content reloaded: version %s", engine.catalogue.version)

    def _keep(self, *problems: str) -> None:
        self._problems = problems
        log.error("content not reloaded, version %s stays:", self.engine.catalogue.version)
        for problem in problems:
            log.error("%s", problem)


def changes(content: Path) -> Iterator[None]:
    """Once when the watch has begun, and after every change of a YAML file of the content from then on.

    Ends with KeyboardInterrupt.
    """
    seen = watch(*_folders(content), watch_filter=_is_content, rust_timeout=SOON, yield_on_timeout=True)
    yield from (None for number, found in enumerate(seen) if found or not number)


def _folders(content: Path) -> list[Path]:
    """Those that must be there, and that of the test questions where there is one."""
    questions = (content / QUESTIONS.pattern).parent
    return [*(content / name for name in FOLDERS), *([questions] if questions.is_dir() else [])]


def _is_content(_: Change, path: str) -> bool:
    return path.endswith(ENDING)

"""What a start has worked out, kept for the next one: of this user alone, and safe to delete."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

import pydantic

log = logging.getLogger(__name__)
T = TypeVar("T")
PROGRAM = Path(__file__).parent
MOST = 4
"""How many of each kind are kept: an editor goes back and forth between a few states of the content."""
UNFINISHED = "unfinished."
"""Begins the name of what is being written."""
LOST = 3600.0
"""Seconds after which what is unfinished belongs to a program that was killed."""
DIGEST = hashlib.sha256().digest_size


class Cache:
    """Keeps Python objects in a folder, each under a kind and the digest of all that it was made from.

    They are pickles, which can do anything when they are read: so only what lies in a folder that nobody else can
    write to is read, as with Python's own compiled modules.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, kind: str, origin: str, make: Callable[[], T]) -> T:
        """What was made from `origin` by this very program, made now if it is not kept."""
        path = self._folder / f"{_digest(_program(), origin.encode()).hex()[:32]}.{kind}"
        try:
            return cast(T, self._read(path))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a file that may be made anew
            log.debug("%s is made anew (%s)", kind, type(error).__name__)
        made = make()
        self._keep(path, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
        return made

    def _read(self, path: Path) -> Any:
        self._refuse_foreign_folder()
        kept = memoryview(path.read_bytes())
        digest, made = kept[:DIGEST], kept[DIGEST:]
        if digest != _digest(made):
            raise ValueError("damaged")
        return pickle.loads(made)  # noqa: S301 - of a folder that this user alone can write to

    def _keep(self, path: Path, made: bytes) -> None:
        """Keep it, in one move. A disk that is full or read-only costs the next start some time, no more."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._refuse_foreign_folder()
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=UNFINISHED, delete=False) as unfinished:
                unfinished.write(_digest(made) + made)
            Path(unfinished.name).replace(path)
            self._tidy(path.suffix)
        except OSError as error:
            log.info("what was worked out is not kept: %s", type(error).__name__)

    def _tidy(self, kind: str) -> None:
        """Remove the older ones of a kind, and what nobody will finish."""
        old = sorted(self._folder.glob(f"*{kind}"), key=_written)[:-MOST]
        lost = [one for one in self._folder.glob(f"{UNFINISHED}*") if _written(one) < time.time() - LOST]
        for path in (*old, *lost):
            path.unlink(missing_ok=True)

    def _refuse_foreign_folder(self) -> None:
        found = self._folder.stat()
        if found.st_uid != os.getuid() or found.st_mode & 0o022:
            raise PermissionError("others can write to the folder")


def usual_cache() -> Cache:
    """The one in this user's cache folder."""
    return Cache(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rounds")


def _written(path: Path) -> float:
    """When (Unix seconds); long ago where somebody else has removed it meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


@cache
def _program() -> bytes:
    """Any change of the program, of Python or of what the objects are made with makes everything anew."""
    sources = (path.read_bytes() for path in sorted(PROGRAM.rglob("*.py")))
    return _digest(f"{sys.version} {pydantic.VERSION} {version('numpy')}".encode(), *sources)


def _digest(*parts: bytes | memoryview) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()

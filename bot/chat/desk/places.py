"""Where a file that somebody sends belongs. Its name is held against the known layout before it is part of a path."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from bot.changing.proposal import is_question_file
from bot.content.layout import ENDING, kind_of, path_of, path_of_answer
from bot.live import Answers
from bot.writing.key import KEY

_NAME = re.compile(rf"(?:({KEY.pattern})\.)?({KEY.pattern})(?:[ _-]?\(\d+\))?{re.escape(ENDING)}")
"""A file's name, perhaps with its folder before it and with the number that a device adds to a second copy."""
_PATH = re.compile(rf"{KEY.pattern}(?:/{KEY.pattern})+{re.escape(ENDING)}")
KINDS_OF_NEW = ("study", "reference", "topic")
MOST = 12


def file_name(path: str) -> str:
    """A name under which a file is sent, from which its place can be told: folder and name."""
    place = PurePosixPath(path)
    return f"{place.parent.name}.{place.name}"


def named_in(caption: str) -> tuple[str, str]:
    """The path that a caption names, if it does, and its other words."""
    found = _PATH.search(caption)
    if not found:
        return "", " ".join(caption.split())
    return found[0], " ".join(f"{caption[: found.start()]} {caption[found.end() :]}".split())


def places(name: str, caption: str, texts: Collection[str], engine: Answers) -> tuple[str, ...]:
    """The paths where a file of this name may belong; those of existing files, or else of new ones.

    A path in the caption settles it, and so does a drug or a folder that is named there or before the file's name.
    """
    path, said = named_in(caption)
    if path:
        return (path,) if kind_of(path) or is_question_file(path) else ()
    found = _NAME.fullmatch(name.strip().lower())
    if not found:
        return ()
    folder, stem = found[1], found[2]
    possible = [path for path in texts if PurePosixPath(path).stem == stem] or list(_new(stem, engine))
    meant = {folder} if folder else {*engine.named(said).drugs, *KEY.findall(said.lower())}
    narrowed = [path for path in possible if PurePosixPath(path).parent.name in meant]
    return tuple(dict.fromkeys(narrowed or ([] if folder else possible)))[:MOST]


def _new(stem: str, engine: Answers) -> Iterator[str]:
    """Where a file may be begun: the answers and questions of a known topic, else a study, a source or a topic."""
    catalogue = engine.catalogue
    if stem in catalogue.topics:
        yield from (path_of_answer(drug, stem) for drug in catalogue.drugs_of(stem) or (None,))
        yield path_of("questions", stem)
    else:
        yield from (path_of(kind, stem) for kind in KINDS_OF_NEW)

"""Files that appear whole or not at all, and stay when the power fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

STAGED = ".staged"
"""Behind the name of a text that waits beside its file."""


def staged(file: Path) -> Path:
    """Where the next text of a file waits: beside it, hidden, and of no kind that the bot reads."""
    return file.with_name(f".{file.name}{STAGED}")


def stage(file: Path, text: str) -> None:
    """Write the next text of a file beside it, with the same mode, down to the disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with staged(file).open("w", encoding="utf-8", newline="") as opened:
        opened.write(text)
        opened.flush()
        if file.exists():
            shutil.copymode(file, staged(file))
        os.fsync(opened.fileno())


def place(file: Path) -> None:
    """Put the text that waits in the place of the file, in one move."""
    staged(file).replace(file)
    sync(file.parent)


def put(file: Path, text: str) -> None:
    """Let a file hold a text: what waits is placed if it is that text, and nothing is done where it stands already."""
    if _holds(staged(file), text):
        place(file)
    elif not _holds(file, text):
        stage(file, text)
        place(file)


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


def text(file: Path) -> str:
    """What a file holds, with the ends of lines that readers see."""
    return file.read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def remove(file: Path) -> None:
    """Take a file away, if it is there."""
    file.unlink(missing_ok=True)
    if file.parent.is_dir():
        sync(file.parent)


def sync(folder: Path) -> None:
    """Bring the names in a folder down to the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

"""Files that went through the emulated Telegram, and what a picture's first bytes say of its size."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import PurePath

from .arguments import Upload
from .refusals import Json

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# The smallest picture there is: one transparent pixel.
ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file under the number the Bot API knows it by."""

    file_id: str
    upload: Upload

    @property
    def size(self) -> int:
        return len(self.upload.content)

    @property
    def path(self) -> str:
        return f"documents/{self.file_id}{PurePath(self.upload.name).suffix}"

    def wire(self) -> Json:
        unique = hashlib.sha256(self.upload.content).hexdigest()[:16]
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": self.size}


class FileStore:
    """Files by id; the same content twice gets two ids, as in Telegram."""

    def __init__(self) -> None:
        self._files: dict[str, StoredFile] = {}

    def add(self, upload: Upload) -> StoredFile:
        file = StoredFile(f"AgACAgQAAx{len(self._files) + 1:06}", upload)
        self._files[file.file_id] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file a download address names."""
        file = self._files.get(PurePath(path).stem)
        return file if file and file.path == path else None


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None for anything else."""
    if content.startswith(PNG) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return _jpeg_size(content) if content.startswith(JPEG) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Walk the segments to the first frame header, which holds height and width."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        length, _, height, width = struct.unpack(">HBHH", content[at + 2 : at + 9])
        if content[at + 1] in JPEG_FRAMES:
            return width, height
        at += 2 + length
    return None

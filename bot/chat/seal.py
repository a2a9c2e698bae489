"""Where a chat is, sealed: the database alone does not tell, and neither does another bot's token."""

from __future__ import annotations

import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
"""Bytes."""
_PLACE = struct.Struct(">qq")


class Seal:
    """AES-256-GCM under a key that HKDF makes of the bot's token. A seal opens only beside its own pseudonym."""

    def __init__(self, token: str) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=b"rounds: where answers were shown").derive(token.encode())
        self._cipher = AESGCM(key)

    def closed(self, chat: int, thread: int | None, who: str) -> bytes:
        """A chat and the topic in it, for this pseudonym."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, _PLACE.pack(chat, thread or 0), who.encode())

    def opened(self, sealed: bytes, who: str) -> tuple[int, int | None] | None:
        """The chat and the topic; None for what was sealed with another token or for somebody else, or is no seal."""
        try:
            place = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], who.encode())
        except (InvalidTag, ValueError):
            return None
        chat, thread = _PLACE.unpack(place)
        return chat, thread or None

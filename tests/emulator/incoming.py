"""What people can put into a chat, as the Bot API shows it to a bot."""

from __future__ import annotations

from .arguments import Upload
from .files import ONE_PIXEL, FileStore, picture_size
from .formatting import FormattedText, detected_entities
from .refusals import Json
from .rules import MAX_TEXT


def text(words: str) -> Json:
    """A typed message; Telegram's apps cut longer ones into several before sending."""
    if not 0 < len(words) <= MAX_TEXT:
        raise ValueError(f"a person can send 1 to {MAX_TEXT} characters, not {len(words)}")
    return _present(FormattedText(words, detected_entities(words)).fields())


def photo(files: FileStore, caption: str) -> Json:
    file = files.add(Upload("photo.png", ONE_PIXEL, "image/png"))
    width, height = picture_size(ONE_PIXEL) or (0, 0)
    words = FormattedText(caption, detected_entities(caption)).fields("caption", "caption_entities")
    return _present({"photo": [file.wire() | {"width": width, "height": height}]} | words)


def document(files: FileStore, name: str, content: bytes, caption: str) -> Json:
    file = files.add(Upload(name, content, "application/octet-stream"))
    words = FormattedText(caption, detected_entities(caption)).fields("caption", "caption_entities")
    return _present({"document": file.wire() | {"file_name": name, "mime_type": file.upload.mime_type}} | words)


def sticker(files: FileStore, emoji: str) -> Json:
    file = files.add(Upload("sticker.webp", b"RIFF....WEBP", "image/webp"))
    look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": file.wire() | look | {"emoji": emoji, "set_name": "Ward"}}


def forwarded(words: str, author: str, date: int) -> Json:
    """Words of someone who hides their account."""
    origin = {"type": "hidden_user", "sender_user_name": author, "date": date}
    return text(words) | {"forward_origin": origin}


def _present(content: Json) -> Json:
    return {key: value for key, value in content.items() if value is not None}

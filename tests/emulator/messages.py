"""Methods that write into chats: send, edit, delete, react, and the typing indicator."""

from __future__ import annotations

from . import rules
from .arguments import Arguments, Upload
from .files import StoredFile, picture_size
from .formatting import FormattedText, as_sent, formatted
from .keyboards import check_sendable, reply_markup
from .records import Chat, Message
from .refusals import Json, bad_request
from .world import TelegramWorld


def send_message(world: TelegramWorld, call: Arguments) -> Json:
    text = _text(call)
    keyboard = reply_markup(call)
    chat = world.open_chat(call.text("chat_id"))
    content = _reply(chat, call) | _checked_text(text).fields() | _preview(call)
    return _post(world, chat, content, keyboard, call.text("text"))


def send_photo(world: TelegramWorld, call: Arguments) -> Json:
    return _send_file(world, call, "photo")


def send_document(world: TelegramWorld, call: Arguments) -> Json:
    return _send_file(world, call, "document")


def edit_message_text(world: TelegramWorld, call: Arguments) -> Json:
    text = _text(call)
    keyboard = reply_markup(call)
    chat, message = _editable(world, call)
    if "text" not in message.wire:
        raise bad_request("there is no text in the message to edit")
    content = _checked_text(text).fields() | _preview(call) | {"reply_markup": keyboard}
    return _rewrite(world, chat, message, content, call.text("text"))


def edit_message_reply_markup(world: TelegramWorld, call: Arguments) -> Json:
    keyboard = reply_markup(call)
    chat, message = _editable(world, call)
    return _rewrite(world, chat, message, {"reply_markup": keyboard}, message.source)


def delete_message(world: TelegramWorld, call: Arguments) -> bool:
    chat = world.chat(call.text("chat_id"))
    message = _message(chat, call, "message to delete not found")
    if not message.from_bot and chat.wire["type"] != "private":
        raise bad_request("message can't be deleted")
    del chat.messages[message.message_id]
    return True


def set_message_reaction(world: TelegramWorld, call: Arguments) -> bool:
    chat = world.open_chat(call.text("chat_id"))
    message = _message(chat, call, "message to react not found")
    reactions = call.json("reaction") or []
    rules.check_reactions(reactions)
    message.reactions = reactions
    return True


def send_chat_action(world: TelegramWorld, call: Arguments) -> bool:
    chat = world.open_chat(call.text("chat_id"))
    rules.check_chat_action(call.text("action"))
    chat.actions.append(call.text("action"))
    return True


def _text(call: Arguments) -> FormattedText:
    if not call.text("text"):
        raise bad_request("Message text is empty")
    return formatted(call.text("text"), call.text("parse_mode"), call.json("entities"))


def _checked_text(text: FormattedText) -> FormattedText:
    kept = as_sent(text)
    rules.check_text(kept)
    return kept


def _preview(call: Arguments) -> Json:
    return {"link_preview_options": call.json("link_preview_options")}


def _reply(chat: Chat, call: Arguments) -> Json:
    """The quoted message, when the call names one that is there."""
    wanted = call.json("reply_parameters") or {}
    number = wanted.get("message_id") or call.integer("reply_to_message_id")
    if not number:
        return {}
    if quoted := chat.messages.get(number):
        return {"reply_to_message": {k: v for k, v in quoted.wire.items() if k != "reply_to_message"}}
    if wanted.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _post(world: TelegramWorld, chat: Chat, content: Json, keyboard: Json | None, source: str) -> Json:
    check_sendable(keyboard)
    present = {key: value for key, value in (content | {"reply_markup": keyboard}).items() if value is not None}
    return world.post(chat, world.bot, present, source=source).wire


def _send_file(world: TelegramWorld, call: Arguments, kind: str) -> Json:
    caption = formatted(call.text("caption"), call.text("parse_mode"), call.json("caption_entities"))
    keyboard = reply_markup(call)
    if not call.text(kind) and not call.upload(kind):
        raise bad_request(f"there is no {kind} in the request")
    chat = world.open_chat(call.text("chat_id"))
    kept = as_sent(caption)
    rules.check_caption(kept)
    file = _stored(world, call, kind)
    media: Json = {"photo": [_photo_size(file)]} if kind == "photo" else {"document": _document(file)}
    content = _reply(chat, call) | media | kept.fields("caption", "caption_entities")
    return _post(world, chat, content, keyboard, call.text("caption"))


def _stored(world: TelegramWorld, call: Arguments, kind: str) -> StoredFile:
    if upload := call.upload(kind):
        _check_upload(upload, kind)
        return world.files.add(upload)
    if known := world.files.get(call.text(kind)):
        return known
    raise bad_request("wrong file identifier/HTTP URL specified")


def _check_upload(upload: Upload, kind: str) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > (rules.MAX_PHOTO_BYTES if kind == "photo" else rules.MAX_UPLOAD_BYTES):
        raise bad_request("file is too big")
    if kind != "photo":
        return
    size = picture_size(upload.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > rules.MAX_PHOTO_SIDES:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _photo_size(file: StoredFile) -> Json:
    width, height = picture_size(file.upload.content) or (0, 0)
    return file.wire() | {"width": width, "height": height}


def _document(file: StoredFile) -> Json:
    return file.wire() | {"file_name": file.upload.name, "mime_type": file.upload.mime_type}


def _message(chat: Chat, call: Arguments, missing: str) -> Message:
    message = chat.messages.get(call.integer("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


def _editable(world: TelegramWorld, call: Arguments) -> tuple[Chat, Message]:
    chat = world.open_chat(call.text("chat_id"))
    message = _message(chat, call, "message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _rewrite(world: TelegramWorld, chat: Chat, message: Message, content: Json, source: str) -> Json:
    check_sendable(content["reply_markup"])
    compared = [key for key in content if key != "link_preview_options"]
    if all(message.wire.get(key) == content[key] for key in compared):
        raise bad_request(rules.NOT_MODIFIED)
    world.rewrite(chat, message, content, source=source)
    return message.wire

"""A wrong call is refused by the emulated Telegram in the words of the true one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.emulator import Person, TelegramWorld
from tests.emulator.arguments import Arguments, Upload
from tests.emulator.files import PNG
from tests.emulator.methods import perform
from tests.emulator.refusals import Refusal, forbidden

AMIRA = 1_000_001
HERS, THE_BOTS, THE_DOCUMENT, NOBODYS = 1, 2, 3, 99
DATA = {"text": "More", "callback_data": "more"}


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


def results(*ids: str) -> list[dict[str, str]]:
    return [{"type": "article", "id": one, "title": "x"} for one in ids]


@dataclass(frozen=True)
class Case:
    """One call, and the description that follows "Bad Request: "."""

    why: str
    method: str
    values: dict[str, Any]
    refusal: str


SAY = {"chat_id": AMIRA, "text": "x"}
EDIT = {"chat_id": AMIRA, "message_id": THE_BOTS, "text": "y"}
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TEXT_BUTTON = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
BAD_REQUESTS = [
    Case("no chat", "sendMessage", {"text": "x"}, "chat_id is empty"),
    Case("a stranger", "sendMessage", SAY | {"chat_id": 5}, "chat not found"),
    Case("a name for a chat", "getChat", {"chat_id": "@nobody"}, "chat not found"),
    Case("no text", "sendMessage", {"chat_id": AMIRA}, "message text is empty"),
    Case("no text comes before no chat", "sendMessage", {}, "message text is empty"),
    Case("a blank text", "sendMessage", SAY | {"text": " \n\u200b"}, "text must be non-empty"),
    Case(
        "tags around nothing", "sendMessage", SAY | {"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"
    ),
    Case("4097 characters", "sendMessage", SAY | {"text": "x" * 4097}, "message is too long"),
    Case("4097 emoji", "sendMessage", SAY | {"text": "😀" * 4097}, "message is too long"),
    Case("over 32 KiB before parsing", "sendMessage", SAY | {"text": "é" * 16_385}, "text is too long"),
    Case("a made-up parse mode", "sendMessage", SAY | {"parse_mode": "BBCode"}, "unsupported parse_mode"),
    Case(
        "an open tag",
        "sendMessage",
        SAY | {"text": "<b>x", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    Case(
        "a tag Telegram has not",
        "editMessageText",
        EDIT | {"text": "a<br>b", "parse_mode": "html"},
        'can\'t parse entities: Unsupported start tag "br" at byte offset 1',
    ),
    Case(
        "markup that is not JSON",
        "sendMessage",
        SAY | {"reply_markup": "keys"},
        "can't parse reply keyboard markup JSON object",
    ),
    Case("markup that is no object", "sendMessage", SAY | {"reply_markup": [1]}, "object expected as reply markup"),
    Case(
        "rows that are not rows",
        "sendMessage",
        SAY | {"reply_markup": {"inline_keyboard": [DATA]}},
        'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ),
    Case("a button that does nothing", "sendMessage", SAY | {"reply_markup": keyboard({"text": "x"})}, TEXT_BUTTON),
    Case(
        "empty callback data",
        "sendMessage",
        SAY | {"reply_markup": keyboard(DATA | {"callback_data": ""})},
        TEXT_BUTTON,
    ),
    Case(
        "callback data of 65 bytes in 33 characters",
        "sendMessage",
        SAY | {"reply_markup": keyboard(DATA | {"callback_data": "é" * 32 + "x"})},
        "BUTTON_DATA_INVALID",
    ),
    Case(
        "a button that is no object",
        "sendMessage",
        SAY | {"reply_markup": keyboard("More")},
        "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    Case(
        "a button without a label",
        "sendMessage",
        SAY | {"reply_markup": keyboard({"callback_data": "x"})},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    Case(
        "a number as callback data",
        "sendMessage",
        SAY | {"reply_markup": keyboard(DATA | {"callback_data": 1})},
        'can\'t parse inline keyboard button: Field "callback_data" must be of type String',
    ),
    Case(
        "a script as a link",
        "sendMessage",
        SAY | {"reply_markup": keyboard({"text": "x", "url": "ftp://x.uk"})},
        "inline keyboard button URL 'ftp://x.uk' is invalid: Unsupported URL protocol",
    ),
    Case("101 buttons", "sendMessage", SAY | {"reply_markup": keyboard(*[DATA] * 101)}, "reply markup is too long"),
    Case(
        "a quote of nothing",
        "sendMessage",
        SAY | {"reply_parameters": {"message_id": NOBODYS}},
        "message to be replied not found",
    ),
    Case("an edit of nothing", "editMessageText", EDIT | {"message_id": NOBODYS}, "message to edit not found"),
    Case("an edit of her words", "editMessageText", EDIT | {"message_id": HERS}, "message can't be edited"),
    Case("an edit that changes nothing", "editMessageText", EDIT | {"text": "hello"}, NOT_MODIFIED),
    Case("no keyboard as before", "editMessageReplyMarkup", {"chat_id": AMIRA, "message_id": THE_BOTS}, NOT_MODIFIED),
    Case(
        "text for a document",
        "editMessageText",
        EDIT | {"message_id": THE_DOCUMENT},
        "there is no text in the message to edit",
    ),
    Case(
        "a deletion of nothing",
        "deleteMessage",
        {"chat_id": AMIRA, "message_id": NOBODYS},
        "message to delete not found",
    ),
    Case(
        "a reaction to nothing",
        "setMessageReaction",
        {"chat_id": AMIRA, "message_id": NOBODYS},
        "message to react not found",
    ),
    Case(
        "a reaction Telegram has not",
        "setMessageReaction",
        {"chat_id": AMIRA, "message_id": HERS, "reaction": [{"type": "emoji", "emoji": "🩺"}]},
        "REACTION_INVALID",
    ),
    Case(
        "two reactions",
        "setMessageReaction",
        {"chat_id": AMIRA, "message_id": HERS, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
        "REACTIONS_TOO_MANY",
    ),
    Case(
        "an action nobody knows",
        "sendChatAction",
        {"chat_id": AMIRA, "action": "thinking"},
        "wrong parameter action in request",
    ),
    Case("a press nobody made", "answerCallbackQuery", {"callback_query_id": "7"}, QUERY_TOO_OLD),
    Case(
        "a toast of 201 characters",
        "answerCallbackQuery",
        {"callback_query_id": "7", "text": "x" * 201},
        "MESSAGE_TOO_LONG",
    ),
    Case("an inline query nobody made", "answerInlineQuery", {"inline_query_id": "7", "results": []}, QUERY_TOO_OLD),
    Case(
        "51 inline results",
        "answerInlineQuery",
        {"results": results(*map(str, range(51)))},
        "too many inline query results specified",
    ),
    Case("results that are no list", "answerInlineQuery", {"results": {}}, "expected an Array of InlineQueryResult"),
    Case("a result id of 65 bytes", "answerInlineQuery", {"results": results("x" * 65)}, "RESULT_ID_INVALID"),
    Case("the same result id twice", "answerInlineQuery", {"results": results("a", "a")}, "RESULT_ID_DUPLICATE"),
    Case("an offset of 65 bytes", "answerInlineQuery", {"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
    Case("no photo", "sendPhoto", {"chat_id": AMIRA}, "there is no photo in the request"),
    Case(
        "a made-up file id",
        "sendDocument",
        {"chat_id": AMIRA, "document": "BQAC"},
        "wrong file identifier/HTTP URL specified",
    ),
    Case(
        "a caption of 1025 characters",
        "sendPhoto",
        {"chat_id": AMIRA, "photo": "x", "caption": "x" * 1025},
        "message caption is too long",
    ),
    Case("a file nobody sent", "getFile", {"file_id": "BQAC"}, "invalid file_id"),
    Case(
        "a command of 33 letters",
        "setMyCommands",
        {"commands": [{"command": "x" * 33, "description": "d"}]},
        "command length must not exceed 32",
    ),
    Case(
        "a command in capitals",
        "setMyCommands",
        {"commands": [{"command": "Help", "description": "d"}]},
        "BOT_COMMAND_INVALID",
    ),
    Case(
        "a command without description",
        "setMyCommands",
        {"commands": [{"command": "help", "description": " "}]},
        "command description must be non-empty",
    ),
    Case(
        "a description of 257 characters",
        "setMyCommands",
        {"commands": [{"command": "help", "description": "d" * 257}]},
        "command description length must not exceed 256",
    ),
    Case(
        "a command of a slash",
        "setMyCommands",
        {"commands": [{"command": "/", "description": "d"}]},
        "command must be non-empty",
    ),
    Case("commands that are no list", "setMyCommands", {"commands": {}}, "expected an Array of BotCommand"),
    Case("101 commands", "setMyCommands", {"commands": [{}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    Case("a profile of 513 characters", "setMyDescription", {"description": "x" * 513}, "DESCRIPTION_TOO_LONG"),
    Case(
        "a short profile of 121 characters",
        "setMyShortDescription",
        {"short_description": "x" * 121},
        "ABOUT_TOO_LONG",
    ),
    Case(
        "a language of three letters",
        "setMyCommands",
        {"commands": [], "language_code": "eng"},
        "invalid language code specified",
    ),
    Case(
        "a webhook that is no address",
        "setWebhook",
        {"url": "ward.example"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    Case(
        "a secret of 257 letters",
        "setWebhook",
        {"url": "https://x.uk", "secret_token": "s" * 257},
        "secret token is too long",
    ),
    Case(
        "a secret with a blank",
        "setWebhook",
        {"url": "https://x.uk", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
]


async def in_conversation() -> tuple[TelegramWorld, Person]:
    """Amira has said something, the bot has answered hello and sent a document."""
    world = TelegramWorld()
    amira = Person(world, "Amira")
    await amira.says("hi")
    await perform(world, "sendMessage", Arguments.of(chat_id=AMIRA, text="hello"))
    document = Upload("protocol.pdf", b"%PDF-1.7", "application/pdf")
    await perform(world, "sendDocument", Arguments({"chat_id": str(AMIRA)}, {"document": document}))
    return world, amira


@pytest.mark.parametrize("case", BAD_REQUESTS, ids=lambda case: f"{case.method}: {case.why}")
async def test_a_bad_request_is_refused_in_telegrams_words(case: Case) -> None:
    world, _ = await in_conversation()
    expected = Refusal(400, f"Bad Request: {case.refusal}").envelope()
    assert await perform(world, case.method, Arguments.of(**case.values)) == (400, expected)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("😀" * 4096, "😀" * 4096), (f"{'x' * 4096}  \n", "x" * 4096), ("\n a", "a"), ("<b>", "<b>")],
    ids=["4096 emoji, 8192 UTF-16 units", "4096 letters and blanks", "blanks in front", "a tag without parse_mode"],
)
async def test_what_fits_exactly_is_sent_and_trimmed(text: str, shown: str) -> None:
    world, _ = await in_conversation()
    status, envelope = await perform(world, "sendMessage", Arguments.of(chat_id=AMIRA, text=text))
    assert (status, envelope["result"]["text"]) == (200, shown)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (PNG + b"\0\0\0\rIHDR" + (9000).to_bytes(4, "big") * 2, "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
        (bytes((10 << 20) + 1), "file is too big"),
    ],
    ids=["text", "9000 by 9000 pixels", "nothing", "over 10 MiB"],
)
async def test_a_photo_must_be_a_picture_of_moderate_size(content: bytes, refusal: str) -> None:
    world, _ = await in_conversation()
    call = Arguments({"chat_id": str(AMIRA)}, {"photo": Upload("x.png", content, "image/png")})
    _, envelope = await perform(world, "sendPhoto", call)
    assert envelope["description"] == f"Bad Request: {refusal}"


async def test_a_method_telegram_has_not_is_not_found() -> None:
    expected = Refusal(404, "Not Found: method not found").envelope()
    assert await perform(TelegramWorld(), "sendTelepathy", Arguments()) == (404, expected)


async def test_a_press_is_answered_once_and_only_for_150_seconds() -> None:
    now = [1_000_000.0]
    world = TelegramWorld(clock=lambda: now[0])
    amira = Person(world)
    first, second = await amira.presses_old("v0"), await amira.presses_old("v0")
    statuses = [(await perform(world, "answerCallbackQuery", Arguments.of(callback_query_id=first)))[0] for _ in "12"]
    assert statuses == [200, 400]
    now[0] += 150
    _, envelope = await perform(world, "answerCallbackQuery", Arguments.of(callback_query_id=second))
    assert envelope["description"] == f"Bad Request: {QUERY_TOO_OLD}"


async def test_a_quote_may_be_allowed_to_be_missing() -> None:
    world, _ = await in_conversation()
    quoting = {"message_id": NOBODYS, "allow_sending_without_reply": True}
    _, envelope = await perform(world, "sendMessage", Arguments.of(**SAY, reply_parameters=quoting))
    assert "reply_to_message" not in envelope["result"]


async def test_in_a_group_the_bot_cannot_delete_what_others_said() -> None:
    world, amira = await in_conversation()
    hers = Arguments.of(chat_id=AMIRA, message_id=HERS)
    assert (await perform(world, "deleteMessage", hers))[0] == 200
    amira.enters(world.new_group("Ward 7"))
    said = await amira.says("hello all")
    call = Arguments.of(chat_id=amira.chat.chat_id, message_id=said.message_id)
    _, envelope = await perform(world, "deleteMessage", call)
    assert envelope["description"] == "Bad Request: message can't be deleted"


async def test_a_bot_gets_no_file_over_20_mib() -> None:
    world, amira = await in_conversation()
    sent = await amira.sends_document("scan.tiff", bytes((20 << 20) + 1))
    _, envelope = await perform(world, "getFile", Arguments.of(file_id=sent.wire["document"]["file_id"]))
    assert envelope["description"] == "Bad Request: file is too big"


async def test_who_blocked_the_bot_is_not_written_to() -> None:
    world, amira = await in_conversation()
    await amira.blocks_the_bot()
    expected = forbidden("bot was blocked by the user").envelope()
    assert await perform(world, "sendMessage", Arguments.of(**SAY)) == (403, expected)


async def test_a_group_that_moved_tells_where_to() -> None:
    world, amira = await in_conversation()
    amira.enters(world.new_group("Ward 7"))
    moved = Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100_5)
    amira.closes_the_chat(moved)
    _, envelope = await perform(world, "sendMessage", Arguments.of(chat_id=amira.chat.chat_id, text="x"))
    assert envelope["parameters"] == {"migrate_to_chat_id": -1005}


async def test_an_unknown_parameter_is_ignored_but_noted() -> None:
    world, _ = await in_conversation()
    status, _ = await perform(world, "sendMessage", Arguments.of(**SAY, parsemode="HTML"))
    assert (status, world.lint) == (200, ["sendMessage knows no parameter 'parsemode'"])

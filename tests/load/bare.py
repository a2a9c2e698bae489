"""A bare python-telegram-bot echo bot with its defaults: what `bench` measures Rounds against."""

from __future__ import annotations

import os
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _: Any) -> None:
    if update.message:
        await update.message.reply_text(update.message.text or "")


if __name__ == "__main__":
    token, address = os.environ["TELEGRAM_BOT_TOKEN"], os.environ["TELEGRAM_API_URL"]
    bare = Application.builder().token(token).base_url(f"{address}/bot").job_queue(None).build()
    bare.add_handler(MessageHandler(filters.TEXT, echo))
    bare.run_polling()

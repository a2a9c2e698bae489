"""The bot in Telegram, from both sides of the wire."""

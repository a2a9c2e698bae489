"""From a reply to text: Telegram HTML, plain text, JSON."""

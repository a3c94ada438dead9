"""A stand-in for Telegram's Bot API server, and a phone in the browser. Shares no code with the bot."""

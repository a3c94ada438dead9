"""The links that are handed out: they open the bot on Telegram with a token."""

from __future__ import annotations


def link(username: str, token: str) -> str:
    """What stands under a QR code: opened on a phone, it greets whoever the token is for."""
    return f"https://t.me/{username}?start={token}"

"""What is held of where somebody is reached: the channel, browsers, digits, an address. The chats are sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from storage.schema import email_address, web_message, web_pin, web_session
from storage.secrets.keys import Keys

_chat: BindParameter[bytes] = bindparam("of_chat")
_BROWSERS = select(web_session).where(web_session.c.chat == _chat).order_by(web_session.c.id)
_DIGITS = select(web_pin.c.chosen_at).where(web_pin.c.chat == _chat)
_EMAIL = select(email_address).where(email_address.c.chat == _chat)
_MESSAGES = select(func.count()).select_from(web_message).where(web_message.c.chat == _chat)


def of_chat(connection: Connection, keys: Keys, chat: bytes | None) -> dict[str, Any]:
    """Everything held of a chat, ready to be written as JSON; of digits only that there are some, and since when."""
    mine = {"of_chat": chat}
    return {
        "channel": None if chat is None else keys.open_address(chat).channel,
        "digits_chosen_at": _moment(connection.execute(_DIGITS, mine).scalar()),
        "messages_beside_cards": connection.execute(_MESSAGES, mine).scalar_one(),
        "browsers": [_browser(row) for row in connection.execute(_BROWSERS, mine)],
        "email": [_email(row, keys) for row in connection.execute(_EMAIL, mine)],
    }


def _browser(row: Any) -> dict[str, Any]:
    return {
        "signed_in_at": row.begun_at.isoformat(),
        "forgotten_at": row.expires_at.isoformat(),
        "own_device": row.own_device,
    }


def _email(row: Any, keys: Keys) -> dict[str, Any]:
    return {
        "address": keys.open_text(row.address_sealed),
        "asked_at": row.asked_at.isoformat(),
        "confirmed_at": _moment(row.confirmed_at),
        "refused_at": _moment(row.refused_at),
        "text_version": row.text_version,
        "text_hash": row.text_hash,
        "language": row.language,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()

"""Reply markup: inline keyboards with the limits of Telegram, and the keyboards under the input field."""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.refusals import BUTTON_DATA_INVALID, REPLY_MARKUP_TOO_LONG, Refusal, bad_request
from bot.simulator.wire import MethodCall

DATA_BYTES = 64
BUTTONS_IN_ROW = 8
BUTTONS = 100
COPIED_TEXT = 256
STYLES = {"", "default", "primary", "danger", "success"}
KINDS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}", re.UNICODE)


def reply_markup(call: MethodCall, *, only_inline: bool = False) -> dict[str, Any] | None:
    """The keyboard of a request as Telegram keeps it; an empty one is none."""
    markup = call.structure("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _inline_rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if not markup:
        return None
    if only_inline:
        raise bad_request("inline keyboard expected")
    return _under_the_input(markup)


def _inline_rows(source: Any) -> list[list[dict[str, Any]]]:
    if not isinstance(source, list) or not all(isinstance(row, list) for row in source):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    rows = [[_inline_button(button) for button in row] for row in source]
    rows = [[button for button in row if button["text"]] for row in rows]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > BUTTONS or any(len(row) > BUTTONS_IN_ROW for row in rows):
        raise bad_request(REPLY_MARKUP_TOO_LONG)
    return rows


def _unparsable(words: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {words}")


def _inline_button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unparsable('Can\'t find field "text"')
    if str(button.get("style") or "").lower() not in STYLES:
        raise _unparsable("invalid button style specified")
    kind = next((kind for kind in KINDS if button.get(kind) not in (None, "")), None)
    if kind is None:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    _check_kind(kind, button[kind])
    return {key: button[key] for key in ("text", "style", kind) if button.get(key) is not None}


def _check_kind(kind: str, value: Any) -> None:
    if kind == "callback_data" and len(str(value).encode()) > DATA_BYTES:
        raise bad_request(BUTTON_DATA_INVALID)
    if kind == "url":
        check_url(str(value), "URL")
    if kind == "web_app":
        check_url(str(value.get("url", "")), "Web App URL", only_https=True)
    if kind == "login_url":
        check_url(str(value.get("url", "")), "login URL", only_https=True)
    if kind == "copy_text" and not 0 < len(str(value.get("text", ""))) <= COPIED_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def check_url(url: str, what: str, *, only_https: bool = False) -> None:
    """Refuse what Telegram would not open from a button."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme == "tg" and not only_https:
        return
    if parts.scheme not in ({"https"} if only_https else {"http", "https", "ton", "tonsite"}):
        words = "Only HTTPS links are allowed" if only_https else "Unsupported URL protocol"
        raise bad_request(f"inline keyboard button {what} '{url}' is invalid: {words}")
    if not _is_host(parts.hostname or ""):
        raise bad_request(f"inline keyboard button {what} '{url}' is invalid: Wrong HTTP URL")


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return HOST.fullmatch(host) is not None
    return True


def _under_the_input(markup: dict[str, Any]) -> dict[str, Any]:
    rows = markup.get("keyboard")
    if rows is not None:
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise bad_request('field "keyboard" must be an Array of Arrays')
        buttons = [[{"text": button} if isinstance(button, str) else button for button in row] for row in rows]
        return markup | {"keyboard": buttons}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    raise bad_request("object expected as reply markup")

"""How Telegram says no: a refusal and the exact words of those that a bot in private chats can meet."""

from __future__ import annotations

BLOCKED = "bot was blocked by the user"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
CALLBACK_ANSWER_TOO_LONG = "MESSAGE_TOO_LONG"
CAPTION_TOO_LONG = "message caption is too long"
CHAT_ID_EMPTY = "chat_id is empty"
CHAT_NOT_FOUND = "chat not found"
DEACTIVATED = "user is deactivated"
DELETE_FORBIDDEN = "message can't be deleted for everyone"
DELETE_NOT_FOUND = "message to delete not found"
EDIT_FORBIDDEN = "message can't be edited"
EDIT_NOT_FOUND = "message to edit not found"
FILE_EMPTY = "file must be non-empty"
FILE_TOO_BIG = "file is too big"
FILE_WRONG = "wrong file_id or the file is temporarily unavailable"
IMAGE_UNREADABLE = "IMAGE_PROCESS_FAILED"
IMAGE_WRONG_SHAPE = "PHOTO_INVALID_DIMENSIONS"
NO_CAPTION_TO_EDIT = "there is no caption in the message to edit"
NO_TEXT_TO_EDIT = "there is no text in the message to edit"
NOT_A_MEMBER = "bot is not a member of the supergroup chat"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
POLLED_ELSEWHERE = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
POLLED_WITH_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
POLLING_ENDED_BY_WEBHOOK = "Conflict: terminated by setWebhook request"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
REPLY_MARKUP_TOO_LONG = "reply markup is too long"
REPLY_NOT_FOUND = "message to be replied not found"
TEXT_BLANK = "text must be non-empty"
TEXT_EMPTY = "message text is empty"
TEXT_TOO_LONG = "message is too long"
URL_NOT_FETCHED = "failed to get HTTP URL content"


class Refusal(Exception):  # noqa: N818 - Telegram refuses, the stand-in has no error
    """An answer with `ok: false`: HTTP status, description, and the seconds to wait if it was too fast."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """The JSON object that Telegram sends."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(words: str) -> Refusal:
    """400, with the words after `Bad Request:`; Telegram writes their first letter small unless it is a constant."""
    if len(words) > 1 and not (words[1] == "_" or words[1].isupper()):
        words = words[0].lower() + words[1:]
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """403: the person does not want, or no longer has, a chat with the bot."""
    return Refusal(403, f"Forbidden: {words}")


def unauthorized() -> Refusal:
    """401: no bot has this token."""
    return Refusal(401, "Unauthorized")


def unknown_method() -> Refusal:
    """404: there is no such method, or the stand-in does not play it."""
    return Refusal(404, "Not Found: method not found")


def conflict(description: str) -> Refusal:
    """409: two receive for one bot."""
    return Refusal(409, description)


def too_fast(seconds: int) -> Refusal:
    """429, with the whole seconds to wait."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", seconds)


def too_large() -> Refusal:
    """413: an upload beyond what the server takes."""
    return Refusal(413, "Request Entity Too Large")

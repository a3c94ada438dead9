"""Whom to call and when, in English."""

from __future__ import annotations

from datetime import time

from bot.runtime.opening_hours import Open
from bot.runtime.settings import Library
from bot.texts.call_request import Calling
from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon


class EnglishCalling(EnglishCommon, Calling):
    """How people turn to their library, in English."""

    CALL_ME = "Please call me"
    NO_CALL = "I do not need a call"
    NOT_WAITING = "All right, you are not waiting for a call. If you want one, choose “Please call me”."
    _COME = "If the library does not have it, come to the library."

    PHONE = "Telephone"
    MAIL = "E-mail"
    OPEN = "Open"

    def will_call(self, name: str, code: str, asked: str, library: Library) -> str:
        """Somebody waits for a call."""
        when = f"They call when the library is open: {self.hours(library.hours)}." if library.hours else ""
        own = f"If the library does not have it, call {safe(library.phone)}." if library.phone else self._COME
        parts = [
            f"<b>{safe(name)} will call you.</b>",
            f"You asked for a call {asked}. {when or 'They call when the library is open.'}",
            f"We do not have your telephone number here. {own}",
            f"Your code: <code>{code}</code>",
        ]
        return "\n\n".join(parts)

    def _call(self, number: str) -> str:
        return f"For help, call {number}."

    def _write(self, address: str) -> str:
        return f"For help, write to {address}."

    def _days(self, one: Open) -> str:
        if one.first == one.last:
            return f"on {self._DAYS[one.first]}"
        return f"from {self._DAYS[one.first]} to {self._DAYS[one.last]}"

    def _between(self, opens: time, closes: time) -> str:
        return f"from {opens:%H:%M} to {closes:%H:%M}"

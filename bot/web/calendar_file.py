"""The day of the next questionnaire as a file for calendars (RFC 5545): neutral, since others see a calendar, too."""

from __future__ import annotations

from datetime import date, datetime, timedelta

KIND = "text/calendar"
_LINE = 75  # octets, without the end of a line


def calendar(title: str, day: date, address: str, uid: str, now: datetime) -> bytes:
    """One whole day with a reminder at ten o'clock; the same `uid` takes the place of an earlier file."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//povezujejo//splet//SL",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(title)}",
        f"URL:{address}",
        f"DESCRIPTION:{_text(address)}",  # calendars that know no URL show it here
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(title)}",
        "TRIGGER:PT10H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    """Words as the value of a property (3.3.11)."""
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, and what is over on lines that begin with a space; no character is cut (3.1)."""
    written, room = b"", _LINE
    for sign in line:
        octets = sign.encode()
        if len(octets) > room:
            written += b"\r\n "
            room = _LINE - 1
        written += octets
        room -= len(octets)
    return written + b"\r\n"

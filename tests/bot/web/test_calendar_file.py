"""The file for calendars, by the rules of RFC 5545: lines, signs, one whole day."""

from datetime import UTC, date, datetime

from bot.web.calendar_file import calendar

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADDRESS = "https://odgovori.example.si"


def lines(title="Knjižnica", address=ADDRESS):
    written = calendar(title, date(2026, 12, 31), address, "ab12", NOW)
    assert written.endswith(b"\r\n")
    return written.removesuffix(b"\r\n").split(b"\r\n")


def unfolded(title, address=ADDRESS):
    return b"\r\n".join(lines(title, address)).replace(b"\r\n ", b"").decode().split("\r\n")


def test_it_is_one_whole_day_with_a_reminder():
    assert [line.decode() for line in lines()] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//povezujejo//splet//SL",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:ab12",
        "DTSTAMP:20260302T090000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Knjižnica",
        "URL:https://odgovori.example.si",
        "DESCRIPTION:https://odgovori.example.si",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Knjižnica",
        "TRIGGER:PT10H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_signs_that_mean_something_stand_for_themselves():
    assert "SUMMARY:a\\\\b\\; c\\, d\\ne" in unfolded("a\\b; c, d\ne")


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut():
    title = "žš" * 60
    assert max(map(len, lines(title))) == 75
    assert f"SUMMARY:{title}" in unfolded(title)

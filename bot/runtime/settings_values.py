"""What a value of the configuration may be: secrets, addresses, hours, paths. Knows no section and no file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, PlainSerializer, ValidationInfo
from pydantic_core import CoreSchema, core_schema
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.runtime import holiday_calendars
from bot.runtime.loopback import is_loopback
from storage.engine.encryption import read_recipient
from surveys.model import Offset, write_offset
from surveys.short_words import tidy, unseen

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOUR = re.compile(r"(\d{1,2}):(\d{2})")
_SLOVENIAN_NUMBER = re.compile(r"0(?:[1-7]\d{7}|80\d{4,6}|90\d{4,6})")  # the parts of the land, mobile, free and paid
_YEAR = re.compile(r"20\d\d")
_PAGE = re.compile(r"https?://[^\s.]+\.\S+")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]{2,}")


class Secret(str):
    """A text that does not show itself in repr, and so in no traceback and no log of a settings value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret('…')" if self else "Secret('')"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Any string becomes a secret."""
        del source
        hidden = core_schema.plain_serializer_function_ser_schema(lambda _: "…")
        return core_schema.no_info_after_validator_function(cls, handler(str), serialization=hidden)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of the week (0 is Monday) and a local hour."""

    weekday: int
    hour: time


def _resolved(value: object, info: ValidationInfo) -> object:
    """A path, seen from the folder of the configuration."""
    if value is None or not isinstance(value, str | Path):
        return value
    if not str(value):
        raise ValueError("write the name of a file or folder")
    folder = info.context["folder"] if info.context else Path()
    return (Path(folder) / Path(value).expanduser()).absolute()


def _database(value: object, info: ValidationInfo) -> object:
    """The address of a database; the file of an SQLite address is seen from the folder of the configuration."""
    if not isinstance(value, str):
        return value
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("write an address such as sqlite:///povezujejo.db or postgresql://user@host/name") from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError("the database is either sqlite:///… or postgresql://…")
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError("the database must be a file, so that answers stay: sqlite:///povezujejo.db")
        url = url.set(database=str(_resolved(url.database, info)))
    return url.render_as_string(hide_password=False)


def _server(value: object) -> object:
    """The address of a Bot API server as python-telegram-bot wants it, with /bot at its end."""
    if not isinstance(value, str):
        return value
    if not re.match(r"https?://[^/]", value):
        raise ValueError("write an address that begins with https:// or http://")
    address = value.rstrip("/")
    return address if address.endswith("/bot") else f"{address}/bot"


def _web_address(value: str) -> str:
    """Where our pages are found: its scheme and host alone, by https, except on this machine."""
    if not value:
        return value
    parts = urlsplit(value.rstrip("/"))
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise ValueError("write the address of the pages as https://odgovori.example.si, with nothing behind the host")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("answers of people travel by https alone; only an address of this machine may begin with http")
    return value.rstrip("/")


def _hour(value: object) -> object:
    """A local hour, written "8:00" or "08:00"."""
    if isinstance(value, time):
        return value
    found = _HOUR.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 - a day's hours, an hour's minutes
        raise ValueError('an hour is written like "10:00"')
    return time(int(found[1]), int(found[2]))


def _weekly(value: object) -> object:
    """A moment of the week, written "mon 08:00"."""
    if isinstance(value, Weekly):
        return value
    day, _, hour = value.partition(" ") if isinstance(value, str) else ("", "", "")
    if day not in _WEEKDAYS:
        raise ValueError(f'a moment of the week is written like "mon 08:00"; the days are {", ".join(_WEEKDAYS)}')
    return Weekly(_WEEKDAYS.index(day), _hour(hour.strip()))  # type: ignore[arg-type]  # _hour gives a time or raises


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError('there is no such time zone; write one like "Europe/Ljubljana"') from None


def _free_days(value: object) -> object:
    """The code of a country, or a list of dates."""
    if isinstance(value, str) and not holiday_calendars.is_known(value):
        raise ValueError('write the code of a country, like "SI", or a list of dates, like [2026-12-25]')
    return tuple(_date(day) for day in value) if isinstance(value, list | tuple) else value


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError('write the code of a country, like "SI", or a list of dates, like [2026-12-25]') from None
    return value.date() if isinstance(value, datetime) else value


def _positive(value: timedelta) -> timedelta:
    if value <= timedelta():
        raise ValueError("the length of time must be longer than nothing")
    return value


def _phone(value: object) -> object:
    """A telephone number as people of the country write it; it is shown as it was written."""
    if not isinstance(value, str) or not value:
        return value
    written = " ".join(value.split())
    digits = re.sub(r"^(?:\+|00)386(?:\(?0\)?)?", "0", re.sub(r"[\s/.\-–]", "", written))
    if not _SLOVENIAN_NUMBER.fullmatch(re.sub(r"[()]", "", digits)):
        raise ValueError('write a Slovenian number such as "07 620 12 34", "+386 7 620 12 34" or "080 12 34"')
    return written


def _mail(value: object) -> object:
    if isinstance(value, str) and value and not _MAIL.fullmatch(value):
        raise ValueError('write an address such as "info@knjiznica.si"')
    return value


def _page(value: object) -> object:
    if isinstance(value, str) and value and not _PAGE.fullmatch(value):
        raise ValueError('write an address such as "https://www.knjiznica.si/navodila"')
    return value


def _one_line(value: str) -> str:
    """Words on one line, as they may be typed in the chat."""
    hidden = unseen(value)
    if hidden:
        raise ValueError(f"this is one line of words; remove {hidden}, a character that nobody sees")
    return tidy(value)


def at_least(limit: timedelta) -> AfterValidator:
    """A length of time that may be longer, but not shorter."""

    def longer(value: timedelta) -> timedelta:
        if value < limit:
            raise ValueError(f'the length of time must be at least "{write_offset(limit)}"')
        return value

    return AfterValidator(longer)


def at_most(limit: timedelta) -> AfterValidator:
    """A length of time that may be shorter, but not longer."""

    def shorter(value: timedelta) -> timedelta:
        if value > limit:
            raise ValueError(f'the length of time must be at most "{write_offset(limit)}"')
        return value

    return AfterValidator(shorter)


def _recipient(value: str) -> str:
    """Whoever a copy is encrypted to, as age writes it."""
    read_recipient(value)
    return value


def _year(value: str) -> str:
    if not _YEAR.fullmatch(value):
        raise ValueError(f'"{value}" is no year; write {{ 2026 = 420 }}')
    return value


Recipient = Annotated[str, AfterValidator(_recipient)]
Year = Annotated[str, AfterValidator(_year)]
AnyPath = Annotated[Path, BeforeValidator(_resolved)]
Hour = Annotated[time, BeforeValidator(_hour), PlainSerializer(lambda hour: f"{hour:%H:%M}")]
Length = Annotated[Offset, AfterValidator(_positive), PlainSerializer(write_offset)]
MomentOfWeek = Annotated[
    Weekly, BeforeValidator(_weekly), PlainSerializer(lambda at: f"{_WEEKDAYS[at.weekday]} {at.hour:%H:%M}")
]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone), PlainSerializer(str)]
Server = Annotated[str, BeforeValidator(_server)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseUrl = Annotated[Secret, BeforeValidator(_database)]
Phone = Annotated[str, BeforeValidator(_phone)]
ONE_LINE = AfterValidator(_one_line)
Mail = Annotated[str, BeforeValidator(_mail)]
Page = Annotated[str, BeforeValidator(_page)]
FreeDays = Annotated[str | tuple[date, ...], BeforeValidator(_free_days)]

"""The settings: one frozen value in sections, passed by hand. Knows nothing of files; see `bot.config_file`.

Paths are relative to the folder that validation is given as context, else to the working folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

import holidays as calendars
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from bot.config_values import (
    AnyPath,
    DatabaseUrl,
    FreeDays,
    Hour,
    Length,
    MomentOfWeek,
    Secret,
    Server,
    Weekly,
    Zone,
    at_most,
)
from surveys.findings import Finding
from surveys.plan import Rhythm

_SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")


class _Section(BaseModel):
    """Unknown keys are refused; defaults are read like what is written."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class Telegram(_Section):
    """How the bot talks with Telegram, or with a server that speaks like it."""

    token: Secret = Secret("")
    token_file: AnyPath | None = None
    mode: Literal["polling", "webhook"] = "polling"
    base_url: Server = "https://api.telegram.org/bot"
    base_file_url: str = ""  # "" follows base_url
    username: str = ""  # of the bot, without @; "" is asked of Telegram
    webhook_url: str = ""  # where Telegram finds us: https://bot.example.si/telegram
    webhook_listen: str = "127.0.0.1"
    webhook_port: Annotated[StrictInt, Field(ge=0, le=65535)] = 8080
    webhook_path: Annotated[str, Field(pattern=r"^/")] = "/telegram"
    webhook_secret: Secret = Secret("")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.token and self.token_file:
            raise ValueError("token and token_file are both there; keep one")
        if self.mode == "webhook" and not self.webhook_url:
            raise ValueError('mode = "webhook" needs a webhook_url, where Telegram finds this bot')
        if self.mode == "webhook" and not _SECRET_TOKEN.fullmatch(self.webhook_secret):
            raise ValueError('mode = "webhook" needs a webhook_secret of 1 to 256 letters A-Z a-z, digits, _ or -')
        return self

    @property
    def file_url(self) -> str:
        """Where files are fetched from, as python-telegram-bot wants it."""
        return self.base_file_url or f"{self.base_url.removesuffix('/bot')}/file/bot"


class Database(_Section):
    """Where everything is kept."""

    url: DatabaseUrl = Secret("sqlite:///povezujejo.db")


class KeyFile(_Section):
    """The key of what is sealed in the database."""

    file: AnyPath = Path("povezujejo.key")


class Schedule(_Section):
    """When people are written to."""

    timezone: Zone = ZoneInfo("Europe/Ljubljana")
    hour: Hour = time(10)
    quiet_from: Hour = time(20)
    quiet_until: Hour = time(8)
    sundays: StrictBool = False
    holidays: FreeDays = "SI"
    reminders: tuple[Length, ...] = (timedelta(days=2), timedelta(days=7))  # after the invitation
    open_for: Length = timedelta(days=14)
    most_a_week: Annotated[StrictInt, Field(ge=1)] = 3  # messages that nobody asked for, to one person
    feedback_after: Length = timedelta(days=21)  # what was learned, after the closing
    tick: Length = timedelta(seconds=15)  # how often the bot looks whether anything is due

    def holiday_name(self, day: date) -> str:
        """What is celebrated on a day, in Slovenian for Slovenia; empty where nobody knows."""
        if not isinstance(self.holidays, str):
            return ""
        language = "sl" if self.holidays == "SI" else None
        return calendars.country_holidays(self.holidays, language=language).get(day) or ""

    def rhythm(self) -> Rhythm:
        """The same for `surveys.plan`."""
        free = calendars.country_holidays(self.holidays) if isinstance(self.holidays, str) else frozenset(self.holidays)
        return Rhythm(
            zone=self.timezone,
            hour=self.hour,
            holiday=lambda day: day in free,
            reminders=self.reminders,
            open_for=self.open_for,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            sundays=self.sundays,
            most_a_week=self.most_a_week,
            feedback_after=self.feedback_after,
        )


class Surveys(_Section):
    """Which programmes there are."""

    shipped: StrictBool = True  # the six programmes that come with the software
    directories: tuple[AnyPath, ...] = ()  # folders with programmes of one's own


class Privacy(_Section):
    """How long what is kept; shorter is allowed, longer is not."""

    unlink_after: Annotated[Length, at_most(timedelta(days=30))] = timedelta(days=30)
    anonymise_after: Annotated[Length, at_most(timedelta(days=366))] = timedelta(days=365)


class Reports(_Section):
    """What reports show, and when."""

    weekly_at: MomentOfWeek = Weekly(0, time(8))
    minimum_cell: Annotated[StrictInt, Field(ge=1)] = 5
    published_cell: Annotated[StrictInt, Field(ge=1)] = 10


class Settings(_Section):
    """Everything that can be configured."""

    telegram: Telegram = Field(default_factory=Telegram)
    database: Database = Field(default_factory=Database)
    keys: KeyFile = Field(default_factory=KeyFile)
    schedule: Schedule = Field(default_factory=Schedule)
    surveys: Surveys = Field(default_factory=Surveys)
    privacy: Privacy = Field(default_factory=Privacy)
    reports: Reports = Field(default_factory=Reports)


class ConfigurationError(Exception):
    """The configuration cannot be used; every problem is in `findings`."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

"""The settings: one frozen value in sections, passed by hand. Knows nothing of files; see `bot.runtime.settings_file`.

Paths are relative to the folder that validation is given as context, else to the working folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from bot.runtime.holiday_calendars import calendar_of
from bot.runtime.loopback import is_loopback
from bot.runtime.opening_hours import OpeningHours
from bot.runtime.settings_values import (
    ONE_LINE,
    AnyPath,
    DatabaseUrl,
    FreeDays,
    Hour,
    Length,
    Mail,
    MomentOfWeek,
    Page,
    Phone,
    Recipient,
    Secret,
    Server,
    WebAddress,
    Weekly,
    Year,
    Zone,
    at_least,
    at_most,
)
from surveys import short_words
from surveys.contact_policy import ContactPolicy
from surveys.findings import Finding

_SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")  # of a bot, as @BotFather gives it
Line = Annotated[str, Field(max_length=short_words.LINE), ONE_LINE]


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

    def link(self, token: str) -> str:
        """What a token is handed out as: it opens a chat with the bot."""
        return f"https://t.me/{self.username}?start={token}"

    @property
    def file_url(self) -> str:
        """Where files are fetched from, as python-telegram-bot wants it."""
        return self.base_file_url or f"{self.base_url.removesuffix('/bot')}/file/bot"


class DatabaseSettings(_Section):
    """Where everything is kept."""

    url: DatabaseUrl = Secret("sqlite:///povezujejo.db")


class KeyFile(_Section):
    """The key of what is sealed in the database."""

    file: AnyPath = Path("povezujejo.key")


class Backup(_Section):
    """Copies of the database: where, when, how many, and who can read them."""

    nightly: StrictBool = True  # by the running bot
    folder: AnyPath = Path("backups")
    at: Hour = time(3, 30)
    keep_daily: Annotated[StrictInt, Field(ge=1)] = 7
    keep_weekly: Annotated[StrictInt, Field(ge=0)] = 4
    encrypt_to: tuple[Recipient, ...] = ()  # of age
    programs: AnyPath | None = None  # the folder of pg_dump, pg_restore and psql; None: they are on the PATH


class Schedule(_Section):
    """When people are written to."""

    timezone: Zone = ZoneInfo("Europe/Ljubljana")
    hour: Hour = time(10)
    after_meeting_at: Hour = time(17)  # of what is asked on the last day
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
        return calendar_of(self.holidays, language).get(day, "")

    def _is_free(self, day: date) -> bool:
        return day in (calendar_of(self.holidays) if isinstance(self.holidays, str) else self.holidays)

    def policy(self) -> ContactPolicy:
        """The same for `surveys.plan`."""
        return ContactPolicy(
            zone=self.timezone,
            hour=self.hour,
            after_meeting=self.after_meeting_at,
            holiday=self._is_free,
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
    """How long what is kept; of what is about participants shorter is allowed, longer is not."""

    unlink_after: Annotated[Length, at_most(timedelta(days=30))] = timedelta(days=30)
    words_after: Annotated[Length, at_most(timedelta(days=366))] = timedelta(days=365)  # what was typed, but no numbers
    anonymise_after: Annotated[Length, at_most(timedelta(days=366))] = timedelta(days=365)
    links_after: Annotated[Length, at_most(timedelta(days=366))] = timedelta(days=90)  # since they expired
    orders_after: Annotated[Length, at_least(timedelta(days=100))] = timedelta(days=365)  # of staff
    trail_after: Annotated[Length, at_least(timedelta(days=31))] = timedelta(days=1096)  # of who did what


class Reports(_Section):
    """What reports show, and when."""

    weekly_at: MomentOfWeek = Weekly(0, time(8))
    minimum_cell: Annotated[StrictInt, Field(ge=1)] = 5
    published_cell: Annotated[StrictInt, Field(ge=1)] = 10


class Library(_Section):
    """Where people of one library turn to; shown to participants, in the chat and on paper."""

    phone: Phone = ""
    contact: Line = ""  # whom to ask for
    email: Mail = ""
    hours: tuple[OpeningHours, ...] = ()
    place: Line = ""  # where the programmes are; from here on for the page for the mayor alone
    when: Line = ""  # and when, in words
    web: Page = ""
    logo: AnyPath | None = None
    photo: AnyPath | None = None
    photo_text: Annotated[str, Field(max_length=short_words.PICTURE), ONE_LINE] = ""  # what is to be seen on it

    @model_validator(mode="after")
    def _described(self) -> Self:
        if self.photo and not self.photo_text.strip():
            raise ValueError("photo needs a photo_text: what is to be seen on it, for who does not see it")
        return self

    @property
    def reachable(self) -> bool:
        """Whether it says how to turn to the library."""
        return bool(self.phone or self.email)


class ProgrammePage(_Section):
    """What the page for the mayor says of one programme beside its results."""

    about: Annotated[str, Field(max_length=300), ONE_LINE] = ""  # in the place of the definition's own sentence
    euros: dict[Year, Annotated[StrictInt, Field(ge=1, le=99_999_999)]] = Field(default_factory=dict)  # by the year
    hours: dict[Year, Annotated[StrictInt, Field(ge=1, le=9_999_999)]] = Field(default_factory=dict)  # of work


class StaffSettings(_Section):
    """Where librarians and coordinators find help."""

    manual: Page = ""  # where the manuals can be read
    contact: Line = ""  # whom to ask, and how


class HealthSettings(_Section):
    """Where the bot says how it is, and when it says that a person is needed."""

    enabled: StrictBool = True
    listen: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[StrictInt, Field(ge=0, le=65535)] = 8675  # 0: any that is free
    least_free_mb: Annotated[StrictInt, Field(ge=0)] = 500  # megabytes on the disk of the database
    every: Length = timedelta(minutes=1)  # how often the bot looks at itself


class WebSettings(_Section):
    """The pages by which people answer and work in a browser; there are none without a `public_url`."""

    public_url: WebAddress = ""  # where they are found: https://odgovori.example.si
    listen: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[StrictInt, Field(ge=0, le=65535)] = 8090  # 0: any that is free
    proxy: Annotated[str, Field(max_length=64)] = ""  # the only address that is believed whom it asks for

    def link(self, token: str) -> str:
        """What a token is handed out as: a page on which people choose how they answer."""
        return f"{self.public_url}/k/{token}"

    @property
    def typed(self) -> str:
        """What is typed into a browser to come to the page that asks for the number on a card; "" without pages."""
        return f"{self.public_url.partition('://')[2]}/k" if self.public_url else ""

    def entrance(self, token: str) -> str:
        """What opens a chat of another channel in a browser."""
        return f"{self.public_url}/v/{token}"

    def confirmation(self, token: str) -> str:
        """What confirms an e-mail address."""
        return f"{self.public_url}/potrdi/{token}"

    def end_of_mail(self, token: str) -> str:
        """What ends all mail to an address."""
        return f"{self.public_url}/odjavi/{token}"


class EmailSettings(_Section):
    """The mail server by which who answers in a browser is reminded, on their wish; none without a `host`."""

    host: Line = ""
    port: Annotated[StrictInt, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"  # none: for a server on this machine alone
    username: Line = ""
    password: Secret = Secret("")
    sender: Mail = ""  # from which address we write
    name: Line = "Knjižnica"  # and under which name

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.host and not self.sender:
            raise ValueError("host needs a sender, the address from which the library writes")
        if self.host and self.security == "none" and not is_loopback(self.host):
            raise ValueError('security = "none" is for a mail server on this machine; use "starttls" or "tls"')
        return self


class Settings(_Section):
    """Everything that can be configured."""

    telegram: Telegram = Field(default_factory=Telegram)
    database: DatabaseSettings = Field(default_factory=DatabaseSettings)
    keys: KeyFile = Field(default_factory=KeyFile)
    backup: Backup = Field(default_factory=Backup)
    schedule: Schedule = Field(default_factory=Schedule)
    surveys: Surveys = Field(default_factory=Surveys)
    privacy: Privacy = Field(default_factory=Privacy)
    reports: Reports = Field(default_factory=Reports)
    staff: StaffSettings = Field(default_factory=StaffSettings)
    health: HealthSettings = Field(default_factory=HealthSettings)
    web: WebSettings = Field(default_factory=WebSettings)
    email: EmailSettings = Field(default_factory=EmailSettings)
    libraries: dict[str, Library] = Field(default_factory=dict)  # by the code that begins the codes of their people
    programmes: dict[str, ProgrammePage] = Field(default_factory=dict)  # by slug


class ConfigurationError(Exception):
    """The configuration cannot be used; every problem is in `findings`."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

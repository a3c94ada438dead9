"""What is known of the service at one moment, as values that go through JSON. Judges nothing; see `bot.health.judging`.

Nothing here is about a person: counts, moments, sizes.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AlertKind(StrEnum):
    """What needs a person."""

    STOPPED = "stopped"  # no bot answers
    DATABASE = "database"
    KEY = "key"
    DISK = "disk"
    BACKUP = "backup"
    TELEGRAM = "telegram"
    WEBHOOK = "webhook"
    INTAKE = "intake"  # what came in waits
    TICK = "tick"  # what is due is not looked at
    LATE = "late"
    GIVEN_UP = "given_up"
    WORKER = "worker"
    RETENTION = "retention"  # what should have been forgotten is still there


class StoredFacts(_Value):
    """What the database alone says, see `storage.service_state`."""

    due: int
    late: int
    uncertain: int
    failed: int
    behind: int
    last_update: datetime | None
    bytes: int
    keys: tuple[int, ...]
    operators: int  # who are told in their chat
    backup_at: datetime | None  # when the last copy was made and verified
    backup_problem: str  # why there is none since then


class KeptFacts(_Value):
    """One kind of thing that is kept for a time, see `storage.retention`."""

    what: str
    kept: int
    overdue: int  # of these, what a daily round should have forgotten


class DiskFacts(_Value):
    """The disk of the database; in bytes."""

    folder: str
    free: int
    total: int


class UpdateFacts(_Value):
    """Updates of one kind: how many were handled, and within how many seconds half of them and 99 of 100."""

    handled: int
    half: float | None  # None: more than is measured
    most: float | None


class RunningFacts(_Value):
    """What only the running process knows."""

    started_at: datetime
    mode: str
    receives: bool
    heard_at: datetime | None
    moves: bool
    webhook: str  # as `bot.telegram.intake.webhook_watch` knows it; "": updates are polled
    webhook_lost: int
    ticked_at: datetime | None
    tick_seconds: float
    updates: dict[str, UpdateFacts]
    waiting: int  # updates that are not committed yet
    waiting_seconds: float  # since when the oldest of them does
    showing: int  # chats whose card is on its way
    given_up: int
    given_up_at: datetime | None
    worker_restarts: int
    worker_deaths: int  # in the last hour


class HealthFacts(_Value):
    """All that is known. `stored` is None where the database says nothing, `running` where no process was asked."""

    at: datetime
    version: str
    installation: str  # which database this is about, see `bot.health.looking.installation`
    database: str  # where it is, without user and password
    database_problem: str  # one sentence; "": it answers
    key_problem: str
    stored: StoredFacts | None
    kept: tuple[KeptFacts, ...] | None  # None where the database says nothing, or the key opens nothing
    disk: DiskFacts | None
    running: RunningFacts | None


class Alert(_Value):
    """Something that needs a person, and what to do."""

    kind: AlertKind
    what: str
    do: str


class HealthReport(_Value):
    """What was found; no alerts where all is well."""

    facts: HealthFacts
    alerts: tuple[Alert, ...]

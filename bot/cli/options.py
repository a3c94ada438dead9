"""What each command of the command line is given, typed: `bot.cli` makes it of what `bot.cli.parser` has read.

Loads nothing that takes time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """A command that reads the configuration."""

    config: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOptions:
    """`demo`."""

    port: int | None
    data_dir: Path
    time_scale: float
    no_browser: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InitOptions(Configured):
    """`init`."""

    token: str | None
    base_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions(Configured):
    """`run`."""

    take_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(Configured):
    """`check`."""

    strict: bool
    online: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusOptions(Configured):
    """`status`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionOptions(Configured):
    """`retention`."""

    yes: bool
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DbStatusOptions(Configured):
    """`db status`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DbMoveOptions(Configured):
    """`db move`."""

    to: str | None
    yes: bool
    cancel: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysStatusOptions(Configured):
    """`keys status`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortAddOptions(Configured):
    """`cohort add`."""

    programme: str
    start: date
    end: date
    name: str | None
    place: str
    audience: str
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortListOptions(Configured):
    """`cohort list`."""

    programme: str | None
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortEditOptions(Configured):
    """`cohort edit`."""

    cohort: str
    start: date | None
    end: date | None
    name: str | None
    place: str | None
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortCloseOptions(Configured):
    """`cohort close`."""

    cohort: str
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolOptions(Configured):
    """`enrol`."""

    cohort: str
    count: int  # 0 where a list is given
    list: Path | None
    sheet: str | None
    waiting: int
    by_lot: bool
    hidden: str | None
    dry_run: bool
    cards: Path | None
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantMoveOptions(Configured):
    """`participant move`."""

    code: str
    cohort: str
    within: str | None
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLeaveOptions(Configured):
    """`participant leave`."""

    code: str
    within: str | None
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantBeginOptions(Configured):
    """`participant begin`."""

    code: str
    cohort: str
    within: str | None
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantWithdrawOptions(Configured):
    """`participant withdraw`."""

    code: str
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantEraseOptions(Configured):
    """`participant erase`."""

    code: str
    yes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsOptions(Configured):
    """`consents`."""

    programme: str | None
    cohort: str | None
    format: str
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFormOptions(Configured):
    """`consent-form`."""

    programme: str
    language: str
    guardian: bool
    audience: str | None
    code: str | None
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOptions(Configured):
    """`paper`."""

    cohort: str
    wave: str
    code: str | None
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorInviteOptions(Configured):
    """`operator invite`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorListOptions(Configured):
    """`operator list`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorRemoveOptions(Configured):
    """`operator remove`."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffInviteOptions(Configured):
    """`staff invite`."""

    role: str
    library: str | None
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffListOptions(Configured):
    """`staff list`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRemoveOptions(Configured):
    """`staff remove`."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyListOptions(Configured):
    """`survey list`."""

    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyImportOptions:
    """`survey import`."""

    forms: list[Path]
    out: Path
    wave: str | None
    library: str | None
    code: str | None
    group: str | None
    leave_out: bool
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPreviewOptions(Configured):
    """`survey preview`."""

    programme: str
    wave: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineOptions(Configured):
    """`timeline`."""

    programme: str
    start: date
    end: date
    audience: str
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersExportOptions(Configured):
    """`answers export`."""

    programme: str | None
    out: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersImportOptions(Configured):
    """`answers import`."""

    file: Path
    compare: bool
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions(Configured):
    """`report …`."""

    kind: Literal["weekly", "library", "country", "impact", "compare", "mayor", "national"]
    programme: str | None
    library: str | None
    week: str | None
    month: str | None
    cohort: str | None
    format: str
    out: Path | None
    explain: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions(Configured):
    """`export`."""

    programme: str
    format: Literal["csv", "xlsx", "sav"]
    out: Path
    plain: bool
    texts: bool
    force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOptions(Configured):
    """`backup`."""

    file: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOptions(Configured):
    """`restore`."""

    file: Path
    rehearse: bool
    force: bool
    identity: Path | None

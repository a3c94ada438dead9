"""»Pregled«, as a channel with pages shows it: what waits, how groups answer, and a report. Knows no channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from bot.conversation.screens import Document, Picture, Screen

ReportFile = Literal["pdf", "html", "xlsx"]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group, with a count for each column."""

    name: str
    action: str  # to its card; "" for whoever may not see it
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The groups of one programme: who is enrolled, waits for the next group, consented, and answered each wave."""

    programme: str
    columns: tuple[str, ...]
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page can tell of: everything of whoever looks (""), or a part by its name in the address."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The page. Words of the report are those of its message, HTML as a Screen has it."""

    subject: Subject
    subjects: tuple[Subject, ...]  # to choose from, where there are several
    title: str
    tasks: Screen
    groups: tuple[GroupTable, ...]
    report: str
    picture: Picture


class Overviews(Protocol):
    """Makes the page for whoever may see it. `chat` is a sealed address, `about` names a `Subject`."""

    async def of(self, chat: bytes, about: str) -> Overview | None:
        """The page of this member of staff; None for everybody else."""
        ...

    async def file(self, chat: bytes, about: str, form: ReportFile) -> Document | None:
        """The report of the page as a file; None for whoever may not see it."""
        ...

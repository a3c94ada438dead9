"""What can be chosen with a button where the choice is of few words: as actions, views and orders write it."""

from __future__ import annotations

from enum import StrEnum

NATION = "national"  # the subject of what is of all libraries together


class Purpose(StrEnum):
    """What a programme is chosen for."""

    WEEKLY = "w"
    IMPACT = "i"
    EXPORT = "x"


class ReportKind(StrEnum):
    """A kind of report; its name in small letters is the one of `reports.report.Kind`."""

    WEEKLY = "w"
    LIBRARY = "l"
    IMPACT = "i"
    COMPARE = "c"
    MAYOR = "m"
    NATIONAL = "n"
    COUNTRY = "t"


class ReportForm(StrEnum):
    """In which form a report comes."""

    CHAT = "chat"
    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    SLIDE = "slide"


class DataForm(StrEnum):
    """In which form data come."""

    XLSX = "xlsx"
    CSV = "csv"
    SAV = "sav"


class Cadence(StrEnum):
    """How often something comes by itself."""

    WEEK = "week"
    MONTH = "month"


class DraftPart(StrEnum):
    """What of a new cohort is to be typed anew."""

    NAME = "name"
    DAYS = "days"

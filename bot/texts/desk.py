"""What staff read at a desk in the browser, beside the cards of every channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from surveys.locale_sl import day, number
from surveys.weeks import LJUBLJANA

COMMANDS = "Opravila"
CARD = "Vaše delo"
CODE = "Šifra osebe"
FIND = "Poišči"
OVERVIEW = "Pregled"
FILES = "Vaše datoteke"
FILE_CAME = "Prišla je nova datoteka. Najdete jo med svojimi datotekami."
KEPT = "Datoteke ostanejo tukaj trideset dni."
PREVIEW = "Odpri"
DOWNLOAD = "Prenesi"
TO_CARD = "Na kartico"
ABOUT = "O čem govori pregled"
TASKS = "Kaj je na vrsti"
REPORT = "Ta teden do zdaj"
BY_GROUP = "Odgovori po skupinah"
GROUP = "Skupina"
ENROLLED = "Vpisanih"
JOINED = "S privolitvijo"
ON_WAITING_LIST = "Na čakalnem seznamu"
REPORT_FILES: Mapping[str, str] = {
    "pdf": "Poročilo za tisk (PDF)",
    "html": "Poročilo kot stran",
    "xlsx": "Poročilo v Excelu",
}
_KILOBYTE = 1000
_MEGABYTE = 1_000_000


def size(count: int) -> str:
    """So many bytes: »1,4 MB«, »120 kB«."""
    if count < _MEGABYTE:
        return f"{number(max(1, round(count / _KILOBYTE)))}\u00a0kB"
    return f"{number(count / _MEGABYTE, 1)}\u00a0MB"


def moment(when: datetime) -> str:
    """»30. 11. 2026 ob 9.35«."""
    local = when.astimezone(LJUBLJANA)
    return f"{day(local.date())} ob {local.hour}.{local.minute:02}"


def preview_of(name: str) -> str:
    """The link that shows a file, for whoever hears it alone."""
    return f"{PREVIEW}: {name}"


def download_of(name: str) -> str:
    """The link that keeps a file."""
    return f"{DOWNLOAD}: {name}"

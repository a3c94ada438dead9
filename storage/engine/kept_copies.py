"""A folder of copies by their moment: what they are called, and which are kept. Makes and opens none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from storage.engine.new_files import UNFINISHED, abandoned

_MOMENT = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"povezujejo-(\d{8}T\d{6}Z)\.(?:db|dump)(?:\.age)?")
_ABANDONED = timedelta(hours=2)  # what was not finished for so long never will be


def moment_name(moment: datetime) -> str:
    """A moment as it stands in a name: ``20261130T023000Z``."""
    return moment.astimezone(UTC).strftime(_MOMENT)


def file_name(moment: datetime, *, sqlite: bool, encrypted: bool) -> str:
    """What a copy of this moment is called, like ``povezujejo-20261130T023000Z.db.age``."""
    return f"povezujejo-{moment_name(moment)}.{'db' if sqlite else 'dump'}{'.age' if encrypted else ''}"


def copies_in(folder: Path) -> dict[datetime, list[Path]]:
    """The copies by their moment; other files are nobody's business."""
    found: dict[datetime, list[Path]] = {}
    for path in sorted(folder.iterdir()):
        moment = _moment_of(path.name)
        if moment is not None:
            found.setdefault(moment, []).append(path)
    return found


def free_moment(folder: Path, now: datetime) -> datetime:
    """The first second from now on of which there is no copy: two may be asked for in one."""
    taken, moment = copies_in(folder), now.replace(microsecond=0)
    while moment in taken:
        moment += timedelta(seconds=1)
    return moment


def newest(folder: Path, now: datetime) -> datetime | None:
    """When the newest copy was made; None where there is none, or the folder cannot be read.

    One that is later than now was made by a wrong clock.
    """
    try:
        return max((moment for moment in copies_in(folder) if moment <= now), default=None)
    except OSError:
        return None


def keep(moments: Collection[datetime], now: datetime, zone: ZoneInfo, *, daily: int, weekly: int) -> set[datetime]:
    """Which of the copies stay: the newest of each of the last `daily` days, and of each of the last `weekly` weeks.

    Today and this week (from Monday) are the last ones, in the time of `zone`. The newest of all stays, however old it
    is. One that is later than now was made by a wrong clock: it stays for a person to look at, and stands in for no
    other. No other is older than `weekly` weeks or `daily` days.
    """
    past = sorted(moment for moment in moments if moment <= now)
    today = now.astimezone(zone).date()
    days = _newest_by((moment.astimezone(zone).date(), moment) for moment in past)
    weeks = _newest_by((_monday(moment.astimezone(zone).date()), moment) for moment in past)
    return {
        *(moment for moment in moments if moment > now),
        *past[-1:],
        *(moment for day, moment in days.items() if day > today - timedelta(days=daily)),
        *(moment for monday, moment in weeks.items() if monday > _monday(today) - timedelta(weeks=weekly)),
    }


def clear(folder: Path, now: datetime, zone: ZoneInfo, *, daily: int, weekly: int) -> list[str]:
    """Delete the copies that do not stay, and what was never finished; gives the names of the copies."""
    found = copies_in(folder)
    staying = keep(found, now, zone, daily=daily, weekly=weekly)
    gone = [path for moment, paths in found.items() if moment not in staying for path in paths]
    for path in gone:
        path.unlink(missing_ok=True)
    for path in abandoned(folder, f"povezujejo-*{UNFINISHED}", now.timestamp()):
        path.unlink(missing_ok=True)
    return [path.name for path in gone]


def _newest_by(dated: Iterable[tuple[date, datetime]]) -> dict[date, datetime]:
    """The last moment of each day; they come in order."""
    return dict(dated)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _moment_of(name: str) -> datetime | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None

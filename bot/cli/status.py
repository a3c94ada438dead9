"""`status`: one screen that says whether all is well, and what to do where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from http.client import HTTPConnection, HTTPException

from pydantic import ValidationError

from bot.cli.opening import say, settings_of
from bot.cli.options import StatusOptions
from bot.health.facts import HealthFacts, HealthReport, KeptFacts, RunningFacts, StoredFacts
from bot.health.judging import judge, stopped
from bot.health.looking import installation, look_from_outside
from bot.runtime.services import wall_clock
from bot.runtime.settings import Settings

_ANSWERS_SECONDS = 20.0  # the database may wait 10 for another process
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where everybody may ask, we ask at home
_COLUMN = 12
STARTS = "The bot starts and does not receive yet. Ask again in a minute."


def status(given: StatusOptions) -> int:
    """Say how everything is; the exit status is 1 where something needs a person, and until the bot receives."""
    settings = settings_of(given)
    report = _asked(settings) if settings.health.enabled else None
    if report is None:
        report = _from_outside(settings)
    if given.json:
        say(report.model_dump_json(indent=2))
    else:
        for line in _screen(report, settings):
            say(line)
    return 1 if report.alerts or _starts(report.facts) else 0


def _address(settings: Settings) -> tuple[str, int]:
    return _LOOPBACK.get(settings.health.listen, settings.health.listen), settings.health.port


def _asked(settings: Settings) -> HealthReport | None:
    """What the running bot says; None where nobody answers, or the bot of another database does."""
    host, port = _address(settings)
    line = HTTPConnection(host, port, timeout=_ANSWERS_SECONDS)
    try:
        line.request("GET", "/status")
        report = HealthReport.model_validate_json(line.getresponse().read())
    except (OSError, HTTPException, ValidationError):
        return None
    finally:
        line.close()
    return report if report.facts.installation == installation(settings) else None


def _from_outside(settings: Settings) -> HealthReport:
    facts = look_from_outside(settings, wall_clock())
    alerts = judge(facts, settings)
    if settings.health.enabled:
        host, port = _address(settings)
        alerts = (stopped(f"{host}:{port}"), *alerts)
    return HealthReport(facts=facts, alerts=alerts)


def _screen(report: HealthReport, settings: Settings) -> Iterator[str]:
    facts, zone = report.facts, settings.schedule.timezone
    yield _heading(report)
    yield ""
    if facts.running is None:
        why = "see below" if settings.health.enabled else "not asked ([health] enabled = false)"
        yield _row("Bot", f"{why}; what follows is from the database alone")
    else:
        yield from _running(facts.running, facts, zone)
    yield _row("Database", f"{facts.database}{_size(facts.stored)}")
    if facts.disk is not None:
        yield _row("Disk", f"{_bytes(facts.disk.free)} of {_bytes(facts.disk.total)} are free in {facts.disk.folder}")
    if facts.stored is not None:
        yield from _stored(facts.stored, zone)
    if facts.kept is not None:
        yield _row("Retention", _retention(facts.kept))
    for alert in report.alerts:
        yield ""
        yield f"! {alert.what}"
        yield f"  {alert.do}"


def _starts(facts: HealthFacts) -> bool:
    return facts.running is not None and not facts.running.receives


def _heading(report: HealthReport) -> str:
    alerts = len(report.alerts)
    if not alerts:
        return STARTS if _starts(report.facts) else "All is well."
    return "One thing needs you." if alerts == 1 else f"{alerts} things need you."


def _running(running: RunningFacts, facts: HealthFacts, zone: tzinfo) -> Iterator[str]:
    receives = "receives" if running.receives else "does not receive yet"
    yield _row("Bot", f"{facts.version}, runs since {_moment(running.started_at, zone)}, {receives} ({running.mode})")
    webhook = f"; the webhook: {running.webhook}" if running.webhook else ""
    yield _row("Telegram", f"last heard {_moment(running.heard_at, zone)}{webhook}")
    for kind, updates in running.updates.items():
        within = f"half within {_seconds(updates.half)}, 99 of 100 within {_seconds(updates.most)}"
        yield _row(f"{kind.capitalize()}s", f"{updates.handled} handled, {within}")
    queues = f"{running.waiting} updates, {running.showing} cards; {running.given_up} updates given up"
    yield _row("Waiting", queues)
    yield _row("Reports", f"their process was restarted {running.worker_restarts} times")


def _stored(stored: StoredFacts, zone: tzinfo) -> Iterator[str]:
    yield _row("Last update", _moment(stored.last_update, zone))
    now = f"{stored.due} due now, {stored.late} late; of 7 days {stored.uncertain} uncertain, {stored.failed} failed"
    yield _row("Deliveries", now)
    yield _row("Cards", f"{stored.behind} chats are behind")
    yield _row("Backup", f"last made {_moment(stored.backup_at, zone)}")
    told = f"{stored.operators} told in the chat" if stored.operators else "nobody is told: povezujejo operator invite"
    yield _row("Operators", told)


def _retention(kept: Sequence[KeptFacts]) -> str:
    """How much is kept for a time, and whether anything for too long; what that is stands in the alert."""
    overdue = sum(one.overdue for one in kept)
    return f"{sum(one.kept for one in kept)} kept for a time, {overdue or 'none'} overdue"


def _row(name: str, says: str) -> str:
    return f"{name:<{_COLUMN}}{says}"


def _size(stored: StoredFacts | None) -> str:
    return "" if stored is None else f", {_bytes(stored.bytes)}"


def _bytes(number: int) -> str:
    """Megabytes, or gigabytes from a thousand on."""
    megabytes = number / 1e6
    return f"{megabytes / 1000:.1f} GB" if megabytes >= 1000 else f"{megabytes:.1f} MB"  # noqa: PLR2004 - a thousand


def _moment(moment: datetime | None, zone: tzinfo) -> str:
    return "never" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _seconds(seconds: float | None) -> str:
    return "more than 10 s" if seconds is None else f"{seconds:g} s"

"""What of the facts needs a person, and what to do about it. Pure; the same for the running bot and from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.health.facts import Alert, AlertKind, DiskFacts, HealthFacts, RunningFacts, StoredFacts
from bot.runtime.settings import Settings

SILENT = timedelta(minutes=5)  # without an answer of the Bot API, which polling asks at least every 70 seconds
_LONG_TICK = timedelta(hours=1)  # a tick that makes many reports takes minutes
_REMEMBERED = timedelta(hours=24)  # for so long an update that was given up needs somebody
_MANY_DEATHS = 3  # in an hour
OLD_BACKUP = timedelta(hours=36)  # one is made every night
_MEGABYTE = 1_000_000
_WAITS = "Until that is mended nothing is answered; what people write waits with Telegram for a day."
_BACKUP = "Mend what it says, then make one: povezujejo backup."
_FORGET = "Run: povezujejo retention --yes. If the bot runs, its log says why it did not: see »was not forgotten«."
_WEBHOOK_TROUBLE = {  # by `bot.telegram.intake.webhook_watch.WebhookState`
    "failing": "Telegram does not get through to the webhook.",
    "lost": "Somebody has taken the webhook away, and it cannot be set again.",
}
_WEBHOOK = "See the web server, its certificate, and whether another program uses this token. The log says more."

Found = Iterator[tuple[AlertKind, str, str]]


def judge(facts: HealthFacts, settings: Settings) -> tuple[Alert, ...]:
    """Everything that needs a person, the gravest first."""
    found = [*_around(facts, settings), *(() if facts.running is None else _inside(facts, facts.running))]
    return tuple(Alert(kind=kind, what=what, do=do) for kind, what, do in found)


def stopped(where: str) -> Alert:
    """No bot answers where one should."""
    return Alert(
        kind=AlertKind.STOPPED,
        what=f"No bot answers on {where}.",
        do="Start it (systemctl start povezujejo, or povezujejo run). If it runs, its log says why it does not answer.",
    )


def unready(facts: HealthFacts) -> dict[str, str]:
    """What the process needs to take updates → why it has not got it ("": it has)."""
    running = facts.running
    telegram = "" if running is None else _silence(facts, running)
    if running is not None and not running.receives:
        telegram = telegram or "The bot does not receive yet."
    disk = facts.disk is not None and facts.disk.free < _MEGABYTE
    return {
        "database": facts.database_problem,
        "telegram": telegram,
        "key": facts.key_problem,
        "disk": "The disk is full." if disk else "",
    }


def nearly_full(disk: DiskFacts, settings: Settings) -> Found:
    """A disk with less room than the settings ask for."""
    if disk.free < settings.health.least_free_mb * _MEGABYTE:
        what = f"{disk.free // _MEGABYTE} MB are left on the disk of {disk.folder}."
        yield AlertKind.DISK, what, "Make room: old copies, logs. With a full disk nothing can be answered."


def _around(facts: HealthFacts, settings: Settings) -> Found:
    if facts.database_problem:
        yield AlertKind.DATABASE, facts.database_problem, _WAITS
    if facts.key_problem:
        do = "Bring back the copy of the key file. Make no new one: it opens nothing that is sealed. Do not restart."
        yield AlertKind.KEY, facts.key_problem, do
    if facts.disk is not None:
        yield from nearly_full(facts.disk, settings)
    if facts.stored is not None:
        yield from _kept(facts, facts.stored, nightly=settings.backup.nightly)
    yield from _overdue(facts)


def _kept(facts: HealthFacts, stored: StoredFacts, *, nightly: bool) -> Found:
    """What the database says of itself. Where no copy was made yet, the time since the start counts."""
    copied = stored.backup_at or (None if facts.running is None else facts.running.started_at)
    if stored.backup_problem:
        yield AlertKind.BACKUP, f"The last backup did not work: {stored.backup_problem}", _BACKUP
    elif nightly and copied is not None and facts.at - copied > OLD_BACKUP:
        yield AlertKind.BACKUP, f"There has been no backup since {copied:%Y-%m-%d %H:%M} UTC.", _BACKUP
    if stored.late:
        what = f"{_counted(stored.late, 'delivery is', 'deliveries are')} late by more than 15 minutes."
        yield AlertKind.LATE, what, "If the bot runs, see its log for »delivery … failed«; else start it."


def _overdue(facts: HealthFacts) -> Found:
    found = [f"{one.what} ({one.overdue})" for one in facts.kept or () if one.overdue]
    if found:
        yield AlertKind.RETENTION, f"What should have been forgotten is still there: {', '.join(found)}.", _FORGET


def _inside(facts: HealthFacts, running: RunningFacts) -> Found:
    if silence := _silence(facts, running):
        yield AlertKind.TELEGRAM, silence, "See that this machine reaches api.telegram.org. Nothing is lost meanwhile."
    if running.webhook in _WEBHOOK_TROUBLE:
        yield AlertKind.WEBHOOK, _WEBHOOK_TROUBLE[running.webhook], _WEBHOOK
    if not running.moves:
        what = f"{_counted(running.waiting, 'update waits', 'updates wait')}, the intake does not go on."
        yield AlertKind.INTAKE, what, "Restart the bot; Telegram brings again what was not handled. Keep the log."
    if facts.at - (running.ticked_at or running.started_at) > _LONG_TICK + timedelta(seconds=running.tick_seconds):
        yield AlertKind.TICK, "What is due has not been looked at for an hour.", "Restart the bot. Keep the log."
    if running.given_up_at is not None and facts.at - running.given_up_at < _REMEMBERED:
        what = f"{_counted(running.given_up, 'update was', 'updates were')} given up since the start."
        do = "Who sent it was told that it did not work. Report what the log says above »an update was given up«."
        yield AlertKind.GIVEN_UP, what, do
    if running.worker_deaths >= _MANY_DEATHS:
        what = f"The process that makes reports died {running.worker_deaths} times in an hour."
        yield AlertKind.WORKER, what, "See in the log what was being made; see that memory is free."


def _silence(facts: HealthFacts, running: RunningFacts) -> str:
    """That Telegram is not heard. A bot with a webhook asks it once a minute, in a tick that may be a long one."""
    since = running.heard_at or running.started_at
    longest = _LONG_TICK if running.mode == "webhook" and running.heard_at is not None else SILENT
    return f"Telegram has not answered since {since:%Y-%m-%d %H:%M} UTC." if facts.at - since > longest else ""


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"

"""What needs a person, of made-up facts: each alert by what causes it alone, and nothing where all is well."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.health.facts import AlertKind, DiskFacts, HealthFacts, KeptFacts, RunningFacts, StoredFacts, UpdateFacts
from bot.health.judging import judge, stopped, unready
from bot.runtime.settings import Settings

NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
SETTINGS = Settings()
BY_HAND = Settings.model_validate({"backup": {"nightly": False}})


def ago(**length):
    return NOW - timedelta(**length)


def stored(**differs):
    well = {
        "due": 3, "late": 0, "uncertain": 2, "failed": 1, "behind": 0, "last_update": ago(hours=9), "bytes": 10**7,
        "keys": (1,),         "operators": 1, "backup_at": ago(hours=4), "backup_problem": "",
    }  # fmt: skip
    return StoredFacts(**{**well, **differs})


def running(**differs):
    well = {
        "started_at": ago(days=40), "mode": "polling", "receives": True, "heard_at": ago(minutes=1), "moves": True,
        "webhook": "", "webhook_lost": 0, "ticked_at": ago(seconds=9), "tick_seconds": 15.0,
        "updates": {"tap": UpdateFacts(handled=9, half=0.025, most=None)}, "waiting": 0, "waiting_seconds": 0.0,
        "showing": 0, "given_up": 0, "given_up_at": None, "worker_restarts": 2, "worker_deaths": 2,
    }  # fmt: skip
    return RunningFacts(**{**well, **differs})


def facts(**differs):
    well = {
        "at": NOW, "version": "1", "installation": "a", "database": "povezujejo.db", "database_problem": "",
        "key_problem": "", "stored": stored(), "disk": DiskFacts(folder="/srv", free=10**10, total=10**11),
        "kept": (KeptFacts(what="typed words", kept=3, overdue=0),), "running": running(),
    }  # fmt: skip
    return HealthFacts(**{**well, **differs})


CAUSES = {
    AlertKind.DATABASE: facts(database_problem="It is locked.", stored=None),
    AlertKind.KEY: facts(key_problem="There is no key file."),
    AlertKind.DISK: facts(disk=DiskFacts(folder="/srv", free=499_999_999, total=10**11)),
    AlertKind.BACKUP: facts(stored=stored(backup_at=ago(hours=37))),
    AlertKind.LATE: facts(stored=stored(late=1)),
    AlertKind.TELEGRAM: facts(running=running(heard_at=ago(minutes=6))),
    AlertKind.WEBHOOK: facts(running=running(mode="webhook", webhook="failing")),
    AlertKind.INTAKE: facts(running=running(moves=False, waiting=4)),
    AlertKind.TICK: facts(running=running(ticked_at=ago(minutes=61))),
    AlertKind.GIVEN_UP: facts(running=running(given_up=1, given_up_at=ago(hours=23))),
    AlertKind.WORKER: facts(running=running(worker_deaths=3)),
    AlertKind.RETENTION: facts(kept=(KeptFacts(what="typed words", kept=3, overdue=1),)),
}


def kinds(seen, settings=SETTINGS):
    return [alert.kind for alert in judge(seen, settings)]


def test_every_alert_has_a_cause_here():
    assert {*CAUSES, stopped("127.0.0.1:8675").kind} == set(AlertKind)


@pytest.mark.parametrize("kind", CAUSES)
def test_each_cause_gives_its_alert_alone_with_what_to_do(kind):
    (alert,) = judge(CAUSES[kind], SETTINGS)
    assert alert.kind is kind
    assert alert.what.endswith(".")
    assert alert.do


@pytest.mark.parametrize(
    "seen",
    [
        facts(),
        facts(running=None),
        facts(kept=None),
        facts(disk=None, running=running(mode="webhook", webhook="ours", heard_at=ago(minutes=19))),
        facts(running=running(given_up=1, given_up_at=ago(hours=24))),
        facts(stored=stored(backup_at=None), running=running(started_at=ago(hours=35))),
        facts(stored=stored(backup_at=None), running=None),
        facts(running=running(heard_at=None, ticked_at=None, started_at=ago(minutes=4), receives=False)),
    ],
)
def test_where_all_is_well_nobody_is_needed(seen):
    assert kinds(seen) == []


def test_a_copy_that_failed_needs_somebody_also_where_none_is_made_at_night():
    assert kinds(facts(stored=stored(backup_problem="No room.")), BY_HAND) == [AlertKind.BACKUP]
    assert kinds(facts(stored=stored(backup_at=ago(days=90))), BY_HAND) == []
    assert kinds(facts(stored=stored(backup_at=None))) == [AlertKind.BACKUP]


@pytest.mark.parametrize(
    ("missing", "seen"),
    [
        (set(), facts()),
        (set(), CAUSES[AlertKind.BACKUP]),
        (set(), CAUSES[AlertKind.WORKER]),
        ({"database"}, CAUSES[AlertKind.DATABASE]),
        ({"key"}, CAUSES[AlertKind.KEY]),
        ({"disk"}, facts(disk=DiskFacts(folder="/srv", free=999_999, total=10**11))),
        ({"telegram"}, CAUSES[AlertKind.TELEGRAM]),
        ({"telegram"}, facts(running=running(receives=False))),
    ],
)
def test_ready_is_whoever_takes_updates(missing, seen):
    assert {what for what, why in unready(seen).items() if why} == missing

"""The figures for Prometheus, made at the moment in which they are asked for. No label says anything about a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.health.facts import AlertKind, HealthFacts, HealthReport, KeptFacts, RunningFacts, StoredFacts
from bot.runtime.activity import BOUNDS, Activity, Latencies

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposed(report: HealthReport, activity: Activity) -> bytes:
    """What `/metrics` answers."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(_Collected(report, activity))
    return generate_latest(registry)


class _Collected:
    """What prometheus_client calls a collector."""

    def __init__(self, report: HealthReport, activity: Activity) -> None:
        self._report, self._activity = report, activity

    def collect(self) -> Iterator[Metric]:
        """Every figure of ours."""
        facts = self._report.facts
        yield InfoMetricFamily("povezujejo", "The program.", {"version": facts.version})
        yield from _alerts(self._report)
        yield from _around(facts)
        if facts.stored is not None:
            yield from _stored(facts.stored)
        if facts.running is not None:
            yield from _running(facts.running)
        yield from _updates(self._activity)


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(f"povezujejo_{name}", says, value)


def _moment(name: str, says: str, value: datetime | None) -> Iterator[Metric]:
    """Seconds since 1970; left out where it was never."""
    if value is not None:
        yield _gauge(f"{name}_timestamp_seconds", says, value.timestamp())


def _counter(name: str, says: str, value: float) -> Metric:
    return CounterMetricFamily(f"povezujejo_{name}", says, value)


def _alerts(report: HealthReport) -> Iterator[Metric]:
    there = {alert.kind for alert in report.alerts}
    family = GaugeMetricFamily("povezujejo_alert", "1: this needs a person.", labels=["kind"])
    for kind in AlertKind:
        family.add_metric([kind], float(kind in there))
    yield family


def _around(facts: HealthFacts) -> Iterator[Metric]:
    yield _gauge("database_up", "1: the database answers.", not facts.database_problem)
    yield _gauge("key_up", "1: the key file holds the key of the database.", not facts.key_problem)
    if facts.disk is not None:
        yield _gauge("disk_free_bytes", "Free on the disk of the database.", facts.disk.free)
    if facts.kept is not None:
        yield from _kept(facts.kept)


def _kept(kept: Sequence[KeptFacts]) -> Iterator[Metric]:
    yield _gauge("kept", "What is kept for a time.", sum(one.kept for one in kept))
    yield _gauge("overdue", "What of it should have been forgotten.", sum(one.overdue for one in kept))


def _stored(stored: StoredFacts) -> Iterator[Metric]:
    yield _gauge("deliveries_due", "Deliveries whose moment has come.", stored.due)
    yield _gauge("deliveries_late", "Deliveries whose moment came 15 minutes ago or earlier.", stored.late)
    says = "Deliveries of 7 days of which nobody knows whether they arrived."
    yield _gauge("deliveries_uncertain", says, stored.uncertain)
    yield _gauge("deliveries_failed", "Deliveries of 7 days that could not be sent.", stored.failed)
    yield _gauge("chats_behind", "Chats that have not seen their newest card for 2 minutes.", stored.behind)
    yield _gauge("database_bytes", "Size of the database.", stored.bytes)
    yield _gauge("backup_failed", "1: no backup could be made since the last one.", bool(stored.backup_problem))
    yield from _moment("last_backup", "When the last backup was made and verified.", stored.backup_at)
    yield from _moment("last_update", "When something that came in was last handled.", stored.last_update)


def _running(running: RunningFacts) -> Iterator[Metric]:
    yield from _moment("start", "When the bot was started.", running.started_at)
    yield from _moment("last_poll", "When the Bot API last answered the intake.", running.heard_at)
    yield from _moment("last_tick", "When all that was due was last looked at.", running.ticked_at)
    yield _gauge("receives", "1: updates come in.", running.receives)
    if running.webhook:
        webhook = GaugeMetricFamily("povezujejo_webhook", "1: the webhook stands so.", labels=["state"])
        webhook.add_metric([running.webhook], 1.0)
        yield webhook
        yield _counter("webhook_lost", "How often somebody took the webhook away.", running.webhook_lost)
    yield _gauge("updates_waiting", "Updates that are not committed yet.", running.waiting)
    yield _gauge("updates_waiting_seconds", "Since when the oldest of them waits.", running.waiting_seconds)
    yield _gauge("cards_waiting", "Chats whose card is on its way.", running.showing)
    yield _counter("updates_given_up", "Updates that failed again and again, and were set aside.", running.given_up)
    yield _counter("worker_restarts", "How often the process that makes reports died.", running.worker_restarts)


def _updates(activity: Activity) -> Iterator[Metric]:
    family = HistogramMetricFamily(
        "povezujejo_update_seconds", "From the arrival of an update to its commit.", labels=["kind"]
    )
    for kind, took in sorted(activity.handled.items()):
        family.add_metric([kind], _buckets(took), took.seconds)
    yield family
    family = HistogramMetricFamily("povezujejo_card_seconds", "From the commit until the card is on the phone.")
    family.add_metric([], _buckets(activity.shown), activity.shown.seconds)
    yield family


def _buckets(took: Latencies) -> list[tuple[str, float]]:
    return list(zip((*map(str, BOUNDS), "+Inf"), accumulate(took.counts), strict=True))

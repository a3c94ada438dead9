"""What `reports.py` measures, each in a process of its own: reading with pandas, the reports, a bot that makes them."""

# ruff: noqa: PLC0415 - what one of them imports must not weigh on the others

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.append(sys.path.pop(0))  # `reports` is the package, not the script beside this one
CHUNK = 20_000
IDLE_SECONDS, TURNS = 6.0, 4
_PEOPLE = (
    "SELECT e.id, p.code, c.id, c.audience, c.start, e.state, e.enrolled_at, e.joined_at FROM cohort c"
    " JOIN enrolment e ON e.cohort = c.id JOIN participant p ON p.id = e.participant WHERE c.programme = '{slug}'"
)
_OCCASIONS = (
    "SELECT o.enrolment, o.wave, o.opens_at, o.closes_at, o.state, o.invited_at, r.id, r.mode, r.finished_at"
    " FROM cohort c JOIN enrolment e ON e.cohort = c.id JOIN occasion o ON o.enrolment = e.id"
    " LEFT JOIN run r ON r.occasion = o.id WHERE c.programme = '{slug}'"
)
_ANSWERS = (
    "SELECT a.run, a.item, a.value FROM cohort c JOIN enrolment e ON e.cohort = c.id"
    " JOIN occasion o ON o.enrolment = e.id JOIN run r ON r.occasion = o.id JOIN answer a ON a.run = r.id"
    " WHERE c.programme = '{slug}' AND a.value IS NOT NULL"
)
WAYS = ("read_sql, SQLAlchemy", "read_sql, driver", "read_sql, driver, chunks of categories")


def read(way: str, url: str) -> dict[str, float]:
    """Nothing but the columns that the reports need, programme by programme, in one of pandas' ways."""
    import pandas as pd
    from reports_data import programmes

    from storage.engine.engines import read_url, transaction

    def one(given: Any, query: str) -> object:
        if not way.endswith("categories"):
            return pd.read_sql_query(query, given)
        parts = pd.read_sql_query(query, given, chunksize=CHUNK)
        return [part.astype({name: "category" for name in ("item", "wave") if name in part}) for part in parts]

    warnings.simplefilter("ignore", UserWarning)  # pandas tests other drivers than sqlite3 only below SQLAlchemy
    with transaction(read_url(url), query_only=True) as connection:
        raw = connection.connection.driver_connection
        slugs = [programme.slug for programme in programmes()]
        selects = (_PEOPLE, _OCCASIONS, _ANSWERS)
        if way == WAYS[0]:
            from sqlalchemy import text

            run = partial(pd.read_sql_query, con=connection)
            return _timed(lambda: [[run(text(one.format(slug=slug))) for one in selects] for slug in slugs])
        return _timed(lambda: [[one(raw, query.format(slug=slug)) for query in selects] for slug in slugs])


def impact(url: str) -> dict[str, float]:
    """The impact report of every programme, from the database to the value that is rendered."""
    import scipy.special  # noqa: F401 - as in a process that has made a report before
    from reports_data import NOW, programmes

    from reports.disclosure.suppression import Cells
    from reports.kinds.impact import impact as make
    from storage.engine.engines import read_url, transaction

    with transaction(read_url(url), query_only=True) as connection:
        every = programmes()
        return _timed(lambda: [make(connection, one, NOW, Cells(5, 10), bytes.decode) for one in every])


def of_a_country(what: str, url: str, slug: str = "") -> dict[str, float]:
    """A report out of many answers, or nothing but a scan of the column of their values."""
    import scipy.optimize
    import scipy.special  # noqa: F401 - both as in a process that has made a report before
    from reports_data import NOW, programmes

    from reports.disclosure.suppression import Cells
    from reports.kinds.country import country
    from reports.kinds.impact import impact as of_impact
    from reports.kinds.mayor import mayor
    from reports.kinds.national import national
    from reports.kinds.weekly import weekly
    from storage.engine.engines import read_url, transaction
    from surveys.weeks import week_of

    every, week = programmes(), week_of(NOW).previous
    one = next((each for each in every if each.slug == slug), every[0])
    with transaction(read_url(url), query_only=True) as connection:
        cells, words = Cells(5, 10), bytes.decode
        works: dict[str, Callable[[], object]] = {
            "scan": lambda: connection.exec_driver_sql("SELECT sum(value) FROM answer").scalar(),
            "national": lambda: national(connection, every, NOW, cells, words),
            "country": lambda: country(connection, every, week, NOW, cells),
            "impact": lambda: of_impact(connection, one, NOW, cells, words),
            "weekly": lambda: weekly(connection, one, week, NOW, cells, words),
            "mayor": lambda: mayor(connection, [one], NOW, cells, words),
        }
        return _timed(works[what])


def _timed(work: Callable[[], object]) -> dict[str, float]:
    begin, busy = time.perf_counter(), time.process_time()
    kept = work()
    seconds, processor = time.perf_counter() - begin, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    del kept
    return {"seconds": seconds, "processor": processor, "megabytes": peak}


def bot(port: str, folder: str) -> None:
    """The bot as it runs; it says when it was idle and, in turn, when it made reports."""
    from conversation_bots import MORNING, settings_in

    from bot import delivery
    from bot.app import run, told_to_stop
    from bot.runtime.process import WorkerProcess
    from bot.runtime.services import open_services
    from bot.telegram.limiter import Limiter, Rates

    async def main() -> None:
        services = await open_services(settings_in(Path(folder), f"http://127.0.0.1:{port}/bot"), clock=lambda: MORNING)
        work = asyncio.create_task(_idle_then_busy(replace(services, worker_process=WorkerProcess())))
        limiter = Limiter(Rates(overall=1e6, overall_burst=10_000, chat=1e6, chat_burst=1000))
        running = asyncio.create_task(
            run(services, told_to_stop(), delivery.deliver_due, delivery.fetch_due, limiter=limiter)
        )
        await asyncio.wait((work, running), return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        print(json.dumps(await work), flush=True)

    asyncio.run(main())


async def _idle_then_busy(services: Any) -> dict[str, Any]:
    from bot.worker import requests
    from bot.worker.requests import ReportSpec

    await asyncio.sleep(3)
    spans: dict[str, list[tuple[float, float]]] = {"idle": [], "busy": []}
    for _ in range(TURNS):
        begin = time.perf_counter()
        await asyncio.sleep(IDLE_SECONDS)
        between = time.perf_counter()
        for slug in services.programmes:
            report = await requests.make(services, ReportSpec("impact", slug))
            await requests.render(services, report, "pdf")
        spans["idle"].append((begin, between))
        spans["busy"].append((between, time.perf_counter()))
    services.worker_process.close()
    return {**spans, "made": TURNS * len(services.programmes)}


def alone(url: str, keys: str, kind: str, most: str, *forms: str) -> list[float]:
    """Making reports of so many programmes and rendering them, in seconds, after one that pays for the imports."""
    from reports_data import programmes
    from reports_order import order_of

    from bot.worker.jobs import JobInputs, rendered, report

    every = {one.slug: one for one in programmes()}
    desk = JobInputs(url, Path(keys), every, (5, 10), demo=True, now=datetime.now(UTC))

    def one(programme: Any) -> float:
        begin = time.perf_counter()
        made = report(desk, order_of(kind, programme, desk.now))
        for form in forms:
            rendered(made, form)
        return time.perf_counter() - begin

    return [one(programme) for programme in [*every.values()][: int(most) + 1]][1:]


def parts(url: str, keys: str, kind: str, *forms: str) -> list[tuple[float, float]]:
    """Processor seconds of a report in several forms, of each programme: made once, and made anew for each form.

    In turn, so that neither has the warmer memory; the first programme pays for the imports.
    """
    from reports_data import programmes
    from reports_order import order_of

    from bot.worker.jobs import JobInputs, rendered, report

    every = {one.slug: one for one in programmes()}
    inputs = JobInputs(url, Path(keys), every, (5, 10), demo=True, now=datetime.now(UTC))

    def seconds(programme: Any, times: int) -> float:
        begin = time.process_time()
        made = [report(inputs, order_of(kind, programme, inputs.now)) for _ in range(times)]
        for place, form in enumerate(forms):
            rendered(made[place % times], form)
        return time.process_time() - begin

    found = []
    for turn, programme in enumerate((*every.values(), *every.values())):
        order = (1, len(forms)) if turn % 2 else (len(forms), 1)
        took = {times: seconds(programme, times) for times in order}
        found.append((took[1], took[len(forms)]))
    return found[len(every) :]  # every programme for the second time: nothing is computed first


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    if what == "bot":
        bot(*arguments)
    else:
        work = {"read": read, "impact": impact, "alone": alone, "parts": parts, "of": of_a_country}[what]
        print(json.dumps(work(*arguments)), flush=True)

"""A million answers of six programmes, the same in SQLite and in PostgreSQL, for the benchmark of reports.

    python benchmarks/reports_data.py sqlite:///file.db 1000000

Cohorts of twelve, three waves, every twentieth answer »Ne vem«, every ninth person silent at the end.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Table

from storage import schema
from storage.answers import definitions
from storage.engine.engines import read_url, transaction
from storage.engine.migrate import upgrade
from storage.schema import EnrolmentState, OccasionState
from surveys.load import load, shipped
from surveys.model import ORDERED, Item, Kind, Mode, NonAnswer, Programme

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FIRST_START, DAYS = date(2018, 1, 8), 2900
IN_A_COHORT = 12
BATCH = 50_000
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Row = tuple[Any, ...]
COLUMNS = {
    schema.cohort: ("id", "programme", "name", "start", "end", "created_at"),
    schema.participant: ("id", "code", "created_at"),
    schema.enrolment: ("id", "participant", "cohort", "state", "enrolled_at", "joined_at"),
    schema.occasion: ("id", "enrolment", "wave", "opens_at", "closes_at", "state", "invited_at"),
    schema.run: ("id", "occasion", "questionnaire", "mode", "revision", "started_at", "finished_at"),
    schema.answer: ("run", "item", "value", "non_answer", "answered_at"),
}


def programmes() -> list[Programme]:
    """The six that are shipped."""
    return list(load([shipped()]).programmes.values())


class Village:
    """People who answer, row by row, until there are enough answers."""

    def __init__(self, answers: int, slug: str = "") -> None:
        self.chance = random.Random(22)
        self.left = answers
        self.numbers: defaultdict[str, int] = defaultdict(int)
        self.programmes = [one for one in programmes() if slug in ("", one.slug)]

    def rows(self) -> Iterator[tuple[Table, Row]]:
        """Everything, each row after what it refers to."""
        while self.left > 0:
            for programme in self.programmes:
                yield from self._cohort(programme)

    def _next(self, table: Table) -> int:
        self.numbers[table.name] += 1
        return self.numbers[table.name]

    def _cohort(self, programme: Programme) -> Iterator[tuple[Table, Row]]:
        number = self._next(schema.cohort)
        start = FIRST_START + timedelta(days=self.chance.randrange(DAYS))
        made = datetime.combine(start, time(8), UTC) - 20 * DAY
        yield schema.cohort, (number, programme.slug, f"skupina {number}", start, start + 28 * DAY, made)
        for _ in range(IN_A_COHORT):
            yield from self._person(programme, number, made)

    def _person(self, programme: Programme, cohort: int, made: datetime) -> Iterator[tuple[Table, Row]]:
        number = self._next(schema.participant)
        yield schema.participant, (number, f"{programme.code}-{number:05X}"[:9], made)
        yield schema.enrolment, (number, number, cohort, EnrolmentState.ACTIVE, made, made + 5 * DAY)
        level = self.chance.random()
        for wave, after in (("before", 20), ("after", 48), ("followup", 138)):
            opens = made + after * DAY
            silent = self.chance.random() < (0.02 if wave == "before" else 0.11)
            if opens > NOW or programme.wave(wave) is None:
                continue
            occasion = self._next(schema.occasion)
            state = OccasionState.MISSED if silent else OccasionState.COMPLETE
            yield schema.occasion, (occasion, number, wave, opens, opens + 14 * DAY, state, opens)
            if not silent:
                yield from self._run(programme, wave, occasion, opens, level)
            level = min(1.0, level + self.chance.uniform(-0.1, 0.35))

    def _run(
        self, programme: Programme, wave: str, occasion: int, opens: datetime, level: float
    ) -> Iterator[tuple[Table, Row]]:
        found = programme.wave(wave)
        if found is None:
            raise ValueError(wave)
        questionnaire = programme.questionnaire(found)
        run, at = self._next(schema.run), opens + DAY
        mode = self.chance.choices(list(Mode), (80, 10, 5, 5))[0]
        yield schema.run, (run, occasion, questionnaire.hash, mode, 9, at, at + timedelta(minutes=4))
        for item in questionnaire.items:
            if not item.asks or item.kind is Kind.TEXT:
                continue
            self.left -= 1
            unsure = self.chance.random() < 1 / 20
            value = None if unsure else self._value(item, level)
            yield schema.answer, (run, item.id, value, NonAnswer.DONT_KNOW if unsure else None, at)

    def _value(self, item: Item, level: float) -> int:
        wanted = min(1.0, max(0.0, self.chance.gauss(level, 0.25)))
        if item.kind is Kind.NUMBER:
            return round((item.minimum or 0) + wanted * ((item.maximum or 7) - (item.minimum or 0)))
        codes = [choice.code for choice in item.choices]
        if item.kind is Kind.MULTIPLE:
            return sum(1 << code for code in codes if self.chance.random() < 1 / 2) or 1 << codes[0]
        place = round(wanted * (len(codes) - 1))
        return codes[-1 - place if item.reverse and item.kind in ORDERED else place]


def fill(url: str, answers: int, slug: str = "") -> None:
    """Migrate an empty database and put so many answers into it, of all programmes or of one."""
    upgrade(url)
    with transaction(read_url(url)) as connection:
        definitions.sync(connection, programmes(), EPOCH)
        waiting: dict[Table, list[Row]] = {table: [] for table in COLUMNS}
        for table, row in Village(answers, slug).rows():
            waiting[table].append(row)
            if len(waiting[schema.answer]) >= BATCH:
                _store(connection, waiting)
        _store(connection, waiting)
    with transaction(read_url(url)) as connection:
        connection.exec_driver_sql("ANALYZE")


def _store(connection: Connection, waiting: dict[Table, list[Row]]) -> None:
    for table, rows in waiting.items():
        names = ", ".join(f'"{name}"' for name in COLUMNS[table])
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" * len(COLUMNS[table]))
            plain = [tuple(map(_plain, row)) for row in rows]
            if plain:
                connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", plain)
        else:
            cursor = connection.connection.cursor()
            with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        rows.clear()


def _plain(value: Any) -> Any:
    """As SQLite keeps it: microseconds, and dates as text."""
    if isinstance(value, datetime):
        return (value - EPOCH) // timedelta(microseconds=1)
    return value.isoformat() if isinstance(value, date) else value


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))

"""People and answers for the tests of reports, written straight into the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine, delete, insert, select, update

from storage import schema
from storage.answers import definitions
from storage.schema import Allocation, Decision, EnrolmentState, OccasionState
from surveys.load import load, shipped
from surveys.model import EnrolmentRole, Mode, NonAnswer, Programme, Wave
from surveys.waiting import asked

START = date(2026, 8, 3)
END = date(2026, 8, 28)
OPENS = {
    "before": datetime(2026, 8, 2, 8, tzinfo=UTC),
    "after": datetime(2026, 8, 28, 8, tzinfo=UTC),
    "followup": datetime(2026, 11, 26, 9, tzinfo=UTC),
    "volunteer_before": datetime(2026, 8, 2, 8, tzinfo=UTC),
    "volunteer_after": datetime(2026, 8, 28, 8, tzinfo=UTC),
}
DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def programmes() -> dict[str, Programme]:
    return dict(load([shipped()]).programmes)


@pytest.fixture
def memory() -> Iterator[Connection]:
    """A connection inside a transaction on an empty SQLite database in memory."""
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


@dataclass
class Group:
    """One cohort that a test fills with people."""

    connection: Connection
    programme: Programme
    cohort: int
    people: int = 0
    channel: str | None = None  # of the answers that follow

    def enrols(self, state: EnrolmentState = EnrolmentState.ACTIVE, *, chat: bool = True) -> int:
        """One more person, enrolled ten days and joined nine days before the start."""
        self.people += 1
        code = f"{self.programme.code}-{self.cohort}{self.people:04}"
        created = OPENS["before"] - 10 * DAY
        person = {"code": code, "created_at": created, "chat": code.encode() if chat else None}
        number = self._insert(schema.participant, person)
        joined = created + DAY if state in (EnrolmentState.ACTIVE, EnrolmentState.LEFT) else None
        values = {"participant": number, "cohort": self.cohort, "state": state, "enrolled_at": created}
        return self._insert(schema.enrolment, {**values, "joined_at": joined})

    def waits(self, allocation: Allocation | None = None) -> int:
        """One more person, who waits for the next cohort."""
        one = self.enrols()
        values = {"role": EnrolmentRole.WAITING, "allocation": allocation}
        self.connection.execute(update(schema.enrolment).where(schema.enrolment.c.id == one).values(values))
        return one

    def asks(
        self, enrolment: int, wave: str, state: OccasionState = OccasionState.MISSED, opens: datetime | None = None
    ) -> int:
        """An occasion, closing 14 days after it opens."""
        opens = opens or OPENS[wave]
        values = {"enrolment": enrolment, "wave": wave, "opens_at": opens, "closes_at": opens + 14 * DAY}
        return self._insert(schema.occasion, {**values, "state": state, "invited_at": opens})

    def answers(
        self,
        enrolment: int,
        wave: str,
        mode: Mode = Mode.SELF,
        state: OccasionState = OccasionState.COMPLETE,
        finished: datetime | None = None,
        **values: int | NonAnswer,
    ) -> None:
        """An answered occasion, handed in a day after it opened."""
        occasion = self.asks(enrolment, wave, state)
        found = self.programme.wave(wave)
        assert found is not None
        version = self._version(enrolment, found)
        at = finished or OPENS[wave] + DAY
        ended = None if state is OccasionState.OPEN else at
        run = {"occasion": occasion, "questionnaire": version, "mode": mode, "started_at": at, "finished_at": ended}
        run["channel"] = self.channel
        number = self._insert(schema.run, run)
        for item, value in values.items():
            said = {"non_answer": value} if isinstance(value, NonAnswer) else {"value": value}
            self._insert(schema.answer, {"run": number, "item": item, "answered_at": at, **said})

    def brings(self, enrolment: int, waited: int, opens: datetime | None = None) -> None:
        """The last answers of somebody who waited are the first of the same person here."""
        last = select(schema.occasion.c.id).where(
            schema.occasion.c.enrolment == waited, schema.occasion.c.wave == "after"
        )
        first = self.asks(enrolment, "before", OccasionState.COMPLETE, opens)
        brought = {"same_as": self.connection.scalar(last), "closes_at": opens or OPENS["before"]}
        self.connection.execute(update(schema.occasion).where(schema.occasion.c.id == first).values(brought))

    def _version(self, enrolment: int, wave: Wave) -> str:
        """Of what this person is asked: who waits, less than the others."""
        of = schema.enrolment.c
        role = self.connection.execute(select(of.role).where(of.id == enrolment)).scalar_one()
        questionnaire = asked(self.programme, wave, role)
        if role is EnrolmentRole.WAITING:
            return definitions.store_version(self.connection, questionnaire, self.programme, OPENS["before"])
        return questionnaire.hash

    def joins(self, person: int) -> int:
        """A person of another cohort, by the number of an enrolment there, in this one too."""
        code = self.connection.scalar(select(schema.enrolment.c.participant).where(schema.enrolment.c.id == person))
        created = OPENS["before"] - 10 * DAY
        values = {"participant": code, "cohort": self.cohort, "state": EnrolmentState.ACTIVE, "enrolled_at": created}
        return self._insert(schema.enrolment, {**values, "joined_at": created + DAY})

    def becomes(self, enrolment: int, state: EnrolmentState) -> None:
        """Leaves, or is erased."""
        if state is EnrolmentState.ERASED:
            runs = select(schema.run.c.id).join(schema.occasion).where(schema.occasion.c.enrolment == enrolment)
            self.connection.execute(delete(schema.answer).where(schema.answer.c.run.in_(runs)))
        self.connection.execute(update(schema.enrolment).where(schema.enrolment.c.id == enrolment).values(state=state))

    def changes(self, pairs: list[tuple[int, int]], item: str = "primary") -> list[int]:
        """As many people as pairs, with these answers before and after."""
        return self._answer_twice(self.enrols, pairs, item)

    def changes_waiting(self, pairs: list[tuple[int, int]], allocation: Allocation) -> list[int]:
        """The same of as many people who wait."""
        return self._answer_twice(lambda: self.waits(allocation), pairs, "primary")

    def _answer_twice(self, comes: Callable[[], int], pairs: list[tuple[int, int]], item: str) -> list[int]:
        enrolments = []
        for before, after in pairs:
            one = comes()
            self.answers(one, "before", **{item: before})
            self.answers(one, "after", **{item: after})
            enrolments.append(one)
        return enrolments

    def tells(
        self,
        enrolment: int,
        words: str,
        told: datetime,
        agreed: datetime | None,
        decision: Decision | None = Decision.APPROVED,
        edited: str | None = None,
    ) -> None:
        """A story, sealed by reversing it; decided when publication was agreed to."""
        values = {"enrolment": enrolment, "text_sealed": seal(words), "told_at": told, "handed_in_at": told}
        consent = {"publication_given_at": agreed, "publication_version": "1"}
        decided = {"decision": decision, "decided_at": agreed or told, "decided_by": "staff:1"}
        copy = {"edited_sealed": None if edited is None else seal(edited)}
        self._insert(schema.story, {**values, **consent, **decided, **copy})

    def _insert(self, table: schema.Table, values: dict) -> int:
        done = self.connection.execute(insert(table), values)
        return done.inserted_primary_key[0]


def seal(words: str) -> bytes:
    return words[::-1].encode()


def open_text(sealed: bytes) -> str:
    return sealed.decode()[::-1]


def grouper(connection: Connection, programmes: dict[str, Programme]) -> Callable[..., Group]:
    """A function that adds a cohort of a shipped programme."""
    definitions.sync(connection, programmes.values(), OPENS["before"])

    def add(slug: str = "kamnik-slovenscina", audience: str = "participants", start: date = START) -> Group:
        values = {"programme": slug, "name": "jesen", "audience": audience, "start": start, "end": max(start, END)}
        done = connection.execute(insert(schema.cohort), {**values, "created_at": OPENS["before"]})
        return Group(connection, programmes[slug], done.inserted_primary_key[0])

    return add


@pytest.fixture
def new_group(memory: Connection, programmes: dict[str, Programme]) -> Callable[..., Group]:
    """`grouper` on the database in memory."""
    return grouper(memory, programmes)

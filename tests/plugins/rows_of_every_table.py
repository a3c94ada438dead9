"""Rows for every table, written into whatever revision a database has: what an upgrade must not lose.

A column of which a row says nothing gets a plain value of its type, so that a new column is filled by itself; a new
table needs a line in ROWS.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    select,
)

from storage.engine.engines import read_url, sqlite_path, transaction
from storage.engine.migrate import migrating
from storage.engine.version import MIGRATIONS

DAY = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
FIRST = "0001"
REVISIONS = sorted(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


@dataclass(frozen=True)
class Row:
    """What a plain value cannot say of a row, and the first revision into which it fits."""

    given: dict[str, object] = field(default_factory=dict)
    since: str = FIRST


def row(*, since=FIRST, **given):
    return Row(given, since)


def rows(column, *values):
    """A row for each value of a column."""
    return [row(**{column: value}) for value in values]


ROWS = {
    "alert": [row(kind="disk"), row(kind="backup", told_at=None)],
    "analysis_plan": [row(hash="c" * 64), row(hash="d" * 64)],
    "attachment": [row(problem=None), row(fetched_at=None), row(), row()],
    "audit": [row(actor="staff:1", action="enrol", subject="participant:KAM-7F3K2")],
    "backup": [row(slot="2026-11-29", problem=None), row(slot="2026-11-30", made_at=None, file=None)],
    "chat": [row(), row(card=None, kiosk=None)],
    "handled_update": [row()],
    "keyring": [row()],
    "library": [row(code="KAM", name="Knjižnica Kamnik"), row(code="BRE", name="Knjižnica Brežice")],
    "operator": [row(token_hash=None, expires_at=None), row(chat=None, joined_at=None)],
    "page_cost": [row(year=2026), row(year=2027, euros=None)],
    "page_picture": [row(kind="photo"), row(kind="logo", attachment=None)],
    "page_words": [
        row(part="about", programme="brezice-racunalnik"),
        *(row(part=part, programme="") for part in ("place", "hours", "contact", "phone", "email", "web")),
    ],
    "participant": [
        *rows("code", "KAM-7F3K2", "KAM-9B4M7", "KAM-2C5D6"),
        row(code="BRE-4H7J8", chat=None, label_sealed=None, unreachable_at=None),
        row(code="BRE-5K8L9", chat=None),
    ],
    "published_figure": [row(), row(value=None)],
    "programme": [row(slug="kamnik-srecanja", library="KAM"), row(slug="brezice-racunalnik", library="BRE")],
    "send_budget": [row(id=1)],
    "staff": [*rows("role", "librarian", "coordinator"), row(role="national", library=None, removed_at=None)],
    "cohort": [row(), row(programme="brezice-racunalnik", closed_at=None, plan=None, plan_fixed_at=None)],
    "questionnaire_version": [row(hash="a" * 64), row(hash="b" * 64)],
    "recording": [row()],
    "enrolment": [
        row(state="active", role="participant", allocation=None),
        row(state="invited", role="waiting", allocation="lot"),
        row(state="declined", role="waiting", allocation="order"),
        *(row(state=state, role="participant", allocation=None) for state in ("left", "erased")),
    ],
    "email_address": [row(), row(mailed_at=None, confirmed_at=None, refused_at=None)],
    "feedback": [row()],
    "group_import": [row()],
    "call_note": rows("outcome", "reached", "coming", "refused", "left"),
    "call_request": [row(), row(withdrawn_at=None)],
    "consent": [
        row(giver="self", mode="self", withdrawn_at=None, withdrawn_by=None, text_kind="self"),
        row(giver="guardian", mode="proxy", text_kind="guardian"),
        row(giver="witness", mode="assisted", text_kind="aloud", text_hash=None),
        row(giver="self", mode="paper", text_kind=None, text_hash=None, text_derived_at=None),
        row(giver="guardian", mode="paper", text_kind="mentor"),
        row(giver="guardian", mode="assisted", text_kind="aloud-guardian"),
    ],
    "deed": [
        row(kind="leave", cohort=None),
        row(kind="call", cohort=None),
        row(kind="move", cohort=None),
        row(kind="dates", enrolment=None),
        row(kind="close", enrolment=None),
    ],
    "invite": [
        row(role=None, library=None),
        *(row(role=role, enrolment=None, number_hash_sealed=None) for role in ("librarian", "coordinator", "national")),
    ],
    "occasion": [
        *(row(state=state, same_as=None) for state in ("open", "planned")),
        row(state="complete", same_as=1),
        *(row(state=state, same_as=None) for state in ("partial", "missed", "cancelled")),
    ],
    "story": [row(decision="approved"), row(decision="declined"), row(decision=None, wave=None, edited_sealed=None)],
    "delivery": [
        row(kind="opening", state="sent", staff=None),
        row(kind="reminder", state="due", staff=None),
        row(kind="closing", state="sending", staff=None),
        row(kind="feedback", state="uncertain", staff=None),
        row(kind="story", state="sent", staff=None, since="0003"),
        row(kind="weekly", state="failed", occasion=None),
        row(kind="report", state="cancelled", occasion=None),
    ],
    "run": [row(questionnaire="a" * 64, mode=mode) for mode in ("self", "assisted", "proxy", "paper")],
    "answer": [
        row(item="hours", text_sealed=None, non_answer=None),
        row(item="thought", value=None, non_answer=None),
        *(
            row(item=state, value=None, text_sealed=None, non_answer=state)
            for state in ("dont_know", "refused", "not_applicable", "skipped", "not_asked")
        ),
    ],
    "answer_change": [
        row(text_sealed=None, non_answer=None),
        row(value=None, non_answer=None),
        row(value=None, text_sealed=None, non_answer="refused"),
    ],
    "second_entry": [row()],
    "voice": [row(story=None), row(run=None, item=None)],
    "web_login": [row()],
    "web_message": [row(), row(revision=None, attachment=None), row(media=None, name_sealed=None, data_sealed=None)],
    "web_pin": [row()],
    "web_session": [row(), row()],
    "web_upload": [row()],
}


def reflected(connection: Connection) -> MetaData:
    """The tables as the database itself describes them, without the one of Alembic."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != "alembic_version")
    return found


def make_at(url: str, revision: str) -> MetaData:
    """Bring an empty database to one revision and fill its tables; gives those."""
    if url.startswith("sqlite"):
        sqlite_path(read_url(url)).touch()
    with migrating(read_url(url)) as config:
        command.upgrade(config, revision)
    with transaction(read_url(url)) as connection:
        return fill(connection, revision)


def fill(connection: Connection, revision: str) -> MetaData:
    """Write into every table of a database the rows that fit into its revision; gives the tables."""
    tables = reflected(connection)
    for table in tables.sorted_tables:
        for number, one in zip(count(1), ROWS[table.name], strict=False):
            if one.since <= revision:
                connection.execute(table.insert().values(full(connection, table, number, one.given)))
    return tables


def full(connection: Connection, table: Table, number: int, given: dict[str, object]) -> dict[str, object]:
    return {
        column.name: given[column.name] if column.name in given else value(connection, column, number)
        for column in table.columns
    }


def value(connection: Connection, column: Column, number: int) -> object:
    if column.foreign_keys:
        return referred(connection, column, number)
    for kind, plain in (
        (Boolean, number % 2 == 1),
        (DateTime, DAY),
        (Date, date(2026, 10, number)),
        (JSON, {"number": number}),
        (LargeBinary, f"{column.name}-{number}".encode()),
        (Float, number + 0.5),
        (Integer, int(DAY.timestamp() * 1_000_000) + number if is_moment(column) else number),
    ):
        if isinstance(column.type, kind):
            return plain
    return f"{column.name}-{number}"[: column.type.length]


def is_moment(column: Column) -> bool:
    return column.name == "at" or column.name.endswith("_at")


def referred(connection: Connection, column: Column, number: int) -> object:
    """The key of the row with this number in the other table, or of its first row."""
    (key,) = column.foreign_keys
    keys = connection.scalars(key.column.table.select().with_only_columns(key.column).order_by(key.column)).all()
    return keys[number - 1] if number <= len(keys) else keys[0]


def at_revision(url, revision):
    """An empty database is brought to one revision and filled; gives what it holds."""
    tables = make_at(url, revision)
    with transaction(read_url(url), query_only=True) as connection:
        return contents(connection, tables)


def contents(connection, tables=None):
    """Every row of every table, by the key of the row; of the tables that are there if none are given."""
    return {
        table.name: {
            tuple(row[key.name] for key in table.primary_key): dict(row)
            for row in connection.execute(select(table)).mappings()
        }
        for table in (tables or reflected(connection)).sorted_tables
    }

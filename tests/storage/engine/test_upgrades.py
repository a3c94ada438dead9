import hashlib
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

import bot
from storage.engine.engines import read_url, transaction
from storage.engine.migrate import upgrade
from storage.engine.version import MIGRATIONS
from storage.migrations.revise import revise
from storage.schema import consent, metadata
from tests.plugins.rows_of_every_table import REVISIONS, ROWS, at_revision, contents, fill, reflected

SUMS = Path(bot.__file__).parent / "texts" / "consented" / "sha256.txt"
VERSIONS = MIGRATIONS / "versions"


def left_of(before, after):
    """Of what is stored after an upgrade, the tables, rows and columns that were there before it."""
    return {
        table: {key: {column: after[table][key][column] for column in row} for key, row in rows.items()}
        for table, rows in before.items()
    }


CHANNELS = "0011"  # since when what was handled is known by its channel, too


def marks_by_channel(marks):
    """What was handled before there were other channels, as it is known since."""
    return {
        "handled_update": {
            ("telegram", str(number)): {"channel": "telegram", "key": str(number), "handled_at": mark["handled_at"]}
            for (number,), mark in marks.items()
        }
    }


def orphans(connection, tables):
    """Rows whose foreign key names nothing."""
    return [
        (table.name, key.parent.name)
        for table in tables.sorted_tables
        for key in table.foreign_keys
        if connection.scalar(
            select(key.parent).where(key.parent.is_not(None), key.parent.not_in(select(key.column))).limit(1)
        )
    ]


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_upgrade_of_full_tables_loses_no_row_and_no_reference(empty_url, revision):
    before = at_revision(empty_url, revision)
    assert [table for table, rows in before.items() if not rows] == []
    before |= marks_by_channel(before["handled_update"]) if revision < CHANNELS else {}
    upgrade(empty_url)
    with transaction(read_url(empty_url), query_only=True) as connection:
        tables = reflected(connection)
        after = contents(connection, tables)
        assert left_of(before, after) == before
        if revision < CHANNELS:
            assert {row["channel"] for row in after["chat"].values()} == {"telegram"}
        assert orphans(connection, tables) == []


def test_every_table_has_a_row_among_those_that_are_upgraded():
    assert sorted(ROWS) == sorted(metadata.tables)


def test_every_column_is_filled_in_a_row_that_is_upgraded(sqlite_url):
    with transaction(read_url(sqlite_url)) as connection:
        fill(connection, REVISIONS[-1])
        filled = {
            (table, column)
            for table, rows in contents(connection).items()
            for row in rows.values()
            for column, value in row.items()
            if value is not None
        }
    assert sorted(filled) == sorted((table.name, column.name) for table in metadata.sorted_tables for column in table.c)


GIVEN = {  # by what a consent said before: which text it was, as derived, and whether the words are known
    ("self", "self", "2026-12", "sl", "participant:BRE-7F3K2"): ("self", True),
    ("self", "self", "2026-12-waiting", "en", "participant:BRE-7F3K2"): ("self", True),
    ("self", "self", "2026-11", "sl-x-lahko", "-3"): ("self", True),
    ("self", "self", "v1", "sl", "participant:BRE-7F3K2"): ("self", False),
    ("guardian", "self", "2026-12", "sl", "participant:NME-7F3K2"): ("guardian", True),
    ("guardian", "paper", "2026-12", "sl", "participant:NME-7F3K2"): ("mentor", True),
    ("guardian", "paper", "2026-11", "sl", "-3"): ("mentor", True),
    ("guardian", "paper", "2026-12", "sl", "staff:1"): ("aloud-guardian", True),
    ("guardian", "assisted", "2026-12", "en", "staff:1"): ("aloud-guardian", True),
    ("guardian", "assisted", "2026-11", "en", "staff:1"): ("aloud-guardian", False),
    ("guardian", "self", "2026-12", "sl", "kiosk:NME"): ("aloud-guardian", True),
    ("self", "self", "2026-12", "sl", "kiosk:BRE"): ("aloud", True),
    ("self", "paper", "2026-12", "sl", "staff:1"): ("aloud", True),
    ("witness", "assisted", "2026-12", "sl", "operator"): ("aloud", True),
    ("witness", "assisted", "2026-12", "sl", ""): ("aloud", True),
    ("self", "self", "2026-12", "sl", ""): (None, False),
    ("guardian", "paper", "2026-12", "sl", ""): (None, False),
}


def test_which_text_a_consent_was_to_is_derived_and_marked_where_it_follows(empty_url):
    at_revision(empty_url, "0009")
    with transaction(read_url(empty_url)) as connection:
        old = reflected(connection).tables["consent"]
        usual = {"enrolment": 1, "given_at": connection.scalar(select(old.c.given_at).limit(1))}
        names = ("giver", "mode", "text_version", "language", "recorded_by")
        ids = dict(enumerate(GIVEN, 101))
        given = [{"id": number, **usual, **dict(zip(names, one, strict=True))} for number, one in ids.items()]
        connection.execute(old.insert(), given)
    upgrade(empty_url)
    with transaction(read_url(empty_url), query_only=True) as connection:
        derived = connection.execute(select(consent).where(consent.c.id.in_(ids))).all()
    sums = dict(reversed(line.split("  ")) for line in SUMS.read_text().splitlines())
    assert {ids[row.id]: (row.text_kind, row.text_hash) for row in derived} == {
        one: (kind, sums[f"{one[2]}.{one[3]}.{kind}.txt"] if known else None) for one, (kind, known) in GIVEN.items()
    }
    assert [row.text_derived_at is not None for row in derived] == [row.text_kind is not None for row in derived]


FOLLOWS = re.compile(r"^revision = '(\d+)'\ndown_revision = (?:'(\d+)'|None)$", re.MULTILINE)


def flaws(versions):
    """What is wrong with a folder of revisions: files that are not as they landed, and numbers that do not follow."""
    lines = [line.split("  ") for line in (versions / "landed.txt").read_text().splitlines()]
    landed = {name: checksum for checksum, name in lines}
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(versions.glob("*.py"))}
    for name, checksum in landed.items():
        if there.get(name, checksum) != checksum:
            yield f"{name} landed otherwise: write a new revision"
        if name not in there:
            yield f"{name} landed and is lost"
        if [name for _, name in lines].count(name) > 1:
            yield f"{name} landed once, and has two lines"
    for number, name in enumerate(there, 1):
        if name not in landed:
            yield f"{name} is new: add its line to landed.txt with sha256sum"
        numbers = FOLLOWS.search((versions / name).read_text()).groups(default="0000")
        if (name[:5], *numbers) != (f"{number:04}_", f"{number:04}", f"{number - 1:04}"):
            yield f"{name} is not number {number:04}, the next one"


def test_landed_revisions_are_as_they_landed_and_numbered_one_after_the_other():
    assert list(flaws(VERSIONS)) == []


NEWEST = max(path.name for path in VERSIONS.glob("*.py"))
NUMBER = int(NEWEST[:4])
OTHER = f"{NUMBER:04}_zz_of_another_branch.py"


def changed(versions):
    with (versions / NEWEST).open("a") as file:
        file.write("# a word more\n")


def lost(versions):
    (versions / NEWEST).unlink()


def reused(versions):
    """Two branches wrote the same number, and each added its line."""
    said = (versions / NEWEST).read_bytes()
    (versions / OTHER).write_bytes(said)
    with (versions / "landed.txt").open("a") as file:
        file.write(f"{hashlib.sha256(said).hexdigest()}  {OTHER}\n")


def rewritten_with_its_line(versions):
    """Whoever changes the newest revision and its line, too, and forgets to take the old line out."""
    changed(versions)
    with (versions / "landed.txt").open("a") as file:
        file.write(f"{hashlib.sha256((versions / NEWEST).read_bytes()).hexdigest()}  {NEWEST}\n")


def unlisted(versions):
    (versions / f"{NUMBER + 1:04}_new.py").write_text(f"revision = '{NUMBER + 1:04}'\ndown_revision = '{NUMBER:04}'\n")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (changed, [f"{NEWEST} landed otherwise: write a new revision"]),
        (lost, [f"{NEWEST} landed and is lost"]),
        (reused, [f"{OTHER} is not number {NUMBER + 1:04}, the next one"]),
        (rewritten_with_its_line, [f"{NEWEST} landed once, and has two lines"]),
        (unlisted, [f"{NUMBER + 1:04}_new.py is new: add its line to landed.txt with sha256sum"]),
    ],
)
def test_a_reused_head_and_a_changed_lost_or_unlisted_revision_are_found(tmp_path, spoil, expected):
    shutil.copytree(VERSIONS, tmp_path / "versions", ignore=shutil.ignore_patterns("__pycache__"))
    spoil(tmp_path / "versions")
    assert list(flaws(tmp_path / "versions")) == expected


def test_the_next_revision_is_written_from_the_schema(tmp_path):
    for path in VERSIONS.glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    written: Path = revise("Nothing is new", tmp_path)
    number = f"{len(REVISIONS) + 1:04}"
    assert written == tmp_path / f"{number}_nothing_is_new.py"
    text = written.read_text()
    assert f"revision = '{number}'\ndown_revision = '{REVISIONS[-1]}'" in text
    assert re.findall(r"^    (\w+)$", text, re.MULTILINE) == ["pass", "pass"]

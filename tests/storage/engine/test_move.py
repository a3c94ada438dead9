"""A database moves with rows in every table, from either kind to the other; nothing is lost, doubled or changed."""

import pytest
from sqlalchemy import insert, select, text, update

from storage.engine import moved
from storage.engine.database import Database
from storage.engine.engines import is_sqlite, read_url, transaction
from storage.engine.errors import StorageError
from storage.engine.migrate import upgrade
from storage.engine.move import cancel, move, plan
from storage.engine.moved import Mark, Stage
from storage.engine.version import require_current
from storage.schema import answer_change, audit, library, metadata, occasion, page_words
from tests.plugins.rows_of_every_table import DAY

MANY = 1_234  # rows, in three batches
LEFT = r"^The database .+ has moved to .+\. Write the address of that one as url under \[database\]\.$"
LEAVING = r"^The database .+ is being moved to .+\. Go on with .+, or stay here with »povezujejo db move --cancel«\.$"
ARRIVING = r"^The database .+ is not whole yet: it is being moved here from .+\. Finish that with "


def contents(url):
    with transaction(read_url(url), query_only=True) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def do(url, *statements):
    with transaction(read_url(url)) as connection:
        for statement in statements:
            connection.execute(statement)


def many_rows():
    return insert(audit).values(
        [{"at": DAY, "actor": "staff:1", "action": "look", "subject": f"KAM-{number}"} for number in range(MANY)]
    )


def moves(source, target, news=None):
    return move(plan(source, target), (lambda _line: None) if news is None else news.append)


class CutOff(Exception):  # noqa: N818 - says what happens
    """The process ends here."""


def cut_off(source, target, at):
    """A move that is broken off when it tells this."""

    def listen(line):
        if line == at:
            raise CutOff

    with pytest.raises(CutOff):
        move(plan(source, target), listen)


@pytest.fixture
def other(full_url, request, tmp_path):
    """The address of an empty database of the other kind; the SQLite file does not exist."""
    if is_sqlite(read_url(full_url)):
        return request.getfixturevalue("new_postgresql")("template1")
    return f"sqlite:///{tmp_path}/new/moved.db"


def test_everything_moves_and_goes_on_from_there(full_url, other):
    odd = {"programme": "brezice-računalnik", "changed_at": DAY, "changed_by": "staff:1", "library": "KAM"}
    do(
        full_url,
        update(occasion).where(occasion.c.id == 1).values(same_as=6),  # to a row that comes later
        insert(page_words).values([{**odd, "part": "about", "words": "Žogice & »čaj«\n\t\\N"}]),
        *([many_rows()] if is_sqlite(read_url(full_url)) else []),
    )
    before = contents(full_url)
    news = []
    done = moves(full_url, other, news)
    assert contents(other) == before == contents(full_url)
    require_current(other)
    assert (done.rows, sorted(done.hashes)) == (sum(map(len, before.values())), sorted(metadata.tables))
    assert news[-1].endswith(" rows")
    with transaction(read_url(other)) as connection:
        highest = max(connection.scalars(select(audit.c.id)))
        row = {"at": DAY, "actor": "operator", "action": "look", "subject": "database"}
        assert connection.execute(insert(audit).values(row)).inserted_primary_key[0] == highest + 1


def test_the_old_one_is_not_worked_on_any_more(full_url, other):
    moves(full_url, other)
    for refused in (require_current, upgrade, lambda url: plan(url, other), cancel):
        with pytest.raises(StorageError, match=LEFT):
            refused(full_url)


def test_a_password_stands_in_no_mark(full_sqlite_url, new_postgresql):
    target = new_postgresql("template1").replace("povezujejo@", "povezujejo:geslo@") + "&password=geslo"
    moves(full_sqlite_url, target)
    with transaction(read_url(full_sqlite_url)) as connection:
        assert "geslo" not in connection.scalar(text("SELECT moved FROM alembic_version"))
    with pytest.raises(StorageError) as refused:
        require_current(full_sqlite_url)
    assert "geslo" not in str(refused.value)


@pytest.mark.parametrize("at", ["library: 2 rows", "audit: 500 rows", "voice: 2 rows"])
def test_what_was_cut_off_goes_on_where_it_stopped(full_sqlite_url, tmp_path, at):
    do(full_sqlite_url, text("DELETE FROM audit"), many_rows())
    before = contents(full_sqlite_url)
    target = f"sqlite:///{tmp_path}/moved.db"
    cut_off(full_sqlite_url, target, at)
    for url, sentence in ((full_sqlite_url, LEAVING), (target, ARRIVING)):
        with pytest.raises(StorageError, match=sentence):
            require_current(url)
    planned = plan(full_sqlite_url, target)
    assert planned.begun
    news = []
    move(planned, news.append)
    assert at not in news  # what is there is not brought over again
    assert contents(target) == before
    require_current(target)


def test_a_move_that_ended_before_the_last_mark_is_finished(full_url, other):
    """Between the two marks neither database is worked on; the next time goes on from there."""
    moves(full_url, other)
    with transaction(read_url(full_url)) as connection:
        number = moved.read(connection).move
    with transaction(read_url(other)) as connection:
        moved.write(connection, Mark(number, Stage.ARRIVING, "the old one"))
    with pytest.raises(StorageError, match=ARRIVING):
        require_current(other)
    assert plan(full_url, other).begun
    moves(full_url, other)
    require_current(other)


def test_a_move_is_cancelled_and_made_to_another_place(full_sqlite_url, tmp_path):
    targets = [f"sqlite:///{tmp_path}/{name}.db" for name in ("one", "two")]
    cut_off(full_sqlite_url, targets[0], "library: 2 rows")
    cancel(full_sqlite_url)
    require_current(full_sqlite_url)
    with pytest.raises(StorageError, match=r"^The database \S+ is not being moved\.$"):
        cancel(full_sqlite_url)
    with pytest.raises(StorageError, match=ARRIVING):  # half of it is there, of a move that nobody goes on with
        plan(full_sqlite_url, targets[0])
    moves(full_sqlite_url, targets[1])
    require_current(targets[1])


def test_a_place_that_holds_something_else_is_refused_and_stays_as_it_is(full_url, other):
    address = read_url(other)
    upgrade(other)
    assert not plan(full_url, other).begun  # our tables, without a row
    do(other, insert(library).values(code="NME", name="Knjižnica"))
    with pytest.raises(StorageError, match=r"holds something else already \(library\)\. Name an empty one\.$"):
        plan(full_url, other)
    do(other, text("DELETE FROM library"), text("CREATE TABLE recipes (name VARCHAR(10))"))
    with pytest.raises(StorageError, match=r"holds something else already \(recipes\)\. Name an empty one\.$"):
        plan(full_url, other)
    require_current(full_url)
    with transaction(address, query_only=True) as connection:
        assert moved.read(connection) is None


def test_a_database_does_not_move_to_itself(full_url):
    with pytest.raises(StorageError, match=r"holds something else already"):
        plan(full_url, full_url)


async def test_while_a_bot_works_nothing_moves(full_url, other):
    database = Database.open(full_url)
    await database.write(lambda connection: connection.execute(insert(library).values(code="NME", name="K")))
    with pytest.raises(StorageError, match=r"^The database .+ is in use\. Stop the bot first\.$"):
        moves(full_url, other)
    await database.close()
    require_current(full_url)


def test_a_row_that_does_not_fit_is_told_by_its_table(full_sqlite_url, new_postgresql):
    """SQLite takes texts of any length and with any sign, PostgreSQL does not."""
    target = new_postgresql("template1")
    before = contents(full_sqlite_url)
    for words in ("L" * 90, "\0"):
        do(full_sqlite_url, text("UPDATE library SET code = code"), update(library).values(name="Knjižnica"))
        row = {"run": 1, "item": words[:32], "changed_at": DAY, "changed_by": words, "value": 1}
        do(full_sqlite_url, insert(answer_change).values(row))
        with pytest.raises(StorageError, match=r"^A row of the table answer_change cannot be moved: .+"):
            moves(full_sqlite_url, target)
        do(full_sqlite_url, text("DELETE FROM answer_change WHERE id > 3"))
    assert contents(full_sqlite_url)["answer_change"] == before["answer_change"]
    moves(full_sqlite_url, target)
    require_current(target)


def test_what_was_changed_on_the_way_is_found(full_sqlite_url, tmp_path):
    target = f"sqlite:///{tmp_path}/moved.db"
    cut_off(full_sqlite_url, target, "voice: 2 rows")
    do(target, text("UPDATE answer_change SET value = value + 1 WHERE value IS NOT NULL"))
    with pytest.raises(
        StorageError, match=r"^The table answer_change is not the same in both databases \(3 and 3 rows"
    ):
        moves(full_sqlite_url, target)
    with pytest.raises(StorageError, match=LEAVING):
        require_current(full_sqlite_url)


def test_numbers_that_were_used_once_are_not_used_again_on_another_postgresql(full_postgresql_url, new_postgresql):
    target = new_postgresql("template1")
    moves(full_postgresql_url, target)
    with transaction(read_url(target)) as connection:
        assert connection.scalar(text("SELECT nextval('audit_id_seq')")) == 42

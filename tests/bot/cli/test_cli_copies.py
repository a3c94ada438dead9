"""`backup` and `restore` as an operator types them."""

import re
import sqlite3
from contextlib import closing

import pyrage
import pytest

from bot.runtime.exit_codes import ExitCode
from storage import backups
from storage.engine.version import status_at
from storage.secrets.keys import create_key_file
from tests.plugins.rows_of_every_table import make_at

HEAD = status_at(None).head


@pytest.fixture
def made(operator, group):
    """The file of a copy in the folder."""
    operator.types("backup")
    [file] = (operator.folder / "backups").iterdir()
    return file


def test_a_copy_in_the_folder_is_remembered(operator, group):
    told = operator.types("backup")
    [file] = (operator.folder / "backups").iterdir()
    rows = re.fullmatch(rf"The database is copied into {file}: (\d+) rows, verified\. Keep the key file .+\n", told)[1]
    made = operator.services.database.read_now(backups.state).made
    assert (made.file, made.size, made.counted) == (file.name, file.stat().st_size, int(rows))


def test_a_copy_that_cannot_be_made_is_told_and_remembered(operator, group):
    (operator.folder / "backups").touch()
    told = operator.is_told("backup")
    assert told == f"{operator.folder / 'backups'} cannot be written: File exists."
    assert operator.services.database.read_now(backups.state).failed.problem == told


def test_a_database_that_is_too_old_to_remember_is_copied_before_its_upgrade(operator):
    make_at(f"sqlite:///{operator.folder}/povezujejo.db", "0011")
    operator.types("backup")
    [file] = (operator.folder / "backups").iterdir()
    assert file.name.endswith(".db")


def test_a_rehearsal_says_that_all_is_there(operator, made):
    told = operator.types("restore", made, "--rehearse")
    assert re.fullmatch(
        rf"{made} can be restored\. It holds \d+ rows in \d+ tables, as many as when it was made\. The tables have"
        rf" version {HEAD}, the newest\. Every reference is whole, and the key file opens what is sealed\."
        r" Nothing was changed\.\n",
        told,
    )


def test_a_rehearsal_works_where_the_database_is_gone(operator, made):
    (operator.folder / "povezujejo.db").unlink()
    assert "rows in" in operator.types("restore", made, "--rehearse")
    assert not (operator.folder / "povezujejo.db").exists()


def test_a_rehearsal_finds_rows_that_went_lost_and_another_key(operator, made):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("DELETE FROM audit")
        connection.commit()
    assert re.search(r" holds \d+ rows, and held \d+ when it was made: take another one\.$", rehearsed(operator, made))
    (operator.folder / "povezujejo.key").unlink()
    create_key_file(operator.folder / "povezujejo.key")
    assert rehearsed(operator, made).startswith("The key file does not belong to this database")


def rehearsed(operator, file):
    return operator.is_told("restore", file, "--rehearse")


def test_who_restores_with_another_key_is_told_so(operator, made):
    (operator.folder / "povezujejo.key").unlink()
    create_key_file(operator.folder / "povezujejo.key")
    operator.types("restore", made, "--force", status=ExitCode.DATABASE)
    assert operator.told.startswith("The database is restored, but cannot be read yet. The key file does not belong")


def test_copies_are_encrypted_as_configured_and_come_back_with_the_identity(operator, group):
    identity = pyrage.x25519.Identity.generate()
    (operator.folder / "identity.txt").write_text(str(identity))
    with (operator.folder / "config.toml").open("a") as config:
        config.write(f'[backup]\nencrypt_to = ["{identity.to_public()}"]\n')
    operator.types("backup")
    operator.types("backup", "copy.age")
    files = [*(operator.folder / "backups").iterdir(), operator.folder / "copy.age"]
    assert [file.suffix for file in files] == [".age", ".age"]
    assert operator.is_told("restore", files[0], "--rehearse").endswith("by --identity.")
    for file in files:
        told = operator.types("restore", file, "--rehearse", "--identity", "identity.txt")
        assert "the key file opens what is sealed" in told
    operator.types("restore", files[0], "--force", "--identity", "identity.txt")

from datetime import timedelta

from sqlalchemy import select

from storage.answers import definitions
from storage.schema import library, programme, questionnaire_version
from tests.storage.conftest import NOW


def stored(connection, table):
    return {tuple(row) for row in connection.execute(select(table))}


def named(connection):
    return {tuple(row) for row in connection.execute(select(programme.c.slug, programme.c.library, programme.c.name))}


def test_libraries_and_programmes_are_stored_once(connection, programmes):
    for _ in range(2):
        definitions.sync(connection, programmes.values(), NOW)
    assert stored(connection, library) == {(one.code, one.library) for one in programmes.values()}
    assert named(connection) == {(one.slug, one.code, one.name) for one in programmes.values()}


def test_a_new_name_replaces_the_old_one(connection, brezice):
    renamed = brezice.model_copy(update={"name": "Klik", "library": "Knjižnica v Brežicah"})
    definitions.sync(connection, [renamed], NOW)
    assert stored(connection, library) == {("BRE", "Knjižnica v Brežicah")}
    assert named(connection) == {("brezice-racunalnik", "BRE", "Klik")}


def test_a_programme_may_move_to_another_library(connection, brezice):
    definitions.sync(connection, [brezice.model_copy(update={"code": "KRS", "library": "Krško"})], NOW)
    assert named(connection) == {("brezice-racunalnik", "KRS", brezice.name)}


def test_a_version_is_stored_once_and_read_back_as_it_was(connection, brezice):
    questionnaire = brezice.questionnaires[0]
    first = definitions.store_version(connection, questionnaire, brezice, NOW)
    again = definitions.store_version(connection, questionnaire, brezice, NOW + timedelta(days=1))
    assert first == again == questionnaire.hash
    assert definitions.version(connection, first) == questionnaire
    moments = select(questionnaire_version.c.stored_at).where(questionnaire_version.c.hash == first)
    assert connection.execute(moments).all() == [(NOW,)]


def test_an_unknown_version_is_none(connection):
    assert definitions.version(connection, "0" * 64) is None

"""Libraries, programmes and versions of questionnaires, as the loaded definitions say. Knows nothing of files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.analysis import analysis_plans
from storage.schema import library, programme, questionnaire_version
from surveys.analysis_plan import analysis_plan
from surveys.model import Programme, Questionnaire

_LIBRARIES = select(library.c.code, library.c.name)
_ADD_LIBRARY = insert(library)
_NAME_LIBRARY = update(library).where(library.c.code == bindparam("key")).values(name=bindparam("name"))
_PROGRAMMES = select(programme.c.slug, programme.c.library, programme.c.name)
_ADD_PROGRAMME = insert(programme)
_NAME_PROGRAMME = (
    update(programme)
    .where(programme.c.slug == bindparam("key"))
    .values(library=bindparam("library"), name=bindparam("name"))
)
_VERSIONS = select(questionnaire_version.c.hash)
_VERSION = _VERSIONS.where(questionnaire_version.c.hash == bindparam("hash"))
_ADD_VERSION = insert(questionnaire_version)
_DEFINITION = select(questionnaire_version.c.definition).where(questionnaire_version.c.hash == bindparam("hash"))


def sync(connection: Connection, programmes: Iterable[Programme], now: datetime) -> None:
    """Store every library, programme, questionnaire and plan of these definitions; nothing is ever removed."""
    loaded = tuple(programmes)
    libraries = {row.code: row.name for row in connection.execute(_LIBRARIES)}
    for one in sorted(loaded, key=lambda programme: programme.code):
        if one.code not in libraries:
            connection.execute(_ADD_LIBRARY, {"code": one.code, "name": one.library})
        elif libraries[one.code] != one.library:
            connection.execute(_NAME_LIBRARY, {"key": one.code, "name": one.library})
        libraries[one.code] = one.library
    known = {row.slug: (row.library, row.name) for row in connection.execute(_PROGRAMMES)}
    for one in loaded:
        if one.slug not in known:
            connection.execute(_ADD_PROGRAMME, {"slug": one.slug, "library": one.code, "name": one.name})
        elif known[one.slug] != (one.code, one.name):
            connection.execute(_NAME_PROGRAMME, {"key": one.slug, "library": one.code, "name": one.name})
    _store_versions(connection, loaded, now)
    for one in loaded:
        analysis_plans.adopt(connection, analysis_plan(one), now)


def _store_versions(connection: Connection, loaded: Iterable[Programme], now: datetime) -> None:
    """What `store_version` does, for all questionnaires at once."""
    versions = {asked.hash: (asked, one) for one in loaded for asked in one.questionnaires}
    for known in connection.execute(_VERSIONS).scalars():
        versions.pop(known, None)
    if versions:
        connection.execute(_ADD_VERSION, [_row(version, *of, now) for version, of in versions.items()])


def store_version(connection: Connection, questionnaire: Questionnaire, of: Programme, now: datetime) -> str:
    """Make sure that this very version is stored; returns its hash."""
    version = questionnaire.hash
    if connection.execute(_VERSION, {"hash": version}).first() is None:
        connection.execute(_ADD_VERSION, _row(version, questionnaire, of, now))
    return version


def _row(version: str, questionnaire: Questionnaire, of: Programme, now: datetime) -> dict[str, object]:
    return {
        "hash": version,
        "programme": of.slug,
        "questionnaire": questionnaire.id,
        "definition": questionnaire.model_dump_json(),
        "stored_at": now,
    }


def version(connection: Connection, version_hash: str) -> Questionnaire | None:
    """The version of a questionnaire that has this hash."""
    definition = connection.execute(_DEFINITION, {"hash": version_hash}).scalar_one_or_none()
    return None if definition is None else Questionnaire.model_validate_json(definition)

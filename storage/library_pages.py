"""What a library says of itself on the page that it publishes: words, costs, a logo and a photograph.

A picture is kept as it was made ready to be printed. One that was sent waits beside the earlier one, which stays until
the new one is ready, and for good where it is no picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage import attachments, audit
from storage.schema import PagePart, PagePicture, page_cost, page_picture, page_words, programme, staff


@dataclass(frozen=True, slots=True)
class Cost:
    """What a programme took in the year in which its groups began; None where that is not known."""

    programme: str
    year: int
    euros: int | None
    hours: int | None


@dataclass(frozen=True, slots=True)
class LibraryPicture:
    """A logo or a photograph. `png` is None where none is ready, `waits` says that one was sent."""

    png: bytes | None
    alt: str
    waits: bool
    problem: str | None


_of_library = page_words.c.library == bindparam("code")
_WORDS = select(page_words.c.part, page_words.c.programme, page_words.c.words).where(_of_library)
_the_words = (
    _of_library,
    page_words.c.part == bindparam("what", type_=page_words.c.part.type),
    page_words.c.programme == bindparam("slug"),
)
_FORGET_WORDS = delete(page_words).where(*_the_words)
_ADD_WORDS = insert(page_words)
_COSTS = (
    select(page_cost.c.programme, page_cost.c.year, page_cost.c.euros, page_cost.c.hours)
    .join_from(page_cost, programme)
    .where(programme.c.library == bindparam("code"))
    .order_by(page_cost.c.programme, page_cost.c.year)
)
_FORGET_COST = delete(page_cost).where(
    page_cost.c.programme == bindparam("slug"), page_cost.c.year == bindparam("in_year")
)
_ADD_COST = insert(page_cost)
_PICTURES = select(
    page_picture.c.kind,
    page_picture.c.png,
    page_picture.c.alt,
    page_picture.c.attachment.is_not(None),
    page_picture.c.problem,
).where(page_picture.c.library == bindparam("code"))
_the_picture = (
    page_picture.c.library == bindparam("code"),
    page_picture.c.kind == bindparam("which", type_=page_picture.c.kind.type),
)
_WAITING = select(page_picture.c.attachment).where(*_the_picture)
_ADD_PICTURE = insert(page_picture)
_AGAIN = update(page_picture).where(*_the_picture)
_FORGET_PICTURE = delete(page_picture).where(*_the_picture)
_of_file = page_picture.c.attachment == bindparam("file_id")
_WHICH = select(page_picture.c.library, page_picture.c.kind).where(_of_file)
_SENDER = select(staff.c.chat).join_from(page_picture, staff).where(_of_file, staff.c.chat.is_not(None))
_READY = update(page_picture).where(_of_file)


def words(connection: Connection, library: str) -> dict[tuple[PagePart, str], str]:
    """What was written, by the part and the programme (empty: the library)."""
    return {(row[0], row[1]): row[2] for row in connection.execute(_WORDS, {"code": library})}


def write(
    connection: Connection, library: str, part: PagePart, said: str, *, now: datetime, actor: str, of: str = ""
) -> None:
    """Write a part anew, of a programme or of the library; empty takes it away."""
    connection.execute(_FORGET_WORDS, {"code": library, "what": part, "slug": of})
    if said:
        row = {"library": library, "part": part, "programme": of, "words": said}
        connection.execute(_ADD_WORDS, {**row, "changed_at": now, "changed_by": actor})
    audit.record(connection, actor, "page.words", f"{part}:{of or library}", now)


def costs(connection: Connection, library: str) -> list[Cost]:
    """What is known of the library's programmes, by programme and year."""
    return [Cost(*row) for row in connection.execute(_COSTS, {"code": library})]


def set_cost(connection: Connection, cost: Cost, *, now: datetime, actor: str) -> None:
    """Write what a programme took in a year anew; with neither euros nor hours it is taken away."""
    connection.execute(_FORGET_COST, {"slug": cost.programme, "in_year": cost.year})
    if cost.euros is not None or cost.hours is not None:
        row = {"programme": cost.programme, "year": cost.year, "euros": cost.euros, "hours": cost.hours}
        connection.execute(_ADD_COST, {**row, "changed_at": now, "changed_by": actor})
    audit.record(connection, actor, "page.cost", f"{cost.programme}:{cost.year}", now)


def pictures(connection: Connection, library: str) -> Mapping[PagePicture, LibraryPicture]:
    """The logo and the photograph, as far as there are any."""
    return {row[0]: LibraryPicture(*row[1:]) for row in connection.execute(_PICTURES, {"code": library})}


def receive(
    connection: Connection, library: str, kind: PagePicture, attachment: int, *, member: int, now: datetime, actor: str
) -> None:
    """A picture was sent, which waits to be fetched and made ready; one that waited before is dropped."""
    here = {"code": library, "which": kind}
    there = connection.execute(_WAITING, here).one_or_none()
    if there is None:
        row = {"library": library, "kind": kind, "attachment": attachment, "staff": member, "sent_at": now}
        connection.execute(_ADD_PICTURE, row)
    else:
        new = {"attachment": attachment, "staff": member, "sent_at": now, "problem": None}
        connection.execute(_AGAIN.values(**new), here)
        if there.attachment is not None:
            attachments.drop(connection, [there.attachment])
    audit.record(connection, actor, "page.picture", f"{kind}:{library}", now)


def describe(connection: Connection, library: str, kind: PagePicture, alt: str, *, now: datetime, actor: str) -> None:
    """Write what is to be seen on a picture."""
    connection.execute(_AGAIN.values(alt=alt), {"code": library, "which": kind})
    audit.record(connection, actor, "page.alt", f"{kind}:{library}", now)


def remove(connection: Connection, library: str, kind: PagePicture, *, now: datetime, actor: str) -> None:
    """Nothing of a picture stays."""
    here = {"code": library, "which": kind}
    there = connection.execute(_WAITING, here).one_or_none()
    if there is None:
        return
    connection.execute(_FORGET_PICTURE, here)
    if there.attachment is not None:
        attachments.drop(connection, [there.attachment])
    audit.record(connection, actor, "page.unpicture", f"{kind}:{library}", now)


def forgive(connection: Connection, library: str, kind: PagePicture) -> None:
    """Why what was sent last is no picture has been read."""
    connection.execute(_AGAIN.values(problem=None), {"code": library, "which": kind})


def which(connection: Connection, attachment: int) -> tuple[str, PagePicture] | None:
    """Of which library a file is to be which picture; None where it is none."""
    row = connection.execute(_WHICH, {"file_id": attachment}).one_or_none()
    return None if row is None else (row[0], row[1])


def sender(connection: Connection, attachment: int) -> bytes | None:
    """The chat of whoever sent this file as a picture."""
    return connection.execute(_SENDER, {"file_id": attachment}).scalar_one_or_none()


def settle(connection: Connection, attachment: int, made: bytes | str) -> None:
    """What was sent is ready as a PNG, or is no picture, in a word; the file that was sent goes.

    What was to be seen on an earlier picture is not what is to be seen on this one.
    """
    new: dict[str, bytes | str | None] = (
        {"png": made, "alt": "", "problem": None} if isinstance(made, bytes) else {"problem": made}
    )
    if connection.execute(_READY.values(**new, attachment=None), {"file_id": attachment}).rowcount:
        attachments.drop(connection, [attachment])

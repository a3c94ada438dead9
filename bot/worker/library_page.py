"""What a library says of itself, for its page: what was typed and sent in the chat, else what is configured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from bot.runtime.settings import Library, ProgrammePage
from bot.texts import library_page as texts
from bot.worker.spending import spent
from reports.render.raster import LOGO, MOST_BYTES, PHOTO, UnusableError, drawn_anew
from reports.report import ReportPicture
from reports.sections.library_page import LibraryPage, Spent
from storage import library_pages
from storage.schema import PagePart, PagePicture
from surveys.model import Programme

LARGEST = {PagePicture.LOGO: LOGO, PagePicture.PHOTO: PHOTO}


def said_of_itself(
    connection: Connection, programmes: Sequence[Programme], library: Library, configured: Mapping[str, ProgrammePage]
) -> LibraryPage:
    """Everything for the page on these programmes, which are of one library."""
    code = programmes[0].code
    written, sent = library_pages.words(connection, code), library_pages.pictures(connection, code)
    plain = {part: written.get((part, "")) for part in PagePart}
    about = {
        one.slug: written.get((PagePart.ABOUT, one.slug)) or configured.get(one.slug, ProgrammePage()).about
        for one in programmes
    }
    logo = sent.get(PagePicture.LOGO)
    photo = sent.get(PagePicture.PHOTO)
    return LibraryPage(
        about=about,
        place=plain[PagePart.PLACE] or library.place,
        hours=plain[PagePart.HOURS] or library.when,
        contact=plain[PagePart.CONTACT] or library.contact,
        phone=plain[PagePart.PHONE] or library.phone,
        email=plain[PagePart.EMAIL] or library.email,
        web=plain[PagePart.WEB] or library.web,
        logo=_logo(programmes[0].library, logo, library),
        photo=_photo(photo, library),
        spent=tuple(_spent(connection, code, configured)),
    )


def _logo(name: str, sent: library_pages.LibraryPicture | None, library: Library) -> ReportPicture | None:
    png = sent.png if sent and sent.png else of_file(library.logo, PagePicture.LOGO)
    return None if png is None else ReportPicture("logo", png, texts.logo_of(name))


def _photo(sent: library_pages.LibraryPicture | None, library: Library) -> ReportPicture | None:
    """One of which nobody has said what is to be seen is not published."""
    if sent and sent.png and sent.alt:
        return ReportPicture("photo", sent.png, sent.alt)
    png = of_file(library.photo, PagePicture.PHOTO)
    return None if png is None else ReportPicture("photo", png, library.photo_text)


def of_file(file: Path | None, kind: PagePicture) -> bytes | None:
    """A configured picture as it is printed; None where it cannot be, which `povezujejo check` tells."""
    try:
        return None if file is None else read_picture(file, kind)
    except (OSError, UnusableError):
        return None


def read_picture(file: Path, kind: PagePicture) -> bytes:
    """The same, or OSError, or UnusableError. No more is read than a picture may have."""
    with file.open("rb") as opened:
        return drawn_anew(opened.read(MOST_BYTES + 1), LARGEST[kind])


def _spent(connection: Connection, code: str, configured: Mapping[str, ProgrammePage]) -> list[Spent]:
    return [Spent(one.programme, one.year, one.euros, one.hours) for one in spent(connection, code, configured)]

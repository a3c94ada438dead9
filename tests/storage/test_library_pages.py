"""What a library says of itself on its page: written, changed and taken away, each with a line in the audit."""

import pytest
from sqlalchemy import func, select

from storage import attachments, library_pages, staff
from storage.library_pages import Cost, LibraryPicture
from storage.schema import PagePart, PagePicture, Role, attachment, audit
from tests.storage.conftest import NOW

BY = {"now": NOW, "actor": "staff:1"}


@pytest.fixture
def member(connection, brezice):
    return staff.join(connection, Role.COORDINATOR, brezice.code, b"coordinator", NOW).id


@pytest.fixture
def send(connection, keys, member):
    """Sends a picture; the number of its file."""

    def sent(kind):
        file = attachments.receive(connection, keys, "file-1", NOW)
        library_pages.receive(connection, "BRE", kind, file, member=member, **BY)
        return file

    return sent


def audited(connection):
    return [tuple(row) for row in connection.execute(select(audit.c.action, audit.c.subject).order_by(audit.c.id))]


def files(connection):
    return connection.scalar(select(func.count()).select_from(attachment))


def test_words_are_of_the_library_or_of_a_programme_and_the_last_ones_stand(connection, brezice):
    library_pages.write(connection, "BRE", PagePart.PLACE, "Trg 1", **BY)
    library_pages.write(connection, "BRE", PagePart.ABOUT, "Tečaj.", of=brezice.slug, **BY)
    library_pages.write(connection, "BRE", PagePart.PLACE, "Trg 2", **BY)

    assert library_pages.words(connection, "BRE") == {
        (PagePart.PLACE, ""): "Trg 2",
        (PagePart.ABOUT, brezice.slug): "Tečaj.",
    }
    assert library_pages.words(connection, "KAM") == {}
    assert audited(connection) == [
        ("page.words", "place:BRE"),
        ("page.words", f"about:{brezice.slug}"),
        ("page.words", "place:BRE"),
    ]


def test_words_that_are_empty_are_taken_away(connection, brezice):
    library_pages.write(connection, brezice.code, PagePart.WEB, "https://x.si", **BY)
    library_pages.write(connection, brezice.code, PagePart.WEB, "", **BY)

    assert library_pages.words(connection, brezice.code) == {}


def test_costs_are_of_a_programme_and_a_year(connection, brezice):
    library_pages.set_cost(connection, Cost(brezice.slug, 2026, 5000, None), **BY)
    library_pages.set_cost(connection, Cost(brezice.slug, 2025, 4000, 90), **BY)
    library_pages.set_cost(connection, Cost(brezice.slug, 2026, 5880, 420), **BY)

    assert library_pages.costs(connection, "BRE") == [
        Cost(brezice.slug, 2025, 4000, 90),
        Cost(brezice.slug, 2026, 5880, 420),
    ]
    library_pages.set_cost(connection, Cost(brezice.slug, 2026, None, None), **BY)
    assert library_pages.costs(connection, "BRE") == [Cost(brezice.slug, 2025, 4000, 90)]
    assert library_pages.costs(connection, "KAM") == []
    assert audited(connection)[-1] == ("page.cost", f"{brezice.slug}:2026")


def test_a_picture_waits_until_it_is_ready_and_its_file_goes(connection, send):
    file = send(PagePicture.LOGO)

    assert library_pages.pictures(connection, "BRE") == {
        PagePicture.LOGO: LibraryPicture(None, "", waits=True, problem=None)
    }
    assert (library_pages.which(connection, file), library_pages.sender(connection, file)) == (
        ("BRE", PagePicture.LOGO),
        b"coordinator",
    )
    library_pages.settle(connection, file, b"png")
    assert library_pages.pictures(connection, "BRE") == {
        PagePicture.LOGO: LibraryPicture(b"png", "", waits=False, problem=None)
    }
    assert (library_pages.which(connection, file), library_pages.sender(connection, file), files(connection)) == (
        None,
        None,
        0,
    )


def test_the_earlier_picture_stays_until_another_is_ready_and_where_that_is_none(connection, send):
    library_pages.settle(connection, send(PagePicture.PHOTO), b"first")
    library_pages.describe(connection, "BRE", PagePicture.PHOTO, "Dvorana", **BY)
    file = send(PagePicture.PHOTO)

    assert library_pages.pictures(connection, "BRE")[PagePicture.PHOTO] == LibraryPicture(
        b"first", "Dvorana", waits=True, problem=None
    )
    library_pages.settle(connection, file, "damaged")
    assert library_pages.pictures(connection, "BRE")[PagePicture.PHOTO] == LibraryPicture(
        b"first", "Dvorana", waits=False, problem="damaged"
    )
    library_pages.settle(connection, send(PagePicture.PHOTO), b"second")
    assert library_pages.pictures(connection, "BRE")[PagePicture.PHOTO] == LibraryPicture(
        b"second",
        "",
        waits=False,
        problem=None,  # what is to be seen on another picture is not known
    )


def test_of_two_that_wait_the_last_one_counts(connection, send):
    first = send(PagePicture.LOGO)
    second = send(PagePicture.LOGO)

    assert files(connection) == 1
    library_pages.settle(connection, second, b"second")
    library_pages.settle(connection, first, b"first")
    assert library_pages.pictures(connection, "BRE")[PagePicture.LOGO].png == b"second"


def test_nothing_of_a_removed_picture_stays(connection, send):
    library_pages.settle(connection, send(PagePicture.LOGO), b"png")
    file = send(PagePicture.LOGO)
    library_pages.remove(connection, "BRE", PagePicture.LOGO, **BY)
    library_pages.remove(connection, "BRE", PagePicture.LOGO, **BY)

    assert (library_pages.pictures(connection, "BRE"), files(connection)) == ({}, 0)
    library_pages.settle(connection, file, b"late")
    assert library_pages.pictures(connection, "BRE") == {}
    assert [action for action, _ in audited(connection)].count("page.unpicture") == 1


def test_a_ready_picture_without_one_that_waits_is_removed(connection, send):
    library_pages.settle(connection, send(PagePicture.LOGO), b"png")
    library_pages.remove(connection, "BRE", PagePicture.LOGO, **BY)

    assert library_pages.pictures(connection, "BRE") == {}

"""Pictures that people give: drawn anew without what is not seen, and refused before they can do harm."""

import struct
import zlib

import pytest
from plugins.images import JPEG, PNG, chunk, png, turned

from reports.render.raster import LOGO, MOST_BYTES, PHOTO, RasterFlaw, UnusableError, drawn_anew, size


def flaw(data, room=PHOTO):
    with pytest.raises(UnusableError) as raised:
        drawn_anew(data, room)
    return raised.value.flaw


def test_it_is_drawn_into_the_room_that_it_has_and_never_larger():
    assert size(drawn_anew(png(2400, 1200), PHOTO)) == (1200, 600)
    assert size(drawn_anew(png(900, 1800), PHOTO)) == (450, 900)
    assert size(drawn_anew(png(300, 120), LOGO)) == (300, 120)
    assert size(drawn_anew(png(100, 40), LOGO)) == (100, 40)


def test_nothing_that_is_not_seen_stays():
    secret = chunk(b"tEXt", b"Comment\x00Janez Novak") + chunk(b"eXIf", b"MM\x00*GPS46.05N")
    made = drawn_anew(png(200, 100, secret) + b"PK\x03\x04 behind it", PHOTO)

    assert size(made) == (200, 100)
    assert [word in made for word in (b"Novak", b"GPS", b"behind", b"eXIf", b"tEXt")] == [False] * 5


def test_a_jpeg_stands_as_it_was_held_and_says_no_more_how():
    assert size(drawn_anew(JPEG, PHOTO)) == (64, 40)
    made = drawn_anew(turned(JPEG, 6), PHOTO)

    assert size(made) == (40, 64)
    assert b"Exif" not in made


OTHERS = (b"", b"GIF89a" + b"\x00" * 90, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"RIFF0000WEBPVP8 ")


@pytest.mark.parametrize("data", [*OTHERS, PNG[:6]])
def test_what_is_no_png_and_no_jpeg_is_refused_whatever_it_is_called(data):
    assert flaw(data) is RasterFlaw.NO_PICTURE


def test_a_few_bytes_that_ask_for_gigabytes_are_refused_by_their_head():
    bomb = png(60_000, 60_000, pixels=b"\x00" * 1000)

    assert len(bomb) < 1000
    assert flaw(bomb) is RasterFlaw.TOO_MANY_PIXELS
    head = b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00\xff\xda\x00\x08"
    assert flaw(head) is RasterFlaw.TOO_MANY_PIXELS


def test_words_that_unfold_are_never_unfolded():
    unfolding = chunk(b"iCCP", b"x\x00\x00" + zlib.compress(b"\x00" * 30_000_000))
    made = drawn_anew(png(64, 64, unfolding), PHOTO)

    assert size(made) == (64, 64)


def test_too_many_bytes_too_small_and_too_steep_are_refused():
    assert flaw(png(64, 64) + b"\x00" * MOST_BYTES) is RasterFlaw.TOO_MANY_BYTES
    assert flaw(png(31, 64)) is RasterFlaw.TOO_SMALL
    assert flaw(png(32, 32 * 13)) is RasterFlaw.TOO_STEEP


@pytest.mark.parametrize(
    "data",
    [
        png(64, 64)[:60],
        png(64, 64, end=False),
        png(64, 64, chunk(b"IHDR", struct.pack(">IIBBBBB", 9000, 9000, 8, 0, 0, 0, 0))),
        png(64, 64, pixels=b"\x00" * 70),
        PNG + chunk(b"IDAT") * 3,
        PNG,
        JPEG[: len(JPEG) // 2],
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x40\x00\x40\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00",
        b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x40\x00\x40\x01\x01\x11\x00\xff\xc2\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00\xff\xda",
        b"\xff\xd8\xff\xff\xff\xff\xff\xd9",
    ],
)
def test_what_is_cut_off_or_says_two_sizes_is_damaged(data):
    assert flaw(data) is RasterFlaw.DAMAGED

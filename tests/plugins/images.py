"""Small pictures for tests, written byte by byte so that they can be broken in every way."""

import base64
import struct
import zlib

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, *more, pixels=None, end=True):
    """A grey PNG, with more chunks after its head."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(pixels if pixels is not None else (b"\x00" + b"\x60" * width) * height)
    return b"".join((PNG, head, *more, chunk(b"IDAT", rows), chunk(b"IEND") if end else b""))


JPEG = base64.b64decode(  # 64 × 40, black on the left and white on the right
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////"
    "////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////"
    "////////////wAARCAAoAEADASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAgADBQT/xAAVEAEBAAAAAAAAAAAAAAAAAAAA"
    "Af/EABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwDyQ4EOAcOBDgNIcCHAOHAh"
    "wHJhwIcA4cCHAaQ4EOAcOBDgOTDiQHDiQNIcSA4cSB//2Q=="
)


def turned(data, orientation):
    """A JPEG whose telephone was held otherwise."""
    said = (
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"
        + bytes([orientation])
        + b"\x00" * 6
    )
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + data[2:]

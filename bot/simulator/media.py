"""Pictures, documents and recordings: taken in by upload or identifier, within Telegram's sizes and shapes."""

from __future__ import annotations

import secrets
import struct
from typing import Any

from bot.simulator.refusals import (
    FILE_EMPTY,
    FILE_WRONG,
    IMAGE_UNREADABLE,
    IMAGE_WRONG_SHAPE,
    URL_NOT_FETCHED,
    bad_request,
)
from bot.simulator.state import StoredFile, World
from bot.simulator.wire import MethodCall, Upload

PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
PHOTO_SIZES = (90, 320, 800, 1280)
KINDS = ("photo", "document", "voice", "audio", "video", "animation")
PROPER = {"photo": "Photo", "document": "Document", "voice": "VoiceNote", "audio": "Audio", "video": "Video"}
VOICE_SIGNS = {b"OggS": "audio/ogg", b"ID3": "audio/mpeg", b"\xff\xfb": "audio/mpeg", b"\xff\xf3": "audio/mpeg"}
JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP picture; None if it is none."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:  # noqa: PLR2004 - the header's length
        return struct.unpack(">II", data[16:24])
    if data[:3] == b"GIF" and len(data) >= 10:  # noqa: PLR2004 - the header's length
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp_size(data)
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - a JPEG marker
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] in JPEG_SIZES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def voice_mime(data: bytes) -> str | None:
    """The type of a recording that is shown as a voice message: Ogg, MP3 or M4A."""
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    return next((mime for sign, mime in VOICE_SIGNS.items() if data.startswith(sign)), None)


def given_file(world: World, call: MethodCall, kind: str, reference: str, field: str) -> dict[str, Any]:
    """The media part of a message, by upload, `attach://` or identifier: `{"photo": …}` and the like."""
    upload = call.files.get(reference.removeprefix("attach://") if reference.startswith("attach://") else field)
    if upload is not None and (not reference or reference.startswith("attach://")):
        return uploaded(world, kind, upload, call)
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request(URL_NOT_FETCHED)
    return described(world, kind, known_file(world, kind, reference), call)


def known_file(world: World, kind: str, file_id: str) -> StoredFile:
    """A file that Telegram has under this identifier, and of this kind."""
    file = world.files.get(file_id)
    if file is None:
        raise bad_request(FILE_WRONG)
    if file.kind != kind:
        raise bad_request(f"can't use file of type {PROPER.get(file.kind, file.kind)} as {PROPER.get(kind, kind)}")
    return file


def uploaded(world: World, kind: str, upload: Upload, call: MethodCall | None = None) -> dict[str, Any]:
    """Take in the bytes of a new file of the kind."""
    if not upload.data:
        raise bad_request(FILE_EMPTY)
    call = call or MethodCall("")
    if kind == "photo":
        return {"photo": _photo_sizes(world, upload)}
    name, mime = upload.name, upload.mime
    if kind == "voice":
        known = voice_mime(upload.data)
        if known is None:
            kind = "document"
        else:
            name, mime = "", known
    seconds = call.integer("duration", 0, 0)
    return described(world, kind, world.keep_file(kind, name, mime, upload.data, seconds=seconds), call)


def _photo_sizes(world: World, upload: Upload) -> list[dict[str, Any]]:
    if len(upload.data) > PHOTO_BYTES:
        raise bad_request("too big for a photo")
    size = picture_size(upload.data)
    if size is None:
        raise bad_request(IMAGE_UNREADABLE)
    width, height = size
    if not width or not height or width + height > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size):
        raise bad_request(IMAGE_WRONG_SHAPE)
    sizes = [_scaled(size, side) for side in sorted({min(side, max(size)) for side in PHOTO_SIZES})]
    picture = secrets.token_hex(8)
    files = [
        world.keep_file("photo", "", "image/jpeg", upload.data, width=width, height=height, picture=picture)
        for width, height in sizes
    ]
    return [_photo_size(file) for file in files]


def _scaled(size: tuple[int, int], side: int) -> tuple[int, int]:
    factor = side / max(size)
    return max(round(size[0] * factor), 1), max(round(size[1] * factor), 1)


def _photo_size(file: StoredFile) -> dict[str, Any]:
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "width": file.width,
        "height": file.height,
        "file_size": len(file.data),
    }


def described(world: World, kind: str, file: StoredFile, call: MethodCall) -> dict[str, Any]:
    """The object of the kind for a stored file; a photo lists every size of it."""
    if kind == "photo":
        same = [other for other in world.files.values() if other.picture == file.picture != ""]
        return {"photo": [_photo_size(size) for size in same]}
    thing: dict[str, Any] = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "mime_type": file.mime,
    }
    if file.name and kind != "voice":
        thing["file_name"] = file.name
    if kind in {"voice", "audio", "video", "animation"}:
        thing["duration"] = call.integer("duration", file.seconds, 0)
    if kind in {"video", "animation"}:
        thing |= {"width": call.integer("width", 0, 0), "height": call.integer("height", 0, 0)}
    if kind == "audio":
        thing |= {key: call.text(key) for key in ("performer", "title") if call.text(key)}
    return {kind: thing}


def main_file(media: dict[str, Any]) -> str:
    """The identifier of what a message shows: the largest size of a photo, or the one file."""
    thing = next(iter(media.values()))
    return str((thing[-1] if isinstance(thing, list) else thing)["file_id"])

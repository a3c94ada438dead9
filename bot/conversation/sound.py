"""What a recording is, told by its first bytes: whoever sent it may call it anything. Decodes nothing."""

from __future__ import annotations

WEBM = "audio/webm"
OGG = "audio/ogg"
M4A = "audio/mp4"
MP3 = "audio/mpeg"
_BEGINS = {
    b"\x1aE\xdf\xa3": WEBM,
    b"OggS": OGG,
    b"ID3": MP3,
    b"\xff\xfb": MP3,
    b"\xff\xf3": MP3,
}


def kind_of(data: bytes) -> str:
    """The media type; "" where it is none that browsers and Telegram play."""
    if data[4:8] == b"ftyp":
        return M4A
    return next((kind for begins, kind in _BEGINS.items() if data.startswith(begins)), "")

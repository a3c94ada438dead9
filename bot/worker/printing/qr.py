"""QR codes of links: as a picture for screens and as a drawing for paper. Pure."""

from __future__ import annotations

import io

import segno

_MASK = 3  # any of the eight is valid; to weigh them all takes five times as long
_SCALE = 12  # pixels a module
_BUBBLE = 8  # modules of white around, twice what the standard asks for: a chat's bubble may be dark
_QUIET = 4  # what the standard asks for, on white paper


def png(address: str) -> bytes:
    """A picture that telephones read from another screen and from paper."""
    file = io.BytesIO()
    code(address).save(file, kind="png", scale=_SCALE, border=_BUBBLE)
    return file.getvalue()


def svg(address: str) -> str:
    """A drawing for paper, with its white around; as wide as whoever draws it says."""
    file = io.BytesIO()
    code(address).save(file, kind="svg", border=_QUIET, xmldecl=False, omitsize=True, nl=False)
    return file.getvalue().decode()


def code(address: str) -> segno.QRCode:
    """The modules themselves: up to a seventh of them may be unreadable."""
    return segno.make_qr(address, error="m", mask=_MASK, boost_error=False)

"""The signs of a typed text made plain: digits of every script, invisible marks, dashes, accents. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALIKE = str.maketrans(dict.fromkeys("’‘ʼʹ´`′", "'") | {"٫": ".", "⁄": "/"})
_KEYCAP = "\u20e3"
_SELECTORS = range(0xFE00, 0xFE10)  # that say how the sign before them is drawn
_BETWEEN_DIGITS = re.compile(r"[\s-]")
_FOUR = re.compile(r"[0-9]{4}")
_BESIDE_DASHES = re.compile(r"(?<=\d)\s*-\s*(?=\d)")


def plain(text: str) -> str:
    """The text without invisible marks, with ASCII digits, hyphens, apostrophes and single spaces.

    A digit in a circle stands alone, a fraction beside a number as in »3 1/2«.
    """
    return " ".join("".join(_sign(sign) for sign in unicodedata.normalize("NFC", text)).translate(_ALIKE).split())


def four_digits(typed: str) -> str | None:
    """The four digits that somebody typed, »7391«, »73 91« or »73-91«; None where there are not four."""
    digits = _BETWEEN_DIGITS.sub("", plain(typed))
    return digits if _FOUR.fullmatch(digits) else None


def fold(text: str) -> str:
    """The plain text in small letters, without carons and accents, from its first to its last letter or digit."""
    joined = _BESIDE_DASHES.sub("-", folded(text))
    inner = [place for place, sign in enumerate(joined) if sign.isalnum()]
    return joined[inner[0] : inner[-1] + 1] if inner else ""


def folded(text: str) -> str:
    """The plain text in small letters, without carons and accents, with its punctuation."""
    small = unicodedata.normalize("NFD", plain(text).casefold().replace("đ", "d"))
    return " ".join("".join(sign for sign in small if not unicodedata.combining(sign)).split())


@lru_cache(maxsize=4096)  # more than the scripts of Europe have
def _sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf" or sign == _KEYCAP or ord(sign) in _SELECTORS:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "No":
        return _numeral(sign)
    if category == "Pd" or sign == "−":
        return "-"
    wide = unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>", "<noBreak>"))
    return unicodedata.normalize("NFKC", sign) if wide else sign


def _numeral(sign: str) -> str:
    """③ and ❸ are 3, ½ is 1/2; a raised 3 stays as it is, because it belongs to what it stands on."""
    said = unicodedata.decomposition(sign)
    if said.startswith("<fraction>"):
        return f" {unicodedata.normalize('NFKC', sign).replace('⁄', '/')} "
    size = unicodedata.numeric(sign)
    raised = said.startswith(("<super>", "<sub>"))
    return sign if raised or not size.is_integer() else f" {int(size)} "

"""How a text file of an office is to be read: by its marks, else by which reading looks like names in a list."""

from __future__ import annotations

import unicodedata

_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OFFICES = ("cp1250", "iso8859-2", "cp852", "mac-latin2")  # Windows, Linux, DOS, the Mac of old; the likelier first
_HERE = frozenset("čšžćđČŠŽĆĐäöüßÄÖÜáéíóúÁÉÍÓÚëËçÇàèìòùñőű")  # in names of people who live here
_SIGNS = frozenset("\N{NO-BREAK SPACE}–—»«„“”‚‘’…€°§·•\N{SOFT HYPHEN}")
_LOOKED_AT = 20_000  # letters


def decoded(data: bytes, *, sentences: bool = False) -> str | None:
    """The words of a file; None where they are none. In sentences words begin with small letters, names do not."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _read(data, encoding)
    text = _read(data, "utf-8")
    if text is not None:
        return text
    readings = [one for one in (_read(data, encoding) for encoding in _OFFICES) if one is not None]
    return max(readings, key=lambda text: _likeness(text, sentences), default=None)


def _read(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if any(unicodedata.category(one) == "Cc" for one in set(text) - set("\t\r\n\f\v\x1a\x1b")) else text


def _likeness(text: str, sentences: bool) -> int:  # noqa: FBT001 - said by name to `decoded`
    """How much it looks like names: letters that stand here in names, small and large ones where they belong."""
    seen = f"  {text[:_LOOKED_AT]}"
    return sum(_weight(one, seen[place : place + 2], sentences) for place, one in enumerate(seen[2:]) if one > "\x7f")


def _weight(one: str, before: str, sentences: bool) -> int:  # noqa: FBT001
    if not one.isalpha():
        return 0 if one in _SIGNS else -6
    small = (not sentences and not before[1].isalpha()) or (before.isupper() and before.isalpha())  # which is odd there
    odd = small if one.islower() else before[1].islower()
    return (4 if one in _HERE else 1) - (4 if odd else 0)

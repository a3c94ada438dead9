"""Participant codes such as KAM-7F3K2: three letters of the library, four random characters, one that checks.

The code is a word of a linear code over GF(32), so that every single wrong character and every swap of two
is noticed. There is no 0, O, 1 or I after the dash.
"""

from __future__ import annotations

import re
from random import Random

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_PREFIX = 3
_RANDOM = 4
_SHAPE = re.compile(rf"[A-Z]{{{_PREFIX}}}[{ALPHABET}]{{{_RANDOM + 1}}}", re.ASCII)
_LETTERS = re.compile(rf"[A-Z]{{{_PREFIX}}}", re.ASCII)
_FORGIVEN = re.compile(r"[\s\-‐‑‒–—−]+")
# O and I stand only before the dash and 2 and 3 only after it, so that they can share a value.
_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1}
_POLYNOMIAL = 0b100101  # x⁵ + x² + 1, primitive: the powers of x run through all of GF(32) but zero
_SIZE = 32


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & _SIZE else doubled


def _check(characters: str) -> int:
    """The sum of value · x^place in GF(32), the last character at place 0; of a whole code it is zero."""
    total = 0
    for character in characters:
        total = _times_x(total) ^ _VALUES[character]
    return total


def draw(prefix: str, random: Random) -> str:
    """A code that begins with `prefix`, the three letters A–Z of a library; ValueError for another prefix."""
    if not _LETTERS.fullmatch(prefix):
        raise ValueError(f"a code begins with three letters A–Z, not {prefix!r}")
    body = "".join(random.choice(ALPHABET) for _ in range(_RANDOM))
    return f"{prefix}-{body}{ALPHABET[_times_x(_check(prefix + body))]}"


def read_code(typed: str) -> str | None:
    """The code that somebody typed, in its proper form; none if it cannot be one.

    Forgives lower case, spaces and a missing dash.
    """
    plain = _FORGIVEN.sub("", typed).upper()
    if not _SHAPE.fullmatch(plain) or _check(plain) != 0:
        return None
    return f"{plain[:_PREFIX]}-{plain[_PREFIX:]}"

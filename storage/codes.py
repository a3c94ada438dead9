"""Participant codes such as KAM-7F3K2: three letters of the library, four random characters, one that checks.

The code is a word of a linear code over GF(32), so that every single wrong character and every swap of two
is noticed. There is no 0, O, 1 or I after the dash.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from random import Random

from surveys.signs import plain

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_PREFIX = 3
_RANDOM = 4
_SHAPE = re.compile(rf"[A-Z]{{{_PREFIX}}}[{ALPHABET}]{{{_RANDOM + 1}}}", re.ASCII)
_LETTERS = re.compile(rf"[A-Z]{{{_PREFIX}}}", re.ASCII)
_TAIL = re.compile(rf"[{ALPHABET}]{{{_RANDOM + 1}}}", re.ASCII)
_IN_WORDS = re.compile(rf"(?<!\w)[A-Z]{{{_PREFIX}}} ?- ?[{ALPHABET}]{{{_RANDOM + 1}}}(?!\w)")
_FORGIVEN = re.compile(r"[ -]+")
_BEFORE = re.compile(r"\W*(?:(?:(?:MOJA|VAŠA|NJENA|NJEGOVA|MY|THE) )?(?:ŠIFRA|SIFRA|KODA|CODE)\b(?: (?:JE|IS)\b)?\W*)?")
_BEHIND = re.compile(r"\W+$")
_ALIKE = str.maketrans(  # letters of other scripts that look like those of a code
    "АВЕКМНОРСТУХЅІЈЗ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEKMHOPCTYXSIJ3" + "ABEZHIKMNOPTYX",
)
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


def read_code(typed: str, libraries: Collection[str] = ()) -> str | None:
    """The code that somebody typed, in its proper form; none if there is none, or more than one.

    Forgives lower case, spaces, a missing dash, signs and words around it, and letters that look alike.
    `libraries` are the prefixes that come into question: one of them may be left out.
    """
    found = {code for code in map(_proper, _candidates(typed, libraries)) if code is not None}
    return found.pop() if len(found) == 1 else None


def latin(capitals: str) -> str:
    """Capital letters of other scripts as the Latin ones that look like them."""
    return capitals.translate(_ALIKE)


def _candidates(typed: str, libraries: Collection[str]) -> Iterator[str]:
    said = plain(typed).upper()
    alone = _FORGIVEN.sub("", latin(_BEHIND.sub("", _BEFORE.sub("", said, count=1))))
    yield alone
    yield from (_FORGIVEN.sub("", one[0]) for one in _IN_WORDS.finditer(latin(said)))
    if _TAIL.fullmatch(alone):
        yield from (library + alone for library in libraries)


def _proper(signs: str) -> str | None:
    """The code of these letters and digits; none where they are not one."""
    if not _SHAPE.fullmatch(signs) or _check(signs) != 0:
        return None
    return f"{signs[:_PREFIX]}-{signs[_PREFIX:]}"

"""The number on a card that is typed where there is no camera, such as 4KX-72M-9PH-3TWA. Pure.

Twelve signs are drawn, the last one checks them. Of signs that look alike there is one (docs/decisions/card-number.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from storage import codes
from surveys.signs import plain

ALPHABET = "23456789ACDEFHJKMNPRTUWXY"
LENGTH = 13
EXAMPLE = "4KX-72M-9PH-3TWA"  # whose last sign does not check the others, so that it is nobody's

_GROUPS = (3, 3, 3, 4)
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_SIZE = len(ALPHABET)
# None is a multiple of 5, nor is the difference of two that stand together: every wrong sign is noticed, and every swap
# of two neighbours, also of the last one with the sign that checks, whose weight is -1.
_WEIGHTS = (14, 13, 12, 11, 9, 8, 7, 6, 4, 3, 2, 1)
_ALIKE = str.maketrans("0OQ1IZSGBV", "DDD7J2568U")  # what is read for a sign of ours, and typed
_CODE = re.compile(r"[A-Z]{3}[A-Z0-9]{5}", re.ASCII)


class Slip(Enum):
    """Why what was typed is no number of any card."""

    EMPTY = auto()
    CODE = auto()  # the code of a participant, which opens nothing
    LENGTH = auto()
    SIGN = auto()  # a sign that is on no card
    TYPO = auto()  # the last sign does not check the others


@dataclass(frozen=True, slots=True)
class Misread:
    """No number; of a wrong length, how many signs were typed; or the first sign that is on no card."""

    slip: Slip
    typed: int = 0
    sign: str = ""


def drawn(digest: bytes) -> str:
    """The number that follows from 32 random bytes: 13 signs, as `read` gives it."""
    number, signs = int.from_bytes(digest, "big"), []
    for _ in _WEIGHTS:
        number, value = divmod(number, _SIZE)
        signs.append(ALPHABET[value])
    return "".join([*signs, _check(signs)])


def shown(number: str) -> str:
    """The number in groups, as it is printed."""
    ends = [sum(_GROUPS[: place + 1]) for place in range(len(_GROUPS))]
    return "-".join(number[end - length : end] for end, length in zip(ends, _GROUPS, strict=True))


def read(typed: str) -> str | Misread:
    """The number that somebody typed, or what is wrong with it.

    Forgives small letters, whatever stands between the signs, letters of other scripts, and signs that look alike.
    """
    signs = "".join(sign for sign in codes.latin(plain(typed).upper()) if sign.isalnum())
    ours = signs.translate(_ALIKE)
    strange = next((sign for sign, meant in zip(signs, ours, strict=True) if meant not in _VALUES), "")
    if len(ours) == LENGTH and not strange and _check(ours[:-1]) == ours[-1]:
        return ours
    if not signs:
        return Misread(Slip.EMPTY)
    if _CODE.fullmatch(signs) or codes.read_code(typed) is not None:
        return Misread(Slip.CODE)
    if len(ours) != LENGTH:
        return Misread(Slip.LENGTH, len(signs))
    return Misread(Slip.SIGN, sign=strange) if strange else Misread(Slip.TYPO)


def _check(signs: str | list[str]) -> str:
    """The sign that checks the twelve before it."""
    return ALPHABET[sum(weight * _VALUES[sign] for weight, sign in zip(_WEIGHTS, signs, strict=True)) % _SIZE]

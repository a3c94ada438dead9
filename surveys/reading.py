"""What people type, read as an option, a whole number or a text. Pure; knows no stored answers and no chat."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from surveys.model import Choice, Item

TEXT_LIMIT = 1000  # characters that a text answer may have
WIDEST = 2**31 - 1  # a number without a limit of its own still fits an INTEGER column


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class Problem(StrEnum):
    """Why a reply cannot be taken. The sentences for people stand with the bot."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NO_SUCH_CHOICE = "no_such_choice"
    NOTHING_CHOSEN = "nothing_chosen"
    CHOOSE_A_BUTTON = "choose_a_button"
    NOT_ALLOWED = "not_allowed"


_POSITION = re.compile(r"\(?([0-9]{1,3})[.)]*(?![0-9])(.*)", re.DOTALL)
_SEVERAL = re.compile(r"(?:[,;+&\s]|\b(?:in|ter|pa)\b)+")
_LISTED = re.compile(r"[,;\n]")
_DECIMAL = re.compile(r"[+\-−]?[0-9]+[.,/⁄][0-9]")
_NUMBER = re.compile(r"([+\-−]?)([0-9]+)")
_UNCERTAIN = frozenset({"ali", "do", "in", "manj", "oz", "oziroma", "pa", "ter", "tisoc", "vec"})
_HALVES = frozenset({"pol", "polovica", "cetrt", "tretjina"})
_FOLLOWING = 4  # words that may stand behind a number: »3 dni na teden«
_DIGITS = 12  # more are over every limit

_UNITS = ("ena", "dva", "tri", "stiri", "pet", "sest", "sedem", "osem", "devet")
_TENS = ("dvajset", "trideset", "stirideset", "petdeset", "sestdeset", "sedemdeset", "osemdeset", "devetdeset")
_OTHER_FORMS = {
    **dict.fromkeys(("nic", "nula", "noben", "nobena", "nobene", "nobenega", "nobeden", "nobeno", "nikoli"), 0),
    **dict.fromkeys(("en", "eden", "eno", "ene", "enega"), 1),
    "dve": 2,
    "trije": 3,
    "stirje": 4,
    "sto": 100,
}
_WORDS = (
    {word: number for number, word in enumerate(_UNITS, start=1)}
    | {"deset": 10, "enajst": 11}
    | {f"{unit}najst": number for number, unit in enumerate(_UNITS[1:], start=12)}
    | {word: number for number, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {
        f"{unit}in{ten}": tens + ones
        for tens, ten in zip(range(20, 100, 10), _TENS, strict=True)
        for ones, unit in enumerate(_UNITS, start=1)
    }
    | _OTHER_FORMS
)


def fold(text: str) -> str:
    """The text in small letters, without carons and accents, with single spaces and bare ends."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    words = "".join(sign for sign in plain if not unicodedata.combining(sign)).split()
    joined = " ".join(words)
    inner = [place for place, sign in enumerate(joined) if sign.isalnum()]
    return joined[inner[0] : inner[-1] + 1] if inner else ""


def read_choice(text: str, choices: Sequence[Choice]) -> Choice | Problem:
    """The option that a position (»2«, »2.«, »2)«), a label, or both (»2. redko«) name."""
    if not text.strip():
        return Problem.EMPTY
    wanted = fold(text)
    for choice in choices:
        if fold(choice.label) == wanted:
            return choice
    position = _POSITION.fullmatch(text.strip())
    if position is None:
        return Problem.CHOOSE_A_BUTTON
    place, label = int(position[1]), fold(position[2])
    if not 1 <= place <= len(choices):
        return Problem.CHOOSE_A_BUTTON if label else Problem.NO_SUCH_CHOICE
    choice = choices[place - 1]
    return choice if label in {"", fold(choice.label)} else Problem.CHOOSE_A_BUTTON


def read_choices(text: str, choices: Sequence[Choice]) -> tuple[Choice, ...] | Problem:
    """The options that one label, several positions (»1, 3«, »1 in 3«) or several labels name."""
    outcome = read_choice(text, choices)
    if isinstance(outcome, Choice):
        return (outcome,)
    for separator in (_SEVERAL, _LISTED):
        parts = [read_choice(part, choices) for part in separator.split(text) if part.strip()]
        found = tuple(part for part in parts if isinstance(part, Choice))
        if parts and len(found) == len(parts):
            return found
        if parts and Problem.CHOOSE_A_BUTTON not in parts:
            outcome = Problem.NO_SUCH_CHOICE
    return outcome


def read_number(text: str, item: Item) -> int | Problem:
    """The whole number that digits or Slovenian number words say, within the limits of the item."""
    stripped = text.strip()
    if not stripped:
        return Problem.EMPTY
    number = _in_digits(stripped) if _NUMBER.match(stripped) else _in_words(stripped)
    if isinstance(number, Problem):
        return number
    if number < (-WIDEST if item.minimum is None else item.minimum):
        return Problem.TOO_SMALL
    if number > (WIDEST if item.maximum is None else item.maximum):
        return Problem.TOO_LARGE
    return number


def _in_digits(text: str) -> int | Problem:
    if _DECIMAL.match(text):
        return Problem.NOT_WHOLE
    sign, digits, rest = _NUMBER.split(text, maxsplit=1)[1:]
    size = int(digits.lstrip("0")[:_DIGITS] or "0")
    return _spoilt(rest) or (-size if sign in {"-", "−"} else size)


def _in_words(text: str) -> int | Problem:
    first, _, rest = fold(text).partition(" ")
    number = _WORDS.get(first.removesuffix("krat"))
    return Problem.NOT_A_NUMBER if number is None else _spoilt(rest) or number


def _spoilt(rest: str) -> Problem | None:
    """What stands behind a number may spoil it: »3 in pol« is not whole, »3 ali 4« is no one number."""
    words = fold(rest).split()
    if _HALVES.intersection(words):
        return Problem.NOT_WHOLE
    one = not any(word in _UNCERTAIN or word in _WORDS or word.startswith("milijon") for word in words)
    return None if one and len(words) <= _FOLLOWING and not re.search("[0-9]", rest) else Problem.NOT_A_NUMBER


def read_text(text: str) -> str | Problem:
    """The text without control characters, at most `TEXT_LIMIT` characters long."""
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    clean = unicodedata.normalize("NFC", "".join(sign for sign in lines if _readable(sign))).strip()
    if all(sign.isspace() or unicodedata.category(sign) == "Cf" for sign in clean):
        return Problem.EMPTY
    return clean if len(clean) <= TEXT_LIMIT else Problem.TOO_LONG


def _readable(sign: str) -> bool:
    """Controls, lone surrogates and marks that turn the direction of writing are left out."""
    if sign == "\n":
        return True
    return unicodedata.category(sign) not in {"Cc", "Cs"} and unicodedata.bidirectional(sign) not in _TURNING

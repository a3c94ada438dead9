"""A number among the words that people put around it: »približno 3 dni«, »5 (pet)«, »dvakrat na teden«. Pure.

What stands beside the number either changes nothing, or says the same as the question, or makes it another number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from surveys import numerals, units
from surveys.signs import fold, folded
from surveys.units import TimeUnit

WEEK = 7  # days


class AmountFlaw(StrEnum):
    """Why a text says no one whole number."""

    NO_NUMBER = "no_number"
    SEVERAL = "several"
    FRACTION = "fraction"
    OTHER_WORDS = "other_words"


class Period(NamedTuple):
    """For how long something is counted: »na teden«, »v 2 tednih«."""

    length: int
    units: frozenset[TimeUnit]


_TOKEN = re.compile(r"(?:(?<![\w.,)-])[-+])?\d+(?:[.,]\d+)*|[^\W\d_]+(?:['-][^\W\d_]+)*|\S")
_WHOLE = re.compile(r"([-+]?\d+)(?:[.,]0{1,2})?")
_DIGITS = 12  # more are over every limit
_STEM = 4  # letters by which a word of the question is known again
_LONGEST = 40  # tokens; who writes more does not name a number


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_FOR = _words(
    "na v vsak vsaki vsako vse vsi a per in each every u svaki svake svakog за в у на секој кожен кожного на në çdo"
) | {"/"}
_EVERY = _words("vsak vsaki vsako vse vsi every each svaki svake svakog секој сваки кожен кожного çdo")
_LAST = _words(
    "zadnjem zadnji zadnjih zadnja preteklem pretekli ta tem last past this zadnjeg zadnja prošli prošlom ovaj ovom"
    " последниот последната минулий минулого останній kaluar"
)
_TIMES = _words("x krat puta put times time пати пута пут раз рази разів herë")
_SIGNS = frozenset("×✕✖✗*")
_HARMLESS = _words(
    "približno okoli okrog cca ca circa kakšne kakšna kakšen kakšnih kake kakih nekako recimo tam nekje samo le točno"
    " natanko natančno ravno skupaj odgovor odgovori številka število št moj je so mislim da hvala prosim jaz verjetno"
    " morda mogoče po about around approximately roughly only just exactly maybe probably i think it is answer number"
    " my oko otprilike točno околу само точно отприлике приблизно близько десь rreth vetëm"
)
_NAMING = _words(  # beside the number of an option, where other words may be labels
    "približno številka število št odgovor odgovori možnost mislim hvala prosim number answer option about broj број"
    " одговор одговори номер відповідь numri"
)
_OPEN = frozenset(".,;:!?()[]{}\"'»«„“”‚‘’-~≈·•*_…")
_CHANGING = _words(
    "do od več manj vsaj največ najmanj skoraj nad pod ali over under more less most least almost up to than or ne"
    " manje više barem najviše skoro повеќе помалку більше менше майже"
)


@dataclass(frozen=True, slots=True)
class AskedAmount:
    """What a question counts. `counted` is empty where it counts no time; `stems` begin the question's own words.

    `harmless` are words that change nothing.
    """

    counted: frozenset[TimeUnit] = frozenset()
    period: Period | None = None
    times: bool = False
    stems: frozenset[str] = frozenset()
    harmless: frozenset[str] = _HARMLESS


_ALONE = AskedAmount(harmless=_NAMING)


@dataclass(slots=True)
class _Found:
    """What a text says, as far as it was read."""

    numbers: list[tuple[int, bool]] = field(default_factory=list)  # with whether it stands in digits
    counted: list[frozenset[TimeUnit]] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    times: bool = False
    fraction: bool = False
    others: list[str] = field(default_factory=list)
    every: bool = False


def read(text: str, asked: AskedAmount = _ALONE) -> int | AmountFlaw:
    """The one whole number that a text says, as an answer to what is asked; without a question it names an option."""
    tokens = _tokens(text)
    if len(tokens) > _LONGEST:
        return AmountFlaw.OTHER_WORDS
    found = _found(tokens, asked)
    if found.fraction:
        return AmountFlaw.FRACTION
    if not found.numbers:
        return WEEK if _is_daily(found, asked) else AmountFlaw.NO_NUMBER
    number = _one(found.numbers)
    if number is None:
        return AmountFlaw.SEVERAL
    return number if _fits(found, asked) else AmountFlaw.OTHER_WORDS


def beside(text: str) -> tuple[int, str] | None:
    """The whole number at the beginning of a text or, in digits, at its end, and the other words."""
    tokens = _tokens(text)
    telling = [place for place, token in enumerate(tokens) if token not in _OPEN]
    if not telling:
        return None
    first, last = telling[0], telling[-1]
    if tokens[last].isdecimal() and not tokens[first].isdecimal():
        return int(tokens[last][-_DIGITS:]), " ".join(tokens[first:last])
    number, width = _number(tokens, first)
    return None if number is None else (number, " ".join(tokens[first + width :]))


@lru_cache(maxsize=512)
def asked(question: str, unit: str) -> AskedAmount:
    """What a question in any language counts; `unit` is what the item calls it in Slovenian."""
    found = _found(_tokens(question), _ALONE)
    words = [*found.others, *_word_tokens(unit)]
    named = frozenset(one for token in _word_tokens(unit) for one in units.units(token))
    counted = named or (frozenset() if unit else frozenset().union(*found.counted[:1]))
    stems = {word[:_STEM] for word in words if len(word) >= _STEM and word not in _CHANGING}
    often = found.times or any("krat" in word for word in words)
    return AskedAmount(
        counted, found.periods[0] if found.periods else None, TimeUnit.DAY in counted or often, frozenset(stems)
    )


def _tokens(text: str) -> list[str]:
    """Numbers, words and signs; »dvakrat« becomes »dva krat«."""
    return [part for token in _TOKEN.findall(folded(text)) for part in _parted(token)]


def _word_tokens(text: str) -> Iterator[str]:
    return (token for token in _tokens(text) if token[0].isalpha())


def _parted(token: str) -> tuple[str, ...]:
    often = numerals.times_of(token)
    return (token,) if often is None else (str(often), "x")


def _found(tokens: Sequence[str], asked: AskedAmount) -> _Found:
    found, place = _Found(), 0
    while place < len(tokens):
        place += _period(tokens, place, found) or _amount(tokens, place, found) or _word(tokens, place, found, asked)
    return found


def _period(tokens: Sequence[str], place: int, found: _Found) -> int:
    """How many tokens from here say for how long: »na teden«, »v 2 tednih«, »v zadnjem mesecu«, »tedensko«."""
    adverb = units.by(tokens[place])
    if adverb:
        found.periods.append(Period(1, adverb))
        return 1
    if tokens[place] not in _FOR:
        return 0
    count, width = _number(tokens, place + 1)
    after = place + 1 + width
    after += width == 0 and after < len(tokens) and tokens[after] in _LAST
    named = units.units(tokens[after]) if after < len(tokens) else frozenset()
    if not named:
        return 0
    found.periods.append(Period(1 if count is None else count, named))
    found.every = found.every or (tokens[place] in _EVERY and count is None and TimeUnit.DAY in named)
    return after + 1 - place


def _amount(tokens: Sequence[str], place: int, found: _Found) -> int:
    """How many tokens from here say a number or a part of one."""
    if _is_ratio(tokens[place : place + 3]):
        found.fraction = True
        return 3
    if numerals.is_fraction(tokens[place]):
        found.fraction = True
        return 1
    number, width = _number(tokens, place)
    if number is not None:
        found.numbers.append((number, tokens[place][-1].isdecimal()))
    elif tokens[place][-1].isdecimal():
        found.fraction, width = True, 1
    return width


def _is_ratio(tokens: Sequence[str]) -> bool:
    """»1/2«, and not »5/teden«."""
    return len(tokens) == 3 and tokens[1] == "/" and tokens[0].isdecimal() and tokens[2].isdecimal()  # noqa: PLR2004


def _word(tokens: Sequence[str], place: int, found: _Found, asked: AskedAmount) -> int:
    """Take one word or sign that is no number."""
    token = tokens[place]
    named = units.units(token)
    if token in _SIGNS or token in _TIMES:
        found.times = True
    elif named:
        found.counted.append(named)
    elif not (_is_harmless(token, asked) or _is_of_question(tokens, place, asked)):
        found.others.append(token)
    return 1


def _number(tokens: Sequence[str], place: int) -> tuple[int | None, int]:
    """The number that begins here, and how many tokens say it; (None, 0) where none does."""
    if place >= len(tokens):
        return None, 0
    digits = _WHOLE.fullmatch(tokens[place])
    if digits is not None:
        sign, size = (-1, digits[1][1:]) if digits[1][0] == "-" else (1, digits[1].lstrip("+"))
        return sign * int(size.lstrip("0")[:_DIGITS] or "0"), 1
    for width in range(numerals.MOST_WORDS, 0, -1):
        words = tokens[place : place + width]
        number = numerals.number_of(words) if len(words) == width else None
        if number is not None:
            return number, width
    return None, 0


def _is_harmless(token: str, asked: AskedAmount) -> bool:
    return (
        token in asked.harmless or token in _OPEN or (len(token) == 1 and unicodedata.category(token) in {"So", "Sk"})
    )


def _is_of_question(tokens: Sequence[str], place: int, asked: AskedAmount) -> bool:
    """A word of the question changes nothing, nor does a short one before it: »v knjižnico«."""
    token = tokens[place]
    if token in _CHANGING:
        return False
    if len(token) >= _STEM:
        return token[:_STEM] in asked.stems
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    return token.isalpha() and len(following) >= _STEM and following[:_STEM] in asked.stems


def _one(numbers: Sequence[tuple[int, bool]]) -> int | None:
    """The number, where there is one, or the same in digits and in words: »5 (pet)«."""
    if len(numbers) == 1:
        return numbers[0][0]
    twice = len(numbers) == 2 and numbers[0][0] == numbers[1][0] and numbers[0][1] is not numbers[1][1]  # noqa: PLR2004
    return numbers[0][0] if twice else None


def _fits(found: _Found, asked: AskedAmount) -> bool:
    """Whether what stands beside the number says what is asked."""
    return (
        not found.others
        and all(named & asked.counted for named in found.counted)
        and (asked.times or not found.times)
        and all(_is_same(period, asked.period) for period in found.periods)
    )


def _is_same(period: Period, asked: Period | None) -> bool:
    return asked is not None and period.length == asked.length and bool(period.units & asked.units)


def _is_daily(found: _Found, asked: AskedAmount) -> bool:
    """»Vsak dan« is all seven, where days in a week are asked for."""
    return (
        found.every
        and not found.others
        and asked.counted == {TimeUnit.DAY}
        and _is_same(Period(1, frozenset({TimeUnit.WEEK})), asked.period)
        and all(TimeUnit.DAY in period.units or _is_same(period, asked.period) for period in found.periods)
    )

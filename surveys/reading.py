"""What people type, read as an option, a whole number or a text. Pure; knows no stored answers and no chat.

The same wherever something is typed: in a chat, from paper, in a table, in a kiosk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from surveys import amounts, dates
from surveys.amounts import AmountFlaw
from surveys.dates import DateFlaw
from surveys.model import Choice, Item
from surveys.options import bare, carry_numbers, meant, named, numbered, span_of, spans
from surveys.quantities import bounds
from surveys.signs import fold, plain

__all__ = [
    "TEXT_LIMIT",
    "Problem",
    "Unclear",
    "bits",
    "combined",
    "fold",
    "named",
    "numbered",
    "read_choice",
    "read_choices",
    "read_date",
    "read_number",
    "read_text",
    "says",
]

TEXT_LIMIT = 15_000  # characters that a text answer may have


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class Problem(StrEnum):
    """Why a reply cannot be taken. The sentences for people stand with the bot."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    NOT_WHAT_IS_ASKED = "not_what_is_asked"  # a number beside words that make it another: »3 ure«
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_PRECISE = "too_precise"  # a number with more decimals than the question takes
    NOT_A_DATE = "not_a_date"
    WHICH_DATE = "which_date"  # it may mean two days: »1/3/2026«, »3. 12. 26«
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NO_SUCH_CHOICE = "no_such_choice"
    WHICH_CHOICE = "which_choice"  # the reply may mean several options, see `Unclear`
    NOTHING_CHOSEN = "nothing_chosen"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NOT_TOGETHER = "not_together"  # an option that excludes the others, with another
    CHOOSE_A_BUTTON = "choose_a_button"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Unclear:
    """The options that a reply may mean, at least one: whoever wrote it is asked."""

    choices: tuple[Choice, ...]


_FLAWS: Mapping[AmountFlaw, Problem] = {
    AmountFlaw.NO_NUMBER: Problem.NOT_A_NUMBER,
    AmountFlaw.SEVERAL: Problem.NOT_A_NUMBER,
    AmountFlaw.FRACTION: Problem.NOT_WHOLE,
    AmountFlaw.OTHER_WORDS: Problem.NOT_WHAT_IS_ASKED,
}
_SEVERAL = re.compile(r"(?:[,;+&\s]|\b(?:in|ter|pa|and|i|и|dhe|та|й)\b)+")
_LISTED = re.compile(r"[,;\n]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d),(?=\d)")
_DECIMAL = re.compile(r"(?<![\d.,])([-+]?\d{1,9})[.,](\d{1,9})(?![\d.,]*\d)")
_BELOW_ZERO = re.compile(r"(?<![\w.,)-])-\d")
_STEM = 4  # letters by which a word of a label is known again


def says(text: str, words: str) -> bool:
    """Whether a text says these words, whatever the case, carons, marks and, where there are no digits, spaces."""
    return _key(text) == _key(words) != ""


def read_choice(text: str, choices: Sequence[Choice]) -> Choice | Unclear | Problem:
    """The option that a label, a number (»2«, »2.«, »dva«, »5 (pet)«) or both (»2. redko«, »redko (2)«) name."""
    if not plain(text):
        return Problem.EMPTY
    labelled = _by_label(text, choices)
    if labelled is not None:
        return labelled
    number = amounts.read(text)
    return _by_number(number, choices) if isinstance(number, int) else _by_both(text, choices)


def read_choices(text: str, choices: Sequence[Choice]) -> tuple[Choice, ...] | Unclear | Problem:
    """The options that one label, several numbers (»1, 3«, »1 in 3«) or several labels name."""
    labelled = _by_label(text, choices)
    if labelled is not None:
        return (labelled,)
    outcome: Unclear | Problem = Problem.CHOOSE_A_BUTTON if plain(text) else Problem.EMPTY
    listed = _BETWEEN_DIGITS.sub(", ", plain(text))  # »1,3« are two, not one and a bit
    for parts in ([listed], _LISTED.split(listed), _SEVERAL.split(listed)):
        read = [(part, read_choice(part, choices)) for part in parts if part.strip()]
        found = tuple(one for _, one in read if isinstance(one, Choice))
        if read and len(found) == len(read):
            return found
        differing = next((one for part, one in read if isinstance(one, Unclear) and _is_one_name(part)), None)
        if differing is not None:
            return differing
        if read and all(one is not Problem.CHOOSE_A_BUTTON for _, one in read):
            outcome = next(one for _, one in read if not isinstance(one, Choice))
    return outcome


def bits(choices: Iterable[Choice]) -> int:
    """How several chosen options are stored."""
    return sum(1 << code for code in {choice.code for choice in choices})


def combined(item: Item, value: int) -> Problem | None:
    """Why these options together are no answer; None where they are one."""
    chosen = [choice for choice in item.choices if value >> choice.code & 1]
    if len(chosen) == 1 and chosen[0].alone:
        return None
    if any(choice.alone for choice in chosen):
        return Problem.NOT_TOGETHER
    if item.most is not None and len(chosen) > item.most:
        return Problem.TOO_MANY
    return Problem.TOO_FEW if item.fewest is not None and len(chosen) < item.fewest else None


def read_number(text: str, item: Item) -> int | Problem:
    """The number that digits or words say, as it is stored: within the limits of the item and in what it counts."""
    if not plain(text):
        return Problem.EMPTY
    whole, decimals = _parted(text) if item.places else (text, "")
    number = amounts.read(whole, amounts.asked(item.text, item.unit))
    if isinstance(number, AmountFlaw):
        return Problem.NOT_A_NUMBER if item.places and number is AmountFlaw.FRACTION else _FLAWS[number]
    if len(decimals) > item.places:
        return Problem.TOO_PRECISE
    beyond = int(decimals.ljust(item.places, "0") or 0)
    value = number * 10**item.places + (-beyond if _BELOW_ZERO.search(plain(whole)) else beyond)
    low, high = bounds(item)
    return Problem.TOO_SMALL if value < low else Problem.TOO_LARGE if value > high else value


def read_date(text: str, item: Item, today: date | None) -> int | Problem:
    """The date that a text says, as it is stored, within the limits of the item."""
    if not plain(text):
        return Problem.EMPTY
    found = dates.read(text, item, today)
    low, high = bounds(item)
    if found is DateFlaw.NONE and (period := dates.period(text)) is not None:
        return Problem.TOO_EARLY if period[1] < low else Problem.TOO_LATE if period[0] > high else Problem.NOT_A_DATE
    if isinstance(found, DateFlaw):
        return Problem.WHICH_DATE if found is DateFlaw.WHICH else Problem.NOT_A_DATE
    return Problem.TOO_EARLY if found < low else Problem.TOO_LATE if found > high else found


def _parted(text: str) -> tuple[str, str]:
    """The text with the one number in it without its decimals, and these."""
    found = _DECIMAL.findall(plain(text))
    if len(found) != 1:
        return text, ""
    return _DECIMAL.sub(found[0][0], plain(text)), found[0][1]


def _key(text: str) -> str:
    words = fold(text)
    return words if any(sign.isdecimal() for sign in words) else re.sub("[ '-]", "", words)


def _is_one_name(text: str) -> bool:
    """Whether a number and words name one option together: »2. redko«, and not »2, redko« or »2 3«."""
    return not _LISTED.search(text) and any(sign.isalpha() for sign in text)


def _by_label(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The option with this label, or with this range as its label: »od 15 do 29« is »15–29«."""
    number = bare(text)
    if number is not None:
        labels = [bare(choice.label) for choice in choices]
        if number in labels:
            return choices[labels.index(number)]
        if number < 0 and any(label is not None and label < 0 for label in labels):
            return None  # where signs tell labels apart, none is read over
    same = next((choice for choice in choices if fold(choice.label) == fold(text) != ""), None)
    if same is not None:
        return same
    alike = [choice for choice in choices if says(text, choice.label)]
    span = span_of(text)
    if span is not None and span.low != span.high:
        alike += [choice for choice, stands in zip(choices, spans(choices), strict=True) if stands == span]
    return alike[0] if len(alike) == 1 else None


def _by_number(number: int, choices: Sequence[Choice]) -> Choice | Unclear | Problem:
    """The option that a number means; where labels carry numbers, but not this one, what it may have meant."""
    options = meant(number, choices)
    if not options and carry_numbers(choices):
        options = tuple(choice for place, choice in enumerate(choices, 1) if number in {place, choice.code})
        return Unclear(options) if options else Problem.NO_SUCH_CHOICE
    return _one_of(options)


def _by_both(text: str, choices: Sequence[Choice]) -> Choice | Unclear | Problem:
    """The option that a number and words name together; where they differ, both are asked about."""
    found = amounts.beside(text)
    if found is None:
        return Problem.CHOOSE_A_BUTTON
    number, words = found
    options = meant(number, choices)
    labelled = _by_label(words, choices)
    if labelled is not None:
        return labelled if labelled in options else Unclear((*options, labelled))
    fitting = tuple(choice for choice in options if _is_part(words, choice.label))
    return _one_of(fitting) if fitting else Problem.CHOOSE_A_BUTTON


def _one_of(options: tuple[Choice, ...]) -> Choice | Unclear | Problem:
    if not options:
        return Problem.NO_SUCH_CHOICE
    return options[0] if len(options) == 1 else Unclear(options)


def _is_part(words: str, label: str) -> bool:
    """Whether all words are words of the label, in any of their forms."""
    said, known = fold(words).split(), {word[:_STEM] for word in fold(label).split()}
    return bool(said) and all(word[:_STEM] in known for word in said)


def read_text(text: str) -> str | Problem:
    """The text without control characters, at most `TEXT_LIMIT` characters long."""
    clean = readable(text)
    if all(sign.isspace() or unicodedata.category(sign) == "Cf" for sign in clean):
        return Problem.EMPTY
    return clean if len(clean) <= TEXT_LIMIT else Problem.TOO_LONG


def readable(text: str) -> str:
    """The text as it is kept: composed, without controls and marks that turn the direction of writing."""
    lines = text.replace("\r\n", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", "".join(sign for sign in lines if _readable(sign))).strip()


def _readable(sign: str) -> bool:
    """Controls, lone surrogates and marks that turn the direction of writing are left out."""
    if sign == "\n":
        return True
    return unicodedata.category(sign) not in {"Cc", "Cs"} and unicodedata.bidirectional(sign) not in _TURNING

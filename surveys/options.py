"""The number under which an option is typed, the same in a chat, on paper and in a table. Pure.

A number that stands in a label means that option. Where no label of a list has one, an option is typed by its code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from surveys.model import Choice
from surveys.numerals import MOST_WORDS, number_of
from surveys.signs import fold, folded

_FAR = 2**31


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """The numbers that a label stands for, from `low` to `high`; they are whole, unless the label is one number."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high


def numbered(choices: Sequence[Choice]) -> tuple[str | None, ...]:
    """What is printed before each label: the number under which it is typed; None where labels carry their own."""
    if carry_numbers(choices):
        return (None,) * len(choices)
    return tuple(str(choice.code) for choice in choices)


def named(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The labels as they are listed for reading, each behind its number where it has one."""
    numbers = numbered(choices)
    return tuple(
        choice.label if number is None else f"{number} · {choice.label}"
        for number, choice in zip(numbers, choices, strict=True)
    )


def carry_numbers(choices: Sequence[Choice]) -> bool:
    """Whether a number stands in one of the labels; then only labels say what a typed number means."""
    return any(spans(choices))


def meant(number: int, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The options that a typed number may mean: one, where it is clear; several or none, where it is not."""
    stand = spans(choices)
    if not any(stand):
        return tuple(choice for choice in choices if choice.code == number)
    return tuple(choice for choice, span in zip(choices, stand, strict=True) if span is not None and number in span)


def spans(choices: Sequence[Choice]) -> tuple[NumberSpan | None, ...]:
    """The numbers that stand in the labels of a list; none where only »nikoli« and the like say one."""
    return _spans(tuple(choice.label for choice in choices))


def span_of(text: str) -> NumberSpan | None:
    """The numbers that a text says, and nothing else: »15–29«, »od 15 do 29«, »3 ali več«, »dva«."""
    alone = bare(text)
    if alone is not None:
        return NumberSpan(alone, alone)
    said = _AROUND.sub("", folded(text))
    said = said if any(sign.isdecimal() for sign in said) else _in_digits(said)
    return next((span for bound in _BOUNDS if (span := bound.span(bound.pattern.fullmatch(said))) is not None), None)


def _of_label(label: str) -> NumberSpan | None:
    """The numbers that a label begins with; words count only where there are no others: »2 otroka«, »dva«."""
    alone = bare(label)
    if alone is not None:
        return NumberSpan(alone, alone)
    said = _AROUND.sub("", folded(label))
    if not any(sign.isdecimal() for sign in said):
        return span_of(label)
    return next((span for bound in _BOUNDS if (span := bound.span(bound.pattern.match(said))) is not None), None)


def bare(text: str) -> float | None:
    """The number that is the whole text, below zero or with decimals too: »3«, »-1«, »1,5«; no thousands."""
    found = _BARE.fullmatch(folded(text))
    if found is None:
        return None
    number = float(found[0].replace(",", "."))
    return int(number) if number.is_integer() else number


def alike(label: str) -> str | float:
    """What no two labels of a list share: the number that is the whole label, or the words as they are typed."""
    number = bare(label)
    return fold(label) if number is None else number


@lru_cache(maxsize=512)
def _spans(labels: tuple[str, ...]) -> tuple[NumberSpan | None, ...]:
    parted = [_LAST.fullmatch(folded(label)) for label in labels]
    shared = Counter(found[1] for found in parted if found is not None)
    stand = [
        NumberSpan(int(found[2]), int(found[2])) if found is not None and shared[found[1]] > 1 else _of_label(label)
        for label, found in zip(labels, parted, strict=True)
    ]
    told = any(span is not None and not _is_none(label) for label, span in zip(labels, stand, strict=True))
    return tuple(stand) if told else (None,) * len(labels)


@dataclass(frozen=True, slots=True)
class _Bound:
    """A way to say from where to where; an end that is not said is `low` or `high`; `moved` is added to the other."""

    pattern: re.Pattern[str]
    low: int | None = None
    high: int | None = None
    moved: int = 0

    def span(self, found: re.Match[str] | None) -> NumberSpan | None:
        """What was found, as numbers."""
        if found is None:
            return None
        sizes = [int(size) + self.moved for size in found.groups()]
        return NumberSpan(sizes[0] if self.low is None else self.low, sizes[-1] if self.high is None else self.high)


_AROUND = re.compile(r"^[^\w+]+|[^\w+]+$")  # signs that say nothing
_BARE = re.compile(r"[-+]?\d{1,9}(?:[.,]\d{1,2})?")
_LAST = re.compile(r"([^\d]*[^\W\d_])\W*(\d{1,9})\W*")  # »ocena 3«
_SIZE = r"(\d{1,9})(?![\d.,]*\d)"
_OR = "(?:ali|in|oz|oziroma|or|and|ili|i|или|и|або|ose|e)"
_MORE = "(?:vec|more|over|older|vise|повеке|више|більше|starejsi|starejse|me shume)"
_LESS = "(?:manj|less|fewer|under|younger|manje|помалку|мање|менше|mlajsi|mlajse|me pak)"
_BOUNDS = (
    _Bound(re.compile(rf"(?:od |from |between |од |від )?{_SIZE} ?(?:-|do|to|and|до) ?{_SIZE}")),
    _Bound(re.compile(rf"{_SIZE} ?\+"), high=_FAR),
    _Bound(re.compile(rf"{_SIZE}(?:[- ][^\d]+)? {_OR} {_MORE}\b"), high=_FAR),
    _Bound(re.compile(rf"(?:vsaj|najmanj|at least|barem|najmanje|барем|најмалку|щонайменше) {_SIZE}"), high=_FAR),
    _Bound(
        re.compile(rf"(?:nad|over|above|понад|над|mbi|{_MORE} (?:kot|od|than|од|ніж|se)) {_SIZE}"), high=_FAR, moved=1
    ),
    _Bound(re.compile(rf"(?:pod|under|below|под|nen|{_LESS} (?:kot|od|than|од|ніж|se)) {_SIZE}"), low=-_FAR, moved=-1),
    _Bound(re.compile(rf"(?:do|najvec|up to|at most|najvise|до|највише|најмногу) {_SIZE}"), low=-_FAR),
    _Bound(re.compile(rf"{_SIZE} {_OR} {_LESS}"), low=-_FAR),
    _Bound(re.compile(_SIZE)),
)


def _in_digits(said: str) -> str:
    """The text with the number words at its beginning in digits; "" where it does not begin with any."""
    words = said.split()
    for width in range(MOST_WORDS, 0, -1):
        number = number_of(words[:width]) if len(words) >= width else None
        if number is not None:
            return " ".join([str(number), *words[width:]])
    return ""


def _is_none(label: str) -> bool:
    """»nikoli«, »nič«: none, but no list of numbers by itself."""
    return number_of(fold(label).split()) == 0 and not any(sign.isdecimal() for sign in label)

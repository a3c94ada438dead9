"""The functions that are taken: how many values each takes and what it gives; and others that are only known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, DecimalException

from surveys.expressions.patterns import matches
from surveys.expressions.values import NOTHING, Value, is_nothing, to_boolean, to_date, to_number, to_text

CHOICE_NAME = "jr:choice-name"


@dataclass(frozen=True, slots=True)
class Function:
    """`least` to `most` values (None: any number); `value` gives what it is, of them and of what today is."""

    least: int
    most: int | None
    value: Callable[[Sequence[Value], date], Value]

    def takes(self, count: int) -> bool:
        """Whether it takes so many values."""
        return count >= self.least and (self.most is None or count <= self.most)


def round_half_up(number: float, places: int = 0) -> float:
    """As ODK rounds: without places halves go up, with places away from zero."""
    if math.isnan(number) or math.isinf(number):
        return number
    if places == 0:
        return float(math.floor(number + 0.5))
    try:
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    except DecimalException:  # more places than the number has: it is as round as it can be
        return number if places > 0 else 0.0


def chosen(value: Value) -> list[str]:
    """The names of the options that were chosen, of a question with several answers."""
    return to_text(value).split()


def _coalesce(values: Sequence[Value], _: date) -> Value:
    return next((value for value in values if not is_nothing(value)), NOTHING)


def _int(values: Sequence[Value], _: date) -> Value:
    number = to_number(values[0])
    return float(math.trunc(number)) if math.isfinite(number) else number


def _floor(values: Sequence[Value], _: date) -> Value:
    number = to_number(values[0])
    return float(math.floor(number)) if math.isfinite(number) else number


def _round(values: Sequence[Value], _: date) -> Value:
    places = to_number(values[1]) if len(values) > 1 else 0.0
    return round_half_up(to_number(values[0]), math.trunc(places)) if math.isfinite(places) else math.nan


def _date(values: Sequence[Value], _: date) -> Value:
    found = to_date(values[0])
    return NOTHING if found is None else found


def _days(values: Sequence[Value], _: date) -> Value:
    """A date or moment as days since 1970, with the part of the day that has passed."""
    [value] = values
    if isinstance(value, datetime):
        return to_number(value)
    found = to_date(value)
    return math.nan if found is None else to_number(found)


def _selected(values: Sequence[Value], _: date) -> Value:
    return to_text(values[1]).strip() in chosen(values[0])


def _midnight(_: Sequence[Value], today: date) -> Value:
    return today if isinstance(today, datetime) else datetime.combine(today, time.min)


def _day(_: Sequence[Value], today: date) -> Value:
    return today.date() if isinstance(today, datetime) else today


FUNCTIONS: Mapping[str, Function] = {  # `if` and jr:choice-name are calculated by the evaluator itself
    "true": Function(0, 0, lambda _, __: True),
    "false": Function(0, 0, lambda _, __: False),
    "not": Function(1, 1, lambda values, _: not to_boolean(values[0])),
    "if": Function(3, 3, lambda values, _: values[1] if to_boolean(values[0]) else values[2]),
    "coalesce": Function(1, None, _coalesce),
    "selected": Function(2, 2, _selected),
    "count-selected": Function(1, 1, lambda values, _: float(len(chosen(values[0])))),
    "string-length": Function(1, 1, lambda values, _: float(len(to_text(values[0])))),
    "regex": Function(2, 2, lambda values, _: matches(to_text(values[1]), to_text(values[0]))),
    "concat": Function(1, None, lambda values, _: "".join(map(to_text, values))),
    "contains": Function(2, 2, lambda values, _: to_text(values[1]) in to_text(values[0])),
    "int": Function(1, 1, _int),
    "floor": Function(1, 1, _floor),
    "round": Function(1, 2, _round),
    "number": Function(1, 1, lambda values, _: to_number(values[0])),
    "today": Function(0, 0, _day),
    "now": Function(0, 0, _midnight),
    "date": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, _days),
    CHOICE_NAME: Function(2, 2, lambda values, _: values[0]),
}

NOT_TAKEN = frozenset({
    "abs", "acos", "area", "asin", "atan", "atan2", "base64-decode", "boolean", "boolean-from-string", "ceiling",
    "checklist", "cos", "count", "count-non-empty", "current", "date-time", "decimal-time", "depend", "digest",
    "distance", "enclosed-area", "ends-with", "exp", "exp10", "extract-signed", "format-date", "format-date-time",
    "geofence", "hash", "id", "indexed-repeat", "instance", "instance-of", "intersects", "jr:itext", "last",
    "local-name", "log", "log10", "max", "min", "name", "namespace-uri", "normalize-space", "once", "pi", "position",
    "pow", "property", "pulldata", "randomize", "rank-index", "random", "selected-at", "sin", "sqrt", "starts-with",
    "string", "sum", "substr", "substring", "substring-after", "substring-before", "tan", "thousands-sep",
    "translate", "uuid", "version", "weighted-checklist",
})  # fmt: skip

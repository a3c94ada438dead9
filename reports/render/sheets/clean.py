"""A report without the characters that XML, and so a spreadsheet, cannot hold. Knows no sheet."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

_Value = TypeVar("_Value")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(report: _Value) -> _Value:
    """The same value, with every string in it free of control characters and halves of characters."""
    cleaned: _Value = _clean(report)
    return cleaned


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _FORBIDDEN.sub("", value)
        case tuple():
            return tuple(_clean(one) for one in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: _clean(getattr(value, field.name)) for field in fields(value)})
    return value

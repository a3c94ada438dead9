"""Tables written as TOML, as somebody would write them by hand. The line of each table of a list is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

Table = Mapping[str, object]


def written(head: Table, lists: Mapping[str, Sequence[Table]]) -> tuple[str, list[int]]:
    """The text, and the lines (from 1) on which the tables of the lists begin, in order."""
    lines = [f"{_key(key)} = {value_text(value)}" for key, value in head.items()]
    begun: list[int] = []
    for name, tables in lists.items():
        for table in tables:
            lines.append("")
            lines.append(f"[[{name}]]")
            begun.append(len(lines))
            lines += [f"{_key(key)} = {value_text(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n", begun


def table_text(name: str, table: Table) -> str:
    """A table with its heading."""
    return "\n".join([f"[{name}]", *(f"{_key(key)} = {value_text(value)}" for key, value in table.items())]) + "\n"


def value_text(value: object) -> str:
    """A value on one line; a list of tables on a line for each."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {value_text(one)}" for key, one in value.items()) + " }"
        case [Mapping() as first, *_] if "label" in first:
            return "[\n" + "".join(f"  {value_text(one)},\n" for one in value) + "]"
        case list() | tuple():
            return "[" + ", ".join(map(value_text, value)) + "]"
    raise TypeError(type(value).__name__)


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if plain else json.dumps(key, ensure_ascii=False)

"""TOML files with the line of every key. Knows nothing of what the keys mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from surveys.findings import Finding, Severity

Step = str | int
_MOST_BYTES = 2**20
_LANGUAGE = Language(tree_sitter_toml.language())
_NO_DAY = re.compile(r"(?<==)\s*\d{4}-\d{1,2}-\d{1,2}")
_AT = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


@dataclass(frozen=True)
class SourceText:
    """A file that was read, and what it holds."""

    file: Path
    data: Mapping[str, Any]
    text: str

    @cached_property
    def lines(self) -> Mapping[tuple[Step, ...], int]:
        """The line of every key and list element by path: found once something is wrong, since that takes time."""
        root = Parser(_LANGUAGE).parse(self.text.encode()).root_node
        return {} if root.has_error else dict(_lines(root))  # newer TOML than the grammar: no lines


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Somewhere in a source: the steps that lead there from its top."""

    source: SourceText
    path: tuple[Step, ...] = ()

    def __truediv__(self, step: Step) -> SourcePlace:
        return SourcePlace(self.source, (*self.path, step))

    @property
    def line(self) -> int:
        """The line of the nearest thing that stands in the file: a missing key is searched for in its table."""
        inside = [line for path, line in self.source.lines.items() if path[: len(self.path)] == self.path]
        if self.path and inside:  # [a.b] names a without a line of its own
            return min(inside)
        for length in range(len(self.path), 0, -1):
            if self.path[:length] in self.source.lines:
                return self.source.lines[self.path[:length]]
        return 1

    def error(self, sentence: str) -> Finding:
        """A problem here that keeps the definition from being used."""
        return Finding(self.source.file, self.line, sentence)

    def warning(self, sentence: str) -> Finding:
        """Advice on what stands here."""
        return Finding(self.source.file, self.line, sentence, Severity.WARNING)


def read(file: Path) -> SourceText | Finding:
    """The content of a TOML file with its lines, or why it cannot be read."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            return Finding(
                file, None, f"the file is larger than {_MOST_BYTES // 2**20} MB, which nobody writes by hand"
            )
        text = content.decode("utf-8-sig")
    except OSError as error:
        return Finding(file, None, f"the file cannot be read ({error.strerror}); check its permissions")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Finding(file, line, "this line is not UTF-8; save the file with the encoding UTF-8")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _broken(file, text, str(error))
    except RecursionError:
        return Finding(file, None, "brackets are nested too deeply in this file; look for one that is never closed")
    return SourceText(file, data, text)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _broken(file: Path, text: str, message: str) -> Finding:
    found = _AT.search(message)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    what = _AT.sub("", message)
    what = what[:1].lower() + what[1:]
    written = text.splitlines()[line - 1 : line]
    if written and (day := _NO_DAY.search(written[0])) and not _is_day(day[0].strip()):
        return Finding(file, line, f"there is no day {day[0].strip()}; write year, month and day like 2026-12-31")
    return Finding(file, line, f"this is not TOML: {what}; look for a missing quote, bracket or equals sign")


def _lines(document: Node) -> Iterator[tuple[tuple[Step, ...], int]]:
    elements: dict[tuple[Step, ...], int] = {}  # how many elements each list of tables has so far
    for node in document.named_children:
        if node.type == "pair":
            yield from _pair(node, ())
        elif node.type in {"table", "table_array_element"}:
            header, *content = [child for child in node.named_children if child.type != "comment"]
            names = _names(header)
            inside = _resolved(names, elements)
            if node.type == "table_array_element":
                inside = _resolved(names[:-1], elements) + names[-1:]
                elements[inside] = elements.get(inside, -1) + 1
                if not elements[inside]:
                    yield inside, header.start_point.row + 1
                inside = (*inside, elements[inside])
            yield inside, header.start_point.row + 1
            for pair in content:
                yield from _pair(pair, inside)


def _resolved(names: tuple[Step, ...], elements: Mapping[tuple[Step, ...], int]) -> tuple[Step, ...]:
    """The names of a header, with the number of the last element behind the name of a list."""
    path: tuple[Step, ...] = ()
    for name in names:
        path = (*path, name)
        if path in elements:
            path = (*path, elements[path])
    return path


def _pair(pair: Node, inside: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], int]]:
    key, value = [child for child in pair.named_children if child.type != "comment"]
    path = inside + _names(key)
    yield path, key.start_point.row + 1
    yield from _value(value, path)


def _value(value: Node, path: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], int]]:
    children = [child for child in value.named_children if child.type != "comment"]
    if value.type == "inline_table":
        for pair in children:
            yield from _pair(pair, path)
    elif value.type == "array":
        for place, child in enumerate(children):
            yield (*path, place), child.start_point.row + 1
            yield from _value(child, (*path, place))


def _names(key: Node) -> tuple[Step, ...]:
    if key.type == "dotted_key":
        return tuple(name for child in key.named_children for name in _names(child))
    written = (key.text or b"").decode()
    return (next(iter(tomllib.loads(f"{written} = 0"))),)

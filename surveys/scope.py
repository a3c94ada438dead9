"""How items are read, and what they may take from elsewhere by name: choice lists and shared items.

Knows single tables, not folders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from surveys.checks import Placed
from surveys.conditions import Compare, Condition
from surveys.fields import build, read_condition, tables, unknown, worded
from surveys.findings import Finding
from surveys.item_checks import CORE, check_item
from surveys.languages import Phrase, of_item
from surveys.locate import SourcePlace, SourceText
from surveys.model import Choice, Item, Kind, QuestionSection


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The options of a named list and where they are written; None where they are broken."""

    choices: tuple[Choice, ...] | None
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class Scope:
    """Names that may be used. Where not `complete`, a file of names was unreadable, and unknown names are let pass."""

    lists: Mapping[str, ChoiceList] = field(default_factory=dict)
    items: Mapping[str, Placed | None] = field(default_factory=dict)
    complete: bool = True
    better: Mapping[str, str] = field(default_factory=dict)  # by shared item, see `Programme.better`

    def with_lists(self, data: Mapping[str, Any], place: SourcePlace, findings: list[Finding]) -> Scope:
        """The scope with the lists of one more file, which come before those of the same name."""
        lists = data.get("lists", {})
        if not isinstance(lists, dict):
            findings.append((place / "lists").error('"lists" must be a table; write [lists] above the lists'))
            return replace(self, complete=False)
        read = {
            name: ChoiceList(read_choices(lists, name, place / "lists", findings), place / "lists" / name)
            for name in lists
        }
        return replace(self, lists={**self.lists, **read})

    def phrases(self) -> Iterator[Phrase]:
        """The words of the items and lists that may be used, as what is translated."""
        for placed in self.items.values():
            if placed is not None:
                yield from of_item(placed.item)
        for listed in self.lists.values():
            for choice in listed.choices or ():
                yield Phrase("", "label", choice.label)


def read_shared(source: SourceText, scope: Scope, findings: list[Finding]) -> Scope:
    """The scope with the lists and items of a shared.toml. What earlier folders share stays as it is."""
    top = SourcePlace(source)
    unknown(source.data, {"lists", "items", "better"}, top, findings)
    extended = scope.with_lists(source.data, top, findings)
    findings.extend(
        (top / "lists" / name).error(f'the list "{name}" is shared by an earlier folder; choose another name')
        for name in scope.lists
        if extended.lists[name] is not scope.lists[name]
    )
    items = dict(scope.items)
    for place, raw in tables(source.data, "items", top, findings) if "items" in source.data else []:
        name = str(raw.get("id")) if isinstance(raw, dict) else ""
        if name in items:
            findings.append((place / "id").error(f'the item "{name}" is shared already; choose another name'))
        else:
            items[name] = _written_item(place, raw, extended, findings)
    better = {**worded(source.data, "better", top, findings), **scope.better}
    return Scope({**extended.lists, **scope.lists}, items, scope.complete, better)


def read_item(place: SourcePlace, raw: object, scope: Scope, findings: list[Finding]) -> Placed | None:
    """An item of a questionnaire, written out or shared; None where it is broken, with findings if not told before."""
    if isinstance(raw, dict) and "use" in raw:
        return _used_item(place, raw, scope, findings)
    placed = _written_item(place, raw, scope, findings)
    if placed is None or placed.item.id not in CORE:
        return placed
    findings.append((place / "id").error(f'the core is locked; write use = "{placed.item.id}", or give another id'))
    return None


def _written_item(place: SourcePlace, raw: object, scope: Scope, findings: list[Finding]) -> Placed | None:
    made: dict[str, object] = {}
    options = place / "choices"
    if isinstance(raw, dict) and "when" in raw:
        made["when"] = read_condition(raw["when"], place / "when", findings)
    if isinstance(raw, dict) and "choices" in raw:
        made["choices"], options = _choices(place, raw, scope, findings)
    item = build(Item, raw, place, findings, made=made, keys={"choices", "when"})
    if item is None or None in made.values():
        return None
    wrong = [*_limits(item, raw, place), *check_item(item, place, options)]
    findings.extend(finding for finding in wrong if finding not in findings)  # a list is complained of once
    return None if wrong else Placed(item, place, options)


def _limits(item: Item, raw: object, place: SourcePlace) -> Iterator[Finding]:
    """Limits that are no dates where a date is asked, or are where it is not."""
    for key in ("minimum", "maximum"):
        limit = raw.get(key) if isinstance(raw, dict) else None
        if limit is not None and isinstance(limit, date) is not (item.kind is Kind.DATE):
            right = "a date: 2026-12-31" if item.kind is Kind.DATE else "a number"
            yield (place / key).error(f'"{key}" of the kind "{item.kind}" must be {right}')


def read_choices(
    raw: Mapping[str, Any], key: str, place: SourcePlace, findings: list[Finding]
) -> tuple[Choice, ...] | None:
    """The options that are listed under a key; None with findings where one is broken."""
    before = len(findings)
    if not isinstance(raw[key], list):
        findings.append((place / key).error(f'"{key}" must be a list of options: [ {{ code = 1, label = "…" }}, … ]'))
    built = [build(Choice, option, where, findings) for where, option in _elements(raw[key], place / key)]
    return tuple(choice for choice in built if choice is not None) if len(findings) == before else None


def _elements(raw: object, place: SourcePlace) -> list[tuple[SourcePlace, object]]:
    return [(place / number, part) for number, part in enumerate(raw)] if isinstance(raw, list) else []


def _choices(
    place: SourcePlace, raw: Mapping[str, Any], scope: Scope, findings: list[Finding]
) -> tuple[tuple[Choice, ...] | None, SourcePlace]:
    name = raw["choices"]
    if not isinstance(name, str):
        return read_choices(raw, "choices", place, findings), place / "choices"
    if name in scope.lists:
        return scope.lists[name].choices, scope.lists[name].place
    if scope.complete:
        known = ", ".join(sorted(scope.lists)) or "none"
        findings.append((place / "choices").error(f'there is no list "{name}"; lists here: {known}'))
    return None, place / "choices"


def _used_item(place: SourcePlace, raw: Mapping[str, Any], scope: Scope, findings: list[Finding]) -> Placed | None:
    before = len(findings)
    name = raw["use"]
    findings.extend(
        (place / key).error(f'"{key}" may not stand beside "use": a shared item is taken word for word; remove it')
        for key in raw.keys() - {"use", "when", "section"}
    )
    section = raw.get("section", "")
    if not isinstance(section, str):
        findings.append((place / "section").error('"section" must be words between quotes'))
    when: Condition | None = None
    if "when" in raw:
        when = read_condition(raw["when"], place / "when", findings)
    if not isinstance(name, str) or (name not in scope.items and scope.complete):
        known = ", ".join(sorted(scope.items)) or "none"
        findings.append((place / "use").error(f'there is no shared item "{name}"; shared items: {known}'))
        return None
    shared = scope.items.get(name)
    if shared is None or len(findings) > before:
        return None
    here = {"when": when, "section": section}
    item = shared.item.model_copy(update={key: value for key, value in here.items() if value})
    return Placed(item, shared.place, shared.options, place)


def read_sections(data: Mapping[str, Any], place: SourcePlace, findings: list[Finding]) -> tuple[QuestionSection, ...]:
    """The sections of a questionnaire, without those that are broken."""
    found = []
    for where, raw in tables(data, "sections", place, findings):
        made: dict[str, object] = {}
        if isinstance(raw, dict) and "when" in raw:
            made["when"] = read_condition(raw["when"], where / "when", findings)
        found.append(build(QuestionSection, raw, where, findings, made=made, keys={"when"}))
    return tuple(section for section in found if section is not None)


def with_words(items: Iterable[Placed]) -> Iterator[Placed]:
    """The items, each with the question for words behind it that one of its options asks."""
    for placed in items:
        yield placed
        item = placed.item
        for choice in item.choices:
            if choice.other:
                yield replace(placed, item=_words_of(item, choice))


def _words_of(item: Item, choice: Choice) -> Item:
    """»Kaj drugega?« for who chose that option, and may be passed over."""
    comparison: Literal["has", "eq"] = "has" if item.kind is Kind.MULTIPLE else "eq"
    return Item(
        id=f"{item.id}_other",
        name=f"{item.name}_other" if item.name else "",
        kind=Kind.TEXT,
        text=choice.other,
        dont_know=False,
        optional=True,
        section=item.section,
        when=Compare(item=item.id, is_=comparison, value=choice.code),
        waiting=item.of_those_who_wait,
    )

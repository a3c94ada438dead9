"""Tables as they were written, made into values of `surveys.model`: each mistake becomes a sentence with its line.

Knows which keys and types there are, not what they mean together.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from surveys.conditions import AllOf, AnyOf, Compare, Condition, Not
from surveys.findings import Finding
from surveys.locate import SourcePlace

_Model = TypeVar("_Model", bound=BaseModel)

_WORDED = 120  # characters: part of a sentence
_RULE = 'a rule is one of { item = "…", is = "…", value = … }, { all = [ … ] }, { any = [ … ] }, { not = { … } }'
_PATTERNS = {
    r"^([a-z][a-z0-9_]{0,31})?$": "small letters a-z, digits and _, at most 32, the first a letter",
    r"^[a-z][a-z0-9_]{0,31}$": "small letters a-z, digits and _, at most 32, the first a letter",
    r"^[a-z][a-z0-9-]{1,31}$": "small letters a-z, digits and -, 2 to 32, the first a letter",
    r"^[A-Z]{3}$": "three capital letters A-Z",
    r"^([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,63})?$": "letters, digits, _, . and -, at most 64, the first a letter or _",
    r"^\S{0,64}$": "at most 64 signs without a space",
}
_TYPES = {
    "string_type": "words between quotes",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false, without quotes",
    "tuple_type": "a list: [ … ]",
}


def build(
    model: type[_Model],
    raw: object,
    place: SourcePlace,
    findings: list[Finding],
    *,
    made: Mapping[str, object] | None = None,
    keys: Iterable[str] = (),
) -> _Model | None:
    """The value that a table describes, or None with all its mistakes added to the findings.

    `made` are fields that were built before, and complained of there; `keys` may stand in the table beside
    the fields and are read elsewhere.
    """
    if not isinstance(raw, dict):
        findings.append(place.error(f"{_named(place)} must be a table: {{ … }}"))
        return None
    made = made or {}
    names = {field.alias or name for name, field in model.model_fields.items()} - made.keys()
    before = len(findings)
    unknown(raw, {*names, *keys}, place, findings)
    fields = {key: _tupled(value) for key, value in raw.items() if key in names}
    try:
        built = model.model_validate({**fields, **made})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["loc"][:1] not in {(key,) for key in made}:
                _add(findings, _at(place, detail).error(_sentence(detail)))
        return None
    return built if len(findings) == before else None


def unknown(raw: Mapping[str, Any], known: Iterable[str], place: SourcePlace, findings: list[Finding]) -> None:
    """Complain of every key that is not among the known ones."""
    names = sorted(known)
    for key in raw:
        if key not in names:
            close = difflib.get_close_matches(key, names, n=1)
            advice = f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(names)}"
            findings.append((place / key).error(f'"{key}" is not known here; {advice}'))


def tables(
    raw: Mapping[str, Any], key: str, place: SourcePlace, findings: list[Finding]
) -> list[tuple[SourcePlace, object]]:
    """The elements of the list under a key, with their places; nothing, with a finding, without such a list."""
    listed = raw.get(key)
    if isinstance(listed, list) and listed:
        return [(place / key / number, part) for number, part in enumerate(listed)]
    findings.append((place / key).error(f'there is no list of "{key}"; write [[{key}]] above each of its tables'))
    return []


def worded(raw: Mapping[str, Any], key: str, place: SourcePlace, findings: list[Finding]) -> dict[str, str]:
    """The words under each name of a table that may be there; nothing, with a finding, where it is none of words."""
    table = raw.get(key, {})
    if not isinstance(table, dict):
        findings.append((place / key).error(f'"{key}" must be a table; write [{key}] above its lines'))
        return {}
    for name, words in table.items():
        if not isinstance(words, str) or not words.strip() or len(words) > _WORDED:
            findings.append(
                (place / key / name).error(f'"{name}" must be words between quotes, at most {_WORDED} characters')
            )
    return {name: words.strip() for name, words in table.items() if isinstance(words, str)}


def read_condition(raw: object, place: SourcePlace, findings: list[Finding]) -> Condition | None:
    """The when-rule that a table describes; None with findings where it describes none."""
    shapes = {"item", "all", "any", "not"}.intersection(raw) if isinstance(raw, dict) else set()
    if not isinstance(raw, dict) or len(shapes) != 1:
        findings.append(place.error(_RULE))
        return None
    (shape,) = shapes
    if shape == "item":
        return build(Compare, raw, place, findings)
    unknown(raw, {shape}, place, findings)
    if shape == "not":
        part = read_condition(raw["not"], place / "not", findings)
        return part and Not(not_=part)
    listed = raw[shape]
    if not isinstance(listed, list) or not listed:
        findings.append((place / shape).error(f'"{shape}" must be a list with at least one rule'))
        return None
    read = [read_condition(part, place / shape / number, findings) for number, part in enumerate(listed)]
    parts = tuple(part for part in read if part is not None)
    if len(parts) < len(read):
        return None
    return AllOf(all=parts) if shape == "all" else AnyOf(any=parts)


def _add(findings: list[Finding], finding: Finding) -> None:
    if finding not in findings:  # each branch of a union complains
        findings.append(finding)


def _at(place: SourcePlace, detail: ErrorDetails) -> SourcePlace:
    return place / detail["loc"][0] if detail["loc"] else place


def _named(place: SourcePlace) -> str:
    name = next((step for step in reversed(place.path) if isinstance(step, str)), "this")
    return f'each of "{name}"' if place.path and place.path[-1] != name else f'"{name}"'


def _tupled(raw: object) -> object:
    return tuple(_tupled(part) for part in raw) if isinstance(raw, list) else raw


def _sentence(detail: ErrorDetails) -> str:
    """What is wrong with one key, and what to write in its place."""
    context = detail.get("ctx", {})
    if not detail["loc"]:
        return str(context["error"])
    key = detail["loc"][0]
    if len(detail["loc"]) > 1 and detail["type"].startswith("string_"):
        return f'"{key}" must be a list of names between quotes'
    if key in {"minimum", "maximum"}:
        return f'"{key}" must be a number, or of a date a day like 2026-12-31, without quotes'
    if len(detail["loc"]) > 1:
        return f'"{key}" must be a number or a date, or a list of them'
    match detail["type"]:
        case "missing":
            return f'"{key}" is missing; add a line {key} = …'
        case "string_too_short":
            return f'"{key}" is empty; write the words'
        case "string_pattern_mismatch":
            return f'"{key}" must consist of {_PATTERNS[context["pattern"]]}'
        case "enum" | "literal_error":
            return f'"{detail["input"]}" is not possible for "{key}"; use {context["expected"]}'
        case "greater_than_equal":
            return f'"{key}" must be a whole number, {context["ge"]} or more'
        case "less_than_equal":
            return f'"{key}" must be a whole number, at most {context["le"]}'
        case "value_error":
            return f'"{key}": {context["error"]}'
        case kind:
            return f'"{key}" must be {_TYPES.get(kind, "of another type")}'

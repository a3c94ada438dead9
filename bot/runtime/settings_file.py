"""The configuration as it is written: one TOML file and the environment, read as settings or as a list of problems.

Every problem is found at once and says its file and line. Knows nothing of what the settings are for.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.runtime.settings import ConfigurationError, Library, ProgrammePage, Settings
from bot.runtime.settings_values import Secret
from surveys.findings import Finding
from surveys.locate import SourcePlace, SourceText, read

PREFIX = "POVEZUJEJO_"
_WITH_YEAR = 3  # programmes, slug and what is told by the year
_SECTIONS: dict[str, type[BaseModel]] = {
    name: field.annotation
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
}
_KEYED: dict[str, type[BaseModel]] = {
    "libraries": Library,
    "programmes": ProgrammePage,
}  # of which there may be several: [libraries.BRE]
_TYPES = {
    "string_type": "words between quotes",
    "int_type": "a whole number without quotes",
    "bool_type": "true or false, without quotes",
    "tuple_type": "a list: [ … ]",
    "path_type": "the name of a file or folder between quotes",
    "model_type": "a section: [name] and its keys below",
    "dict_type": "a section for each of them: [name.CODE] and its keys below",
}


def read_settings(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings of a file (None: defaults alone) with what the environment overrides.

    Raises ConfigurationError with every problem of both.
    """
    source: SourceText | Finding = SourceText(Path("the defaults"), {}, "") if file is None else _source(file)
    if isinstance(source, Finding):
        raise ConfigurationError([source])
    folder = Path.cwd() if file is None else file.absolute().parent
    findings: list[Finding] = []
    values = {name: {} for name in _SECTIONS} | deepcopy(dict(source.data))
    overrides = _overrides(environment, values, findings)
    findings.extend(_unknown(source))
    try:
        settings = Settings.model_validate(values, context={"folder": folder})
        return _with_token(settings, SourcePlace(source) / "telegram" / "token_file", findings)
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if detail["type"] != "extra_forbidden"]
        findings.extend(_finding(detail, source, overrides) for detail in details)
    raise ConfigurationError(sorted(findings, key=lambda finding: finding.order))


def named_pictures(file: Path) -> dict[str, Library]:
    """The logos and photographs that a file names, whatever else is wrong with it, so that they can be looked at."""
    source = _source(file)
    sections = {} if isinstance(source, Finding) else source.data.get("libraries", {})
    context = {"folder": file.absolute().parent}
    found = {}
    for code, section in sections.items() if isinstance(sections, dict) else ():
        named = {key: section[key] for key in ("logo", "photo") if key in section} if isinstance(section, dict) else {}
        try:
            found[code] = Library.model_validate({**named, "photo_text": "-"}, context=context)
        except ValidationError:  # which is among the problems of the file
            continue
    return found


def _source(file: Path) -> SourceText | Finding:
    if not file.exists():
        return Finding(file, None, "there is no such file; »povezujejo init« writes one")
    return read(file)


def _overrides(
    environment: Mapping[str, str], values: dict[str, Any], findings: list[Finding]
) -> dict[tuple[str, str], str]:
    """Put what the environment says over the values of the file; returns which variable said what."""
    overrides = {}
    for variable in sorted(environment):
        if not variable.startswith(PREFIX) or "__" not in variable:
            continue
        section, _, key = variable.removeprefix(PREFIX).lower().partition("__")
        fields = _SECTIONS[section].model_fields if section in _SECTIONS else {}
        if key not in fields:
            known = [f"{PREFIX}{one}__{name}".upper() for one in _SECTIONS for name in _SECTIONS[one].model_fields]
            findings.append(Finding(Path(variable), None, _unheard("this variable", variable, known)))
        elif isinstance(values[section], dict):
            values[section][key] = _environment_value(environment[variable])
            overrides[section, key] = variable
    return overrides


def _environment_value(text: str) -> Any:
    """Lists, numbers and truth values are written as in TOML; anything else is the text itself."""
    if text[:1] not in {"[", '"'} and not text.isdecimal() and text not in {"true", "false"}:
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text


def _unknown(source: SourceText) -> Iterable[Finding]:
    for section, content in source.data.items():
        place = SourcePlace(source) / section
        if section in _KEYED and isinstance(content, dict):
            for key, inner in content.items():
                yield from _unknown_keys(place / key, f"{section}.{key}", inner, _KEYED[section])
        elif section in _SECTIONS:
            yield from _unknown_keys(place, section, content, _SECTIONS[section])
        elif section not in _KEYED:
            yield place.error(_unheard(f'the section "{section}"', section, [*_SECTIONS, *_KEYED]))


def _unknown_keys(place: SourcePlace, name: str, content: object, model: type[BaseModel]) -> Iterable[Finding]:
    known = model.model_fields
    for key in content if isinstance(content, dict) else ():
        if key not in known:
            yield (place / key).error(_unheard(f'"{key}" in [{name}]', key, known))


def _unheard(what: str, name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    advice = f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(names)}"
    return f"{what} is not known; {advice}"


def _finding(detail: ErrorDetails, source: SourceText, overrides: Mapping[tuple[str, str], str]) -> Finding:
    path = tuple(step for step in detail["loc"] if not str(step).startswith(("tuple[", "function-", "str")))
    place = SourcePlace(source, tuple(step for step in path if step != "[key]"))
    variable = overrides.get((str(path[0]), str(path[1]))) if len(path) > 1 else None
    sentence = _sentence(detail, _named(path))
    return place.error(sentence) if variable is None else Finding(Path(variable), None, sentence)


def _named(path: tuple[str | int, ...]) -> str:
    """The key that is wrong; of a year with what it is of: »euros.2025«, and of what is no year that alone."""
    steps = [step for step in path if isinstance(step, str)]
    if path[0] == "programmes" and len(steps) > _WITH_YEAR:
        return steps[2] if steps[-1] == "[key]" else ".".join(steps[2:4])
    return steps[-1] if steps else ""


def _sentence(detail: ErrorDetails, name: str) -> str:
    """What is wrong, and what to write instead; never what was written, which may be a secret."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            return f"{name}: {context['error']}"
        case "literal_error":
            return f'"{name}" is one of {context["expected"]}'
        case "greater_than_equal":
            return f'"{name}" must be at least {context["ge"]}'
        case "less_than_equal":
            return f'"{name}" must be at most {context["le"]}'
        case "string_too_long":
            return f'"{name}" has at most {context["max_length"]} characters'
        case "string_pattern_mismatch":
            return f'"{name}" must begin with /'
        case kind:
            return f'"{name}" must be {_TYPES.get(kind, "of another type")}'


def _with_token(settings: Settings, place: SourcePlace, findings: list[Finding]) -> Settings:
    """The settings with the token that its own file holds."""
    file = settings.telegram.token_file
    if file is not None:
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            token = ""
        if not token:
            findings.append(place.error(f"no token can be read from {file}; write the token of the bot into this file"))
        telegram = settings.telegram.model_copy(update={"token": Secret(token)})
        settings = settings.model_copy(update={"telegram": telegram})
    if findings:
        raise ConfigurationError(sorted(findings, key=lambda finding: finding.order))
    return settings

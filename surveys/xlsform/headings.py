"""What the columns of a form are called: aliases, older spellings, languages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.xlsform.problems import FormFindings, FormPlace
from surveys.xlsform.sheets import CHOICES, SETTINGS, SURVEY, FormRow, FormSheet

_ALIASES: Mapping[str, str] = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "calculate": "calculation",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "readonly": "read_only",
    "list name": "list_name",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
}
_PREFIXES = ("bind::", "control::", "body::", "media::", "instance::")
_LANGUAGE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
MEDIA = frozenset({"image", "audio", "video", "big-image"})
TAKEN: Mapping[str, frozenset[str]] = {
    SURVEY: frozenset(
        {
            "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation",
            "appearance", "parameters", "default", "choice_filter", "disabled",
        }
    ),
    CHOICES: frozenset({"list_name", "name", "label"}),
    SETTINGS: frozenset({"form_title", "form_id", "version", "default_language"}),
}  # fmt: skip
OWN = frozenset({"zss:kind", "zss:indicator", "zss:reverse", "zss:role", "zss:unit", "zss:code"})
_SAID = {  # columns that are not taken, and what is said of them
    "guidance_hint": "Navodila za anketarja (guidance_hint) niso prevzeta.",
    "required_message": "Svojega sporočila ob neodgovorjenem vprašanju ni; bot pove po svoje.",
    "trigger": "Stolpec trigger ni prevzet.",
    "read_only": "Stolpec read_only ni prevzet.",
    "repeat_count": "Stolpec repeat_count ni prevzet.",
}
_MEDIA = "Slike, zvok in video pri vprašanjih niso prevzeti."
_MIS_SPELT = 0.8


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column: its heading as written, what it is, and the language in which it is written (empty: not said)."""

    written: str
    key: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FormCells:
    """The cells of one row, found by what their columns are."""

    place: FormPlace
    row: FormRow
    columns: tuple[FormColumn, ...]

    def words(self, key: str, language: str = "") -> str:
        """What stands under a column of a kind; empty where nothing does."""
        return next((words for column, words in self.said(key) if column.language == language), "")

    def said(self, key: str) -> Iterator[tuple[FormColumn, str]]:
        """Every filled cell of a kind, in all its languages."""
        for column in self.columns:
            if column.key == key and column.written in self.row.cells:
                yield column, self.row.cells[column.written]

    def written(self, key: str) -> str:
        """The heading of a column of a kind; its name where there is none."""
        return next((column.written for column in self.columns if column.key == key), key)


def columns_of(sheet: FormSheet, findings: FormFindings) -> tuple[FormColumn, ...]:
    """The columns of a sheet, with what is wrong with their headings."""
    place = FormPlace(findings, sheet.name, sheet.heading)
    known = TAKEN[sheet.kind]
    found: list[FormColumn] = []
    for written in sheet.columns:
        column = read_heading(written)
        if any((column.key, column.language) == (one.key, one.language) for one in found):
            place.invalid(written, f"Stolpec »{written}« je na listu dvakrat; izbrišite enega.")
            continue
        found.append(column)
        if column.key in known or column.key in OWN:
            continue
        said = _MEDIA if column.key in MEDIA else _SAID.get(column.key, "")
        if said and any(written in row.cells for row in sheet.rows):
            place.warn(written, said)
        elif close := difflib.get_close_matches(column.key, sorted(known), n=1, cutoff=_MIS_SPELT):
            place.warn(written, f"Stolpca »{written}« ne poznamo in ni prevzet; ste mislili »{close[0]}«?")
    return tuple(found)


def read_heading(written: str) -> FormColumn:
    """What a heading means: »label::Slovenščina (sl)«, »Relevant«, »bind::relevant«, »list name«."""
    plain = re.sub(r"\s*::\s*", "::", written.strip())
    lowered = plain.lower()
    if lowered in OWN:
        return FormColumn(written, lowered)
    for prefix in _PREFIXES:
        if lowered.startswith(prefix):
            plain = plain[len(prefix) :]
            break
    key, _, language = plain.partition("::")
    if not language and re.match(r"(?i)(label|hint|media|constraint_message):[^:]", plain):
        key, _, language = plain.partition(":")
    key = key.strip().lower()
    key = _ALIASES.get(key, key).replace(" ", "_")
    return FormColumn(written, _ALIASES.get(key, key), language.strip())


def tag_of(language: str) -> str:
    """The tag of a language as forms name it: »sl« of »Slovenščina (sl)«, »en« of »English«; empty where unknown."""
    found = _LANGUAGE.search(language)
    if found:
        return found[1]
    lowered = language.strip().lower()
    return _NAMES.get(lowered, lowered if len(lowered) == 2 else "")  # noqa: PLR2004 - a tag of two letters


_NAMES = {
    "slovenščina": "sl",
    "slovensko": "sl",
    "slovenian": "sl",
    "english": "en",
    "angleščina": "en",
    "lahko branje": "sl-x-lahko",
    "hrvatski": "hr",
    "srpski": "sr",
    "bosanski": "bs",
    "shqip": "sq",
    "українська": "uk",
    "македонски": "mk",
}

"""The words of a form in its languages: those that are asked, and translations of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.languages import NAMES, SLOVENIAN
from surveys.xlsform.headings import FormCells, FormColumn, tag_of
from surveys.xlsform.problems import FormPlace


@dataclass(frozen=True, slots=True)
class Languages:
    """The language whose words are asked, as a form names it (empty: unnamed), and those of translations, by tag."""

    base: str
    others: Mapping[str, str]

    def words(self, cells: FormCells, key: str) -> tuple[str, Mapping[str, str]]:
        """The words of a cell in the base language, and its translations by tag; gaps in these are said."""
        said = {column.language: words for column, words in cells.said(key)}
        asked = said.get(self.base) or said.get("", "")
        told = {tag: said[language] for tag, language in self.others.items() if language in said}
        columns = {column.language: column.written for column in cells.columns if column.key == key}
        for tag, language in self.others.items():
            if asked and tag not in told and language in columns:
                cells.place.warn(columns[language], f"»{asked}« ni prevedeno v jezik {NAMES[tag]}.")
        return asked, told


def languages_of(columns: Sequence[FormColumn], default: str, place: FormPlace) -> Languages:
    """The languages of the columns: the base is the default one, else Slovenian, else the first that is named."""
    named = dict.fromkeys(column.language for column in columns if column.language)
    bare = any(column.key == "label" and not column.language for column in columns)
    by_tag = {tag_of(name): name for name in named}
    base = ""
    if named and not bare:
        base = default if default in named else by_tag.get(SLOVENIAN, next(iter(named)))
    others = {}
    for language in named:
        tag = tag_of(language)
        if language == base or (bare and (language == default or tag == SLOVENIAN)):
            continue
        if tag in NAMES and tag != SLOVENIAN:
            others[tag] = language
        else:
            place.warn(f"label::{language}", f"Jezika »{language}« ne poznamo; prevod ni prevzet.")
    if base and tag_of(base) not in {SLOVENIAN, ""}:
        place.warn(f"label::{base}", f"Vprašanja so v jeziku »{base}«; bot sam govori slovensko.")
    return Languages(base, others)

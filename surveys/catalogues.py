"""Catalogues of translations, keyed by the Slovenian words: how one is read, and how words are looked up in several.

Knows single files and phrases, no programmes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from surveys.fields import unknown
from surveys.findings import Finding
from surveys.item_checks import LONGEST
from surveys.languages import NAMES, SLOVENIAN, Phrase
from surveys.locate import SourcePlace, SourceText
from surveys.options import alike, span_of
from surveys.short_words import unseen
from surveys.signs import plain

TRANSLATED = tuple(name for name in NAMES if name != SLOVENIAN)


class CatalogueEntry(NamedTuple):
    """A translation, and where it is written."""

    words: str
    place: SourcePlace


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one file, by the Slovenian words; those of one item alone by the item's id."""

    language: str
    place: SourcePlace
    texts: Mapping[str, CatalogueEntry]
    items: Mapping[str, Mapping[str, CatalogueEntry]]

    def find(self, phrase: Phrase) -> CatalogueEntry | None:
        """What this file says for the words of a phrase: an item's own table comes first."""
        own = self.items.get(phrase.item or "", {})
        return own.get(phrase.words) or self.texts.get(phrase.words)


Lexicon = tuple[Catalogue, ...]  # the programme's own file first, then what is shared


def find(lexicon: Lexicon, phrase: Phrase) -> CatalogueEntry | None:
    """The translation of a phrase from the first catalogue that has one."""
    return next((entry for one in lexicon if (entry := one.find(phrase)) is not None), None)


def is_catalogue(source: SourceText) -> bool:
    """Whether a file has the shape of a catalogue, whatever its name."""
    return "texts" in source.data or (isinstance(source.data.get("items"), dict) and "title" not in source.data)


def misnamed(language: str, place: SourcePlace) -> Finding:
    """The finding for a catalogue of what is no language to translate to."""
    if language == SLOVENIAN:
        return place.error("Slovenian is what is translated from; write its words in the questionnaires")
    return place.error(f'"{language}" is no language of questionnaires; use one of {", ".join(TRANSLATED)}')


def read_catalogue(source: SourceText, language: str, findings: list[Finding]) -> Catalogue | None:
    """The catalogue that a file holds; None with findings where anything in it is broken."""
    before = len(findings)
    top = SourcePlace(source)
    unknown(source.data, {"texts", "items"}, top, findings)
    texts = _entries(source.data.get("texts", {}), top / "texts", findings)
    tables = source.data.get("items", {})
    if not isinstance(tables, dict):
        findings.append((top / "items").error('"items" must be tables; write [items.ID] above the words of an item'))
        return None
    items = {id_: _entries(table, top / "items" / id_, findings) for id_, table in tables.items()}
    return Catalogue(language, top, texts, items) if len(findings) == before else None


def _entries(raw: object, place: SourcePlace, findings: list[Finding]) -> dict[str, CatalogueEntry]:
    if not isinstance(raw, dict):
        findings.append(place.error(f'"{place.path[-1]}" must be a table of lines "Slovenian words" = "translation"'))
        return {}
    entries = {}
    for key, words in raw.items():
        if not isinstance(words, str):
            findings.append((place / key).error(f'the translation of "{key}" must be words between quotes'))
        elif not words.strip():
            findings.append((place / key).error(f'"{key}" has no translation; write the words, or remove the line'))
        else:
            entries[key] = CatalogueEntry(words, place / key)
    return entries


def check_entries(found: Sequence[tuple[Phrase, CatalogueEntry]]) -> Iterator[Finding]:
    """What is wrong with the translations of the phrases of one questionnaire."""
    labels: dict[str, dict[str | float, str]] = {}
    for phrase, entry in found:
        length, longest = len(entry.words), LONGEST[phrase.part]
        if length > longest:
            yield entry.place.error(
                f'the translation has {length} characters; shorten it to at most {longest} for "{phrase.part}"'
            )
        hidden = unseen(entry.words, lines=True)
        if hidden:
            yield entry.place.error(f"the translation holds {hidden}, a character that nobody sees; remove it")
        if phrase.part == "label":
            yield from _check_label(phrase, entry, labels.setdefault(phrase.item or "", {}))


def _check_label(phrase: Phrase, entry: CatalogueEntry, others: dict[str | float, str]) -> Iterator[Finding]:
    """A label beside `others` of the same item before it, folded; typed words and numbers must mean one option."""
    said = alike(entry.words)
    if said in others:
        yield entry.place.error(
            f'"{entry.words}" reads like "{others[said]}" in the item "{phrase.item}"; '
            f"give each option its own words, under [items.{phrase.item}] where need be"
        )
    if plain(entry.words).isdecimal() and span_of(entry.words) != span_of(phrase.words):
        yield entry.place.error(
            f'an option called "{entry.words}" reads like a number that "{phrase.words}" is not; say it in words'
        )
    others.setdefault(said, entry.words)

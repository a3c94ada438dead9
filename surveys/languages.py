"""The languages of questionnaires, and a questionnaire in the words of one: with the same ids, codes and rules.

Knows nothing of files, and of nothing that the bot says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from surveys.model import Item, Programme, Questionnaire, QuestionSection

SLOVENIAN = "sl"
EASY = "sl-x-lahko"
NAMES: Mapping[str, str] = {  # each in itself, in the order in which they are offered
    SLOVENIAN: "Slovenščina",
    EASY: "Lahko branje",
    "en": "English",
    "bs": "Bosanski",
    "hr": "Hrvatski",
    "sr": "Srpski",
    "mk": "Македонски",
    "sq": "Shqip",
    "uk": "Українська",
    "it": "Italiano",
    "hu": "Magyar",
    "de": "Deutsch",
}
_HEAD = ("title", "intro", "thanks")


class Phrase(NamedTuple):
    """Words that people read, under the key by which `Questionnaire.translations` knows them.

    `part` is what kind of words they are: title, intro, thanks, section, text, hint, message or label; `item` the item
    that says them.
    """

    key: str
    part: str
    words: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Localised:
    """A questionnaire in a language, as far as it is translated.

    `missing` are the items that stay in Slovenian as a whole, because some of their words are not translated;
    `untold` those of title, intro and thanks that stay in Slovenian.
    """

    questionnaire: Questionnaire
    language: str
    missing: frozenset[str] = frozenset()
    untold: frozenset[str] = frozenset()


def phrases(questionnaire: Questionnaire) -> Iterator[Phrase]:
    """Everything of a questionnaire that is translated, in the order of reading."""
    for part in _HEAD:
        if words := getattr(questionnaire, part):
            yield Phrase(part, part, words)
    for section in questionnaire.sections:
        yield Phrase(_title(section), "section", section.title)
    for item in questionnaire.items:
        yield from of_item(item)


def of_item(item: Item) -> Iterator[Phrase]:
    """Everything of an item that is translated."""
    yield Phrase(f"{item.id}.text", "text", item.text, item.id)
    if item.hint:
        yield Phrase(f"{item.id}.hint", "hint", item.hint, item.id)
    if item.message:
        yield Phrase(f"{item.id}.message", "message", item.message, item.id)
    for choice in item.choices:
        yield Phrase(_label(item, choice.code), "label", choice.label, item.id)


def localised(questionnaire: Questionnaire, language: str) -> Localised:
    """The questionnaire in another language; what is not translated stays in Slovenian, an item as a whole."""
    if language == SLOVENIAN:
        return Localised(questionnaire, language)
    told = questionnaire.translations.get(language, {})
    items = tuple(_item(item, told) for item in questionnaire.items)
    head = {part: told[part] for part in _HEAD if part in told and getattr(questionnaire, part)}
    lacking = frozenset(item.id for item, other in zip(questionnaire.items, items, strict=True) if other is None)
    kept = tuple(other or item for item, other in zip(questionnaire.items, items, strict=True))
    sections = tuple(
        section.model_copy(update={"title": told.get(_title(section), section.title)})
        for section in questionnaire.sections
    )
    return Localised(
        questionnaire.model_copy(update={**head, "items": kept, "sections": sections}),
        language,
        lacking,
        frozenset(part for part in _HEAD if getattr(questionnaire, part)) - head.keys(),
    )


def primary(language: str) -> str:
    """The language of a tag alone, for what knows no variants: »sl« of »sl-x-lahko«."""
    return language.partition("-")[0]


def group_name(programme: Programme, language: str) -> str:
    """The neutral name of the group in a language, or in Slovenian."""
    return programme.groups.get(language, programme.group)


def _item(item: Item, told: Mapping[str, str]) -> Item | None:
    """The item in other words; None where one of them is not translated."""
    if not all(phrase.key in told for phrase in of_item(item)):
        return None
    choices = tuple(choice.model_copy(update={"label": told[_label(item, choice.code)]}) for choice in item.choices)
    words = {part: told.get(f"{item.id}.{part}", "") for part in ("text", "hint", "message")}
    return item.model_copy(update={**words, "choices": choices})


def _title(section: QuestionSection) -> str:
    return f"section:{section.id}"


def _label(item: Item, code: int) -> str:
    return f"{item.id}.choice.{code}"

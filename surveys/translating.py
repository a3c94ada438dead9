"""A programme with the translations that its catalogues have for its words.

Knows no files, and not how a translation is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from surveys.catalogues import CatalogueEntry, Lexicon, check_entries, find
from surveys.findings import Finding
from surveys.languages import SLOVENIAN, Phrase, phrases
from surveys.model import Programme, Questionnaire

Lexicons = Mapping[str, Lexicon]  # by language


def translate(programme: Programme, lexicons: Lexicons, findings: list[Finding]) -> Programme:
    """The programme in all the languages of the lexicons, with findings where a translation does not fit."""
    asked = tuple(_translated(questionnaire, lexicons) for questionnaire in programme.questionnaires)
    groups = {}
    for language, lexicon in lexicons.items():
        entry = find(lexicon, group_of(programme))
        if entry is not None:
            groups[language] = entry.words
        for wrong in _check(programme, lexicon):
            if wrong not in findings:  # shared words are complained of once
                findings.append(wrong)
    languages = (SLOVENIAN, *lexicons)
    return programme.model_copy(update={"questionnaires": asked, "languages": languages, "groups": groups})


def group_of(programme: Programme) -> Phrase:
    """The name of the group as what is translated."""
    return Phrase("group", "group", programme.group)


def phrases_of(programme: Programme) -> Iterator[Phrase]:
    """Everything of a programme that is translated."""
    yield group_of(programme)
    for questionnaire in programme.questionnaires:
        yield from phrases(questionnaire)


def entries(said: Iterable[Phrase], lexicon: Lexicon) -> Iterator[tuple[Phrase, CatalogueEntry]]:
    """The phrases that a lexicon translates, with what it says for them."""
    return ((phrase, entry) for phrase in said if (entry := find(lexicon, phrase)) is not None)


def _translated(questionnaire: Questionnaire, lexicons: Lexicons) -> Questionnaire:
    told = {
        language: {phrase.key: entry.words for phrase, entry in entries(phrases(questionnaire), lexicon)}
        for language, lexicon in lexicons.items()
    }
    return questionnaire.model_copy(update={"translations": {name: words for name, words in told.items() if words}})


def _check(programme: Programme, lexicon: Lexicon) -> Iterator[Finding]:
    yield from check_entries(list(entries([group_of(programme)], lexicon)))
    for questionnaire in programme.questionnaires:
        yield from check_entries(list(entries(phrases(questionnaire), lexicon)))

"""Advice on wording: what makes a question hard to read, unfair, or unfit for a lock screen.

Warnings only: a programme with warnings can be used. Knows Slovenian words, and no grammar, and no other language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from typing import NamedTuple

from surveys.catalogues import Lexicon
from surveys.checks import QuestionnaireDraft
from surveys.findings import Finding
from surveys.gaps import gaps
from surveys.languages import EASY, localised
from surveys.load import Loaded
from surveys.locate import SourcePlace
from surveys.model import CHOSEN, Choice, Programme, Questionnaire
from surveys.options import spans
from surveys.signs import fold
from surveys.translating import entries, phrases_of

WORDS = 20  # in a question
EASY_WORDS = 12  # in a question of a programme in easy reading, in a sentence of a translation into it

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE = re.compile(r"[.!?…;]+\s")
_PERCENT = re.compile(r"%|\b(?:odstot|procent)\w*", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\b(?:npr|oz|itd|ipd|itn|idr|tj|tel|št|dr|mag|čl|str|ul)\.|\bt\. ?i\.|\b[A-ZČŠŽ]{2,}\b")
_NUMBER_WORD = re.compile(
    r"\b(?:dva|dve|dveh|dvema|tri|treh|trem|tremi|trije|štiri|štirje|štirih|štirim|sedem|sedmih|osem|osmih|sto|"
    r"(?:pet|šest|devet|\w*najst|\w*deset|dvajset)(?:ih|im)?)\b",
    re.IGNORECASE,
)
_GENDERED = re.compile(r"[a-zčšž](?:/-?|_|-|\*|·|\(-?)(?:a|i|e|la|li|na|ni|ka|ca|ica|inja|ona)\b\)?")
_NEGATIVE = re.compile(
    r"\b(?:ne|ni|nisem|nisi|nismo|niste|niso|nimam|nimas|nima|nimamo|nimate|nimajo|brez|nic|nikoli|nikdar|nikjer|"
    r"nihce|nikogar|nikomur|noben\w*|ne(?:mogoc|odvisn|sposobn|uspes|zadovolj)\w*)\b"
)
_AGREE = re.compile(r"\b(?:strinja\w*|drzi)\b")
_REVEALING = re.compile(
    r"\b(?:romi|romov|romom|romsk\w*|invalid\w*|ovir\w*|brezposeln\w*|tujc\w*|tujk\w*|begun\w*|priselj\w*|migrant\w*|"
    r"bolez\w*|bolni\w*|diagnoz\w*|azil\w*)\b"
)
_POLITE = re.compile(r"\b(?:vi|vas|vam|vami|vaš\w*|(?!(?:dete|kmete|predmete|svete|zate|nate|site)\b)\w+[aeij]te)\b")
_FAMILIAR = re.compile(r"\b(?:tebe|tebi|teboj|tabo|tvoj\w*|(?!(?:naš|vaš|koš|groš|miš)\b)\w+[aeio]š)\b")


class _Phrase(NamedTuple):
    """Words that somebody reads, the key under which they stand, and where."""

    key: str
    words: str
    place: SourcePlace


class _Pattern(NamedTuple):
    """What some words must not contain. `folded`: searched without regard to case and carons."""

    keys: frozenset[str]
    search: re.Pattern[str]
    sentence: str
    folded: bool = False


_ALL = frozenset({"text", "hint", "label", "title", "intro", "thanks", "group"})
_MINUTES = re.compile(r"\b\d+\s+minut\w*", re.IGNORECASE)
_LOCK_SCREEN = frozenset({"title", "intro", "group"})
_PATTERNS = (
    _Pattern(
        frozenset({"intro"}),
        _MINUTES,
        '"{}" is counted from the questions and said by the bot and on paper; leave it out',
    ),
    _Pattern(_ALL, _PERCENT, '"{}" speaks of percentages; say it with whole numbers, »7 od 10«'),
    _Pattern(_ALL, _ABBREVIATION, '"{}" is an abbreviation; write it out'),
    _Pattern(_ALL, _NUMBER_WORD, '"{}" is a number in words; write digits'),
    _Pattern(_ALL, _GENDERED, '"{}" splits a word by gender; use a noun or the present tense'),
    _Pattern(
        frozenset({"label"}), _AGREE, '"{}" makes a scale of agreement; name what is asked in the options', folded=True
    ),
    _Pattern(
        _LOCK_SCREEN, _REVEALING, '"{}" may stand on a lock screen and reveals something; stay neutral', folded=True
    ),
)


def lint(loaded: Loaded) -> tuple[Finding, ...]:
    """The warnings of all sound programmes, each once, by file and line."""
    found: set[Finding] = set(gaps(loaded))
    for slug, programme in loaded.programmes.items():
        found.update(_of_phrase(_Phrase("group", programme.group, loaded.places[slug] / "group")))
        for questionnaire in programme.questionnaires:
            draft = loaded.drafts[slug, questionnaire.id]
            found.update(_of_questionnaire(programme, draft))
            found.update(_of_numbers(programme, questionnaire, draft))
    for (slug, language), lexicon in loaded.lexicons.items():
        found.update(_of_translation(loaded.programmes[slug], language, lexicon))
    return tuple(sorted(found, key=lambda finding: finding.order))


def _of_questionnaire(programme: Programme, draft: QuestionnaireDraft) -> Iterator[Finding]:
    for phrase in _phrases(draft):
        yield from _of_phrase(phrase)
        if phrase.key in {"text", "label"}:
            yield from _of_address(programme, phrase)
    limit = EASY_WORDS if programme.easy else WORDS
    for placed in draft.items:
        count = len(_WORD.findall(placed.item.text))
        if placed.item.asks and count > limit:
            yield (placed.place / "text").warning(f"the question has {count} words; shorten it to at most {limit}")


def _of_translation(programme: Programme, language: str, lexicon: Lexicon) -> Iterator[Finding]:
    """What is translated into easy reading keeps to its rules; of other languages nothing but letters is known."""
    for said, entry in entries(phrases_of(programme), lexicon):
        phrase = _Phrase(said.part, entry.words, entry.place)
        if language != EASY:
            yield from _of_letters(phrase)
            continue
        yield from _of_phrase(phrase)
        if phrase.key in {"text", "label"}:
            yield from _of_address(programme, phrase)
        for sentence in _SENTENCE.split(phrase.words):
            count = len(_WORD.findall(sentence))
            if count > EASY_WORDS:
                yield phrase.place.warning(f"a sentence has {count} words; shorten it to at most {EASY_WORDS}")


def _of_numbers(programme: Programme, questionnaire: Questionnaire, draft: QuestionnaireDraft) -> Iterator[Finding]:
    """Labels that carry numbers: each number means one option, its code is no other's, in every language the same."""
    for language in programme.languages:
        items = localised(questionnaire, language).questionnaire.items
        for placed, item in zip(draft.items, items, strict=True):
            for sentence in _conflicts(item.choices):
                yield placed.options.warning(sentence)
            if spans(item.choices) != spans(placed.item.choices):
                sentence = (
                    f'the options of "{item.id}" carry other numbers in the language "{language}"; make them equal'
                )
                yield placed.options.warning(sentence)


def _conflicts(choices: Sequence[Choice]) -> Iterator[str]:
    """Numbers that would mean two options."""
    stand = list(zip(choices, spans(choices), strict=True))
    for (one, span), (other, its) in combinations(stand, 2):
        if span is not None and its is not None and max(span.low, its.low) <= min(span.high, its.high):
            number = max(span.low, its.low, 0)
            yield f'"{one.label}" and "{other.label}" both say {number}; let each number mean one option'
    for (one, span), (other, its) in permutations(stand, 2):
        if its is not None and one.code in its and (span is None or one.code not in span):
            yield (
                f'"{one.label}" has the code {one.code}, a number that says "{other.label}"; '
                "give each option the code that its label says"
            )


def _phrases(draft: QuestionnaireDraft) -> Iterator[_Phrase]:
    """Everything that people read in a questionnaire."""
    asked = draft.questionnaire
    for key, words in (("title", asked.title), ("intro", asked.intro), ("thanks", asked.thanks)):
        yield _Phrase(key, words, draft.place / key)
    for section in asked.sections:
        yield _Phrase("text", section.title, draft.section(section) / "title")
    for placed in draft.items:
        yield _Phrase("text", placed.item.text, placed.place / "text")
        yield _Phrase("hint", placed.item.hint, placed.place / "hint")
        if placed.item.kind in CHOSEN:
            for number, choice in enumerate(placed.item.choices):
                yield _Phrase("label", choice.label, placed.options / number / "label")


def _of_phrase(phrase: _Phrase) -> Iterator[Finding]:
    folded = fold(phrase.words)
    for pattern in _PATTERNS:
        match = (
            pattern.search.search(folded if pattern.folded else phrase.words) if phrase.key in pattern.keys else None
        )
        if match is not None:
            yield phrase.place.warning(pattern.sentence.format(match[0]))
    yield from _of_letters(phrase)
    for sentence in _SENTENCE.split(phrase.words):
        if len(_NEGATIVE.findall(fold(sentence))) > 1:
            yield phrase.place.warning(f'"{sentence.strip()}" negates twice; say it positively')


def _of_letters(phrase: _Phrase) -> Iterator[Finding]:
    if phrase.key == "label" and not fold(phrase.words):
        yield phrase.place.warning(f'"{phrase.words}" has no words; a screen reader needs them, so add some')


def _of_address(programme: Programme, phrase: _Phrase) -> Iterator[Finding]:
    """Cheaply: words that only one of vikanje and tikanje has."""
    wrong = _FAMILIAR if programme.address == "vi" else _POLITE
    match = wrong.search(phrase.words.lower())
    if match is not None:
        other = "tikanje" if programme.address == "vi" else "vikanje"
        yield phrase.place.warning(
            f'"{match[0]}" is {other}, but the address of this programme is "{programme.address}"'
        )

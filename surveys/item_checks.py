"""What one item must keep to beyond its types: which keys its kind has, limits, options, words that fit.

Each check yields sentences with the place that they concern. Knows no files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from surveys.findings import Finding
from surveys.locate import SourcePlace
from surveys.model import CHOSEN, HIGHEST_BIT, ORDERED, Choice, Item, Kind
from surveys.options import alike
from surveys.quantities import HIGHEST_NON_ANSWER, WIDEST, decimals, stored
from surveys.short_words import unseen

CORE = ("problem_solving", "belonging", "loneliness", "life_satisfaction")
OPTIONS = 30
LONGEST: Mapping[str, int] = {  # characters, by key
    "text": 300,
    "hint": 200,
    "message": 200,
    "section": 60,
    "other": 300,
    "label": 60,
    "emoji": 8,
    "indicator": 60,
    "unit": 20,
    "title": 60,
    "intro": 600,
    "thanks": 600,
    "name": 120,
    "library": 120,
    "group": 60,
    "about": 300,
}

_OF_LINES = frozenset({"text", "hint", "message", "intro", "thanks", "about"})
_LONGEST_ID, _LONGEST_NAME = 26, 58  # where an option asks for words, which are stored under »…_other«
_DECLINING = frozenset({"dont_know", "refusable", "optional", "not_applicable"})
_ANYWHERE = frozenset({"id", "name", "kind", "text", "hint", "indicator", "role", "section", "when", "reworded"})
_APPLY: Mapping[Kind, frozenset[str]] = {
    Kind.CHOICE: frozenset({"choices", "reverse", "reliability"}) | _DECLINING,
    Kind.SCALE: frozenset({"choices", "reverse", "reliability"}) | _DECLINING,
    Kind.FACES: frozenset({"choices", "reverse", "reliability"}) | _DECLINING,
    Kind.MULTIPLE: frozenset({"choices", "fewest", "most", "message"}) | _DECLINING,
    Kind.NUMBER: frozenset({"minimum", "maximum", "message", "places", "unit", "reverse", "reliability"}) | _DECLINING,
    Kind.DATE: frozenset({"minimum", "maximum", "message", "accuracy"}) | _DECLINING,
    Kind.TEXT: _DECLINING,
    Kind.NOTE: frozenset(),
}


def lengths(value: object, place: SourcePlace) -> Iterator[Finding]:
    """Words that would not fit on a card or a button, or hold what nobody sees."""
    for key, longest in LONGEST.items():
        words = getattr(value, key, "")
        if len(words) > longest:
            yield (place / key).error(f'"{key}" has {len(words)} characters; shorten it to at most {longest}')
        hidden = unseen(words, lines=key in _OF_LINES)
        if hidden:
            yield (place / key).error(f'"{key}" holds {hidden}, a character that nobody sees; remove it')


def check_item(item: Item, place: SourcePlace, options: SourcePlace) -> Iterator[Finding]:
    """One item by itself; `options` is where its choices are written."""
    for key in sorted(item.model_fields_set - _ANYWHERE - _APPLY[item.kind]):
        yield (place / key).error(f'"{key}" means nothing for the kind "{item.kind}"; leave it out')
    if item.message == "" and "message" in item.model_fields_set:
        yield (place / "message").error('"message" is empty; write the words, or leave it out')
    if item.role == "core" and item.id not in CORE:
        yield (place / "role").error(f'only the shared items {", ".join(CORE)} have the role "core"; use another role')
    yield from lengths(item, place)
    if item.kind is Kind.NUMBER:
        yield from _check_number(item, place)
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        said = (
            "minimum is over the maximum"
            if item.kind is Kind.DATE
            else f"minimum {item.minimum} is over the maximum {item.maximum}"
        )
        yield (place / "minimum").error(f"the {said}; exchange them")
    if item.kind in CHOSEN:
        yield from _check_choices(item, place, options)


def _check_number(item: Item, place: SourcePlace) -> Iterator[Finding]:
    for key, limit in (("minimum", item.minimum), ("maximum", item.maximum)):
        if limit is None:
            continue
        if decimals(limit) > item.places:
            yield (place / key).error(
                f'"{key}" has more decimals than the answers; write a line places = {decimals(limit)}, or round it'
            )
        elif abs(stored(limit, item)) > WIDEST:
            yield (place / key).error(f'"{key}" is too large to be stored; keep it within {WIDEST}')
    if item.minimum is not None and item.minimum <= HIGHEST_NON_ANSWER:
        yield (place / "minimum").error(
            f"numbers from {HIGHEST_NON_ANSWER} down stand for missing answers in exports; "
            f"begin at {HIGHEST_NON_ANSWER + 1} or above"
        )


def _check_choices(item: Item, place: SourcePlace, where: SourcePlace) -> Iterator[Finding]:
    if len(item.choices) < 2:  # noqa: PLR2004 - one option is no choice
        yield where.error(f'the kind "{item.kind}" needs at least 2 options; write choices = [ … ] or name a list')
    if len(item.choices) > OPTIONS:
        yield where.error(f"{len(item.choices)} options do not fit under one question; keep at most {OPTIONS}")
    if item.kind is Kind.MULTIPLE:
        yield from _check_bits(item, where)
        yield from _check_how_many(item, place)
    yield from _check_ways(item, where)
    codes: dict[int, str] = {}
    labels: dict[str | float, str] = {}
    for number, choice in enumerate(item.choices):
        option = where / number
        yield from lengths(choice, option)
        if choice.code in codes:
            yield (option / "code").error(f'the code {choice.code} is taken by "{codes[choice.code]}"; give another')
        said = alike(choice.label)
        if said in labels:
            yield (option / "label").error(
                f'"{choice.label}" reads like "{labels[said]}"; give each option its own words'
            )
        if item.kind is Kind.FACES and not choice.emoji:
            yield option.error(f'"{choice.label}" has no face; add emoji = "…" beside the words')
        codes.setdefault(choice.code, choice.label)
        labels.setdefault(said, choice.label)
    yield from _check_names(item.choices, where)
    if item.kind in ORDERED and sorted(codes) != list(codes):
        yield where.error(
            f'the codes of a "{item.kind}" are its scores; list the options from the lowest to the highest'
        )


def _check_bits(item: Item, where: SourcePlace) -> Iterator[Finding]:
    for number, choice in enumerate(item.choices):
        if choice.code > HIGHEST_BIT:
            yield (where / number / "code").error(
                f"where several answers may be chosen, codes go from 0 to {HIGHEST_BIT}; "
                f'give another code, and keep yours as name = "{choice.code}"'
            )


def _check_names(choices: Sequence[Choice], where: SourcePlace) -> Iterator[Finding]:
    seen: dict[str, Choice] = {}
    for number, choice in enumerate(choices):
        other = seen.setdefault(choice.name, choice)
        if choice.name and other is not choice:
            yield (where / number / "name").error(f'"{choice.name}" is the name of "{other.label}"; give another')


def _check_how_many(item: Item, place: SourcePlace) -> Iterator[Finding]:
    together = sum(not choice.alone for choice in item.choices)
    for key, limit in (("fewest", item.fewest), ("most", item.most)):
        if limit is not None and limit > together:
            yield (place / key).error(f'"{key}" is {limit}, but only {together} options may be chosen together')
    if item.fewest is not None and item.most is not None and item.fewest > item.most:
        yield (place / "fewest").error(f'"fewest" {item.fewest} is over "most" {item.most}; exchange them')


def _check_ways(item: Item, where: SourcePlace) -> Iterator[Finding]:
    """Options that exclude the others, and that ask for words."""
    asking = 0
    for number, choice in enumerate(item.choices):
        if choice.alone and item.kind is not Kind.MULTIPLE:
            yield (where / number / "alone").error(f'"alone" means nothing for the kind "{item.kind}"; leave it out')
        if choice.other == "" and "other" in choice.model_fields_set:
            yield (where / number / "other").error('"other" is empty; write what is asked, or leave it out')
        asking += bool(choice.other)
        if choice.other and (item.kind in ORDERED or asking > 1):
            why = "a step of a scale asks for no words" if item.kind in ORDERED else "another option asks for words"
            yield (where / number / "other").error(f'{why}; leave "other" out')
        elif choice.other:
            for key, name, longest in (("id", item.id, _LONGEST_ID), ("name", item.name, _LONGEST_NAME)):
                if len(name) > longest:
                    yield (where / number / "other").error(
                        f'the words would be called "{name}_other", which is too long; shorten the {key} "{name}"'
                    )

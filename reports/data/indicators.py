"""What a programme measures, read from its definition: one indicator for each item id over all waves.

Knows no answers; the order, the labels and the scoring of every report come from here, never from the data.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports import texts
from reports.data.answers import WantedAnswers
from surveys.model import CHOSEN, ORDERED, Item, Kind, Programme

PARTICIPANTS = "participants"
EVERYBODY = ""  # instead of an audience: all of them
BEFORE = "before"
AFTER = "after"
_MANY = 32
_ROLES = ("primary", "core", "programme", "own", "outcome", "use")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An item with the waves in which it is asked."""

    item: Item
    waves: tuple[str, ...]
    improvement: str = ""  # what those say who improved: »jim gre branje bolje kot na začetku«
    better: str = ""  # of a reversed item, what there is more of where it is better: »manj osamljenosti«

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @property
    def label(self) -> str:
        """Its short name, or else the question."""
        return self.item.indicator or self.item.text

    @property
    def name(self) -> str:
        """What its change is called: more of it is always better."""
        return (self.better or texts.less_of(self.label)) if self.item.reverse else self.label

    @property
    def codes(self) -> tuple[int, ...]:
        """The codes of its options, in the order from low to high outcome for ordered items."""
        codes = [choice.code for choice in self.item.choices]
        if self.item.kind in ORDERED:
            codes.sort(reverse=self.item.reverse)
        return tuple(codes)

    @property
    def points(self) -> tuple[int, ...]:
        """The values that can be given, from low to high outcome; none where a number has no limits, or many."""
        if self.item.kind is not Kind.NUMBER:
            return self.codes
        low, high = self.scale or (0, _MANY)
        return tuple(range(low, high + 1)) if high - low < _MANY else ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of its options, in the order of `codes`."""
        words = {choice.code: choice.label for choice in self.item.choices}
        return tuple(words[code] for code in self.codes)

    @property
    def steps(self) -> tuple[tuple[int, str], ...]:
        """The scores with their words, from low to high outcome; none where a score has no words."""
        if self.item.kind not in ORDERED:
            return ()
        return tuple((self.score(code), words) for code, words in zip(self.codes, self.labels, strict=True))

    @property
    def scale(self) -> tuple[int, int] | None:
        """The lowest and the highest score, where the definition says."""
        if self.item.kind in ORDERED:
            return min(self.codes), max(self.codes)
        low, high = self.item.minimum, self.item.maximum
        if self.item.places or low is None or high is None:
            return None
        return int(low), int(high)

    @property
    def measures_change(self) -> bool:
        """Whether a difference of two values can be told: of a number only within limits, in whole steps."""
        return self.scale is not None

    def score(self, value: int) -> int:
        """The value with a reverse-scored item turned around, so that higher is better."""
        if not self.item.reverse:
            return value
        low, high = self.scale or (0, 0)
        return low + high - value


def indicators(programme: Programme, audience: str = PARTICIPANTS) -> tuple[Indicator, ...]:
    """Everything that is asked of an audience: primary first, then core, programme, own, outcomes and use."""
    items: dict[str, Item] = {}
    waves: dict[str, list[str]] = {}
    for wave in programme.waves:
        if wave.audience != audience:
            continue
        for item in programme.questionnaire(wave).items:
            if item.asks and item.kind not in {Kind.TEXT, Kind.DATE}:
                items.setdefault(item.id, item)
                waves.setdefault(item.id, []).append(wave.id)
    found = [
        Indicator(
            item, tuple(waves[item.id]), programme.improvement.get(item.id, ""), programme.better.get(item.id, "")
        )
        for item in items.values()
    ]
    return tuple(sorted(found, key=lambda one: _ROLES.index(one.item.role)))


def everything(programme: Programme) -> WantedAnswers:
    """All that is asked of any audience."""
    items = dict.fromkeys(one.id for audience in programme.audiences for one in indicators(programme, audience))
    return WantedAnswers(tuple(items), tuple(wave.id for wave in programme.waves))


def change_of(programme: Programme, *roles: str) -> WantedAnswers:
    """What is asked in these roles, at the start and at the end."""
    found = indicators(programme)
    return WantedAnswers(tuple(one.id for one in found if one.item.role in roles), (BEFORE, AFTER))


def compared(found: tuple[Indicator, ...], first: str, second: str) -> tuple[Indicator, ...]:
    """Those whose change from one wave to the other can be told."""
    return tuple(one for one in found if one.measures_change and first in one.waves and second in one.waves)


def told_once(found: tuple[Indicator, ...], wave: str) -> tuple[Indicator, ...]:
    """Those of a wave that the first wave does not ask, told as shares."""
    return tuple(one for one in found if one.item.kind in CHOSEN and wave in one.waves and BEFORE not in one.waves)


def chosen_again(found: tuple[Indicator, ...], first: str, second: str) -> tuple[Indicator, ...]:
    """Those with several answers that are asked in both waves, told option by option."""
    return tuple(one for one in found if one.item.kind is Kind.MULTIPLE and {first, second} <= set(one.waves))


def followups(programme: Programme, audience: str = PARTICIPANTS) -> tuple[str, ...]:
    """The waves after the last lesson, in order."""
    return tuple(wave.id for wave in programme.waves if wave.audience == audience and wave.id not in (BEFORE, AFTER))

"""Which questions a programme ever asked, and in which waves: from definitions alone, never from answers.

Knows neither people nor files; all it takes of runs is which version was pinned to which wave.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from storage.analysis.exports import Version
from surveys.model import Choice, Item, Kind, Programme, Questionnaire

_TAKEN = frozenset({"mode", "channel", "answered_on"})  # columns of every wave, so no item may be called so
_SHAPES = {
    Kind.CHOICE: "coded",
    Kind.SCALE: "coded",
    Kind.FACES: "coded",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.MULTIPLE: "multiple",
    Kind.TEXT: "words",
}


@dataclass(frozen=True, slots=True)
class WaveColumns:
    """A wave among those of its audience. `mark` ends the names of its columns: t0, t1 and so on."""

    wave: str
    name: str
    audience: str
    mark: str


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item as one version of a questionnaire asks it in one wave."""

    item: Item
    place: WaveColumns
    questionnaire: Questionnaire
    version: str


@dataclass(frozen=True, slots=True)
class Question:
    """One item at one place over all its versions, the oldest first."""

    name: str  # primary_t0, or as its author calls the item: zadovoljstvo_t0
    by_id: str  # primary_t0, whatever its author calls it
    asked: tuple[AskedItem, ...]

    @property
    def item(self) -> Item:
        """The item as it is asked now, or was last."""
        return self.asked[-1].item

    @property
    def mark(self) -> str:
        """What its name ends with: t0."""
        return self.asked[0].place.mark

    @property
    def waves(self) -> tuple[str, ...]:
        """The names of the waves; several where audiences share an item."""
        return tuple(dict.fromkeys(one.place.name for one in self.asked))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The options of all versions in the order of codes, each in its newest words."""
        newest = {choice.code: choice for one in self.asked for choice in one.item.choices}
        return tuple(newest[code] for code in sorted(newest))


def places(programme: Programme, pinned: Iterable[str] = ()) -> dict[str, WaveColumns]:
    """Where each wave stands, by its id. A wave that only old runs know is marked by its own id, behind the others."""
    found: dict[str, WaveColumns] = {}
    audiences: dict[str, int] = {}
    for wave in programme.waves:
        position = audiences.setdefault(wave.audience, 0)
        audiences[wave.audience] += 1
        found[wave.id] = WaveColumns(wave.id, wave.name, wave.audience, f"t{position}")
    for old in sorted(set(pinned) - set(found)):
        found[old] = WaveColumns(old, old, "", old)
    return found


def questions(
    programme: Programme, versions: Iterable[Version], pinned: Collection[tuple[str, str]] = ()
) -> tuple[Question, ...]:
    """Every question at every place, in an order that new versions only add to.

    `versions`: all that was ever stored. `pinned`: (wave, version hash) of runs; they tell what a wave asked before
    the definition gave it another questionnaire.
    """
    everywhere = places(programme, (wave for wave, _ in pinned))
    shapes: dict[str, dict[str, None]] = {}
    grouped: dict[tuple[str, str], dict[str, list[AskedItem]]] = {}
    for one in _asked(programme, versions, everywhere, pinned):
        shape = _SHAPES[one.item.kind]
        shapes.setdefault(one.item.id, {})[shape] = None
        grouped.setdefault((one.item.id, shape), {}).setdefault(one.place.mark, []).append(one)
    marks = list(dict.fromkeys(place.mark for place in everywhere.values()))
    current = {questionnaire.hash for questionnaire in programme.questionnaires}
    found = []
    for (item, shape), by_mark in grouped.items():
        for mark in sorted(by_mark, key=marks.index):
            asked = tuple(sorted(by_mark[mark], key=lambda one: one.version in current))
            name, by_id = (_stem(one, shape, tuple(shapes[item])) for one in (asked[-1].item.called, item))
            found.append(Question(f"{name}_{mark}", f"{by_id}_{mark}", asked))
    return tuple(found)


def _asked(
    programme: Programme,
    versions: Iterable[Version],
    everywhere: Mapping[str, WaveColumns],
    pinned: Collection[tuple[str, str]],
) -> Iterator[AskedItem]:
    now = {wave.id: wave.questionnaire for wave in programme.waves}
    order = list(now.values())
    ids = {id_: order.index(id_) for id_ in order}
    stored = sorted(versions, key=lambda one: (one.stored_at, ids.get(one.questionnaire.id, len(ids)), one.hash))
    known = {one.hash: one.questionnaire for one in stored}
    for wave in programme.waves:
        questionnaire = programme.questionnaire(wave)
        known.setdefault(questionnaire.hash, questionnaire)
    for hash_, questionnaire in known.items():
        for id_, place in everywhere.items():
            if now.get(id_) == questionnaire.id or (id_, hash_) in pinned:
                for item in questionnaire.items:
                    if item.asks:
                        yield AskedItem(item, place, questionnaire, hash_)


def _stem(item: str, shape: str, shapes: tuple[str, ...]) -> str:
    """The first shape that an item ever had keeps the plain name; a later one (a number, no scale) is named too."""
    plain = f"item_{item}" if item in _TAKEN else item
    return plain if shape == shapes[0] else f"{plain}_{shape}"

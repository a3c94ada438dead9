"""What questionnaires and programmes must keep to beyond their types: rules, and what makes waves comparable.

Each check yields sentences with the place that they concern. Knows no files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from surveys.conditions import Compare, comparisons_of
from surveys.findings import Finding
from surveys.item_checks import CORE, lengths
from surveys.locate import SourcePlace
from surveys.model import Item, Kind, Programme, Questionnaire, QuestionSection, Wave
from surveys.quantities import written

OWN_ITEMS = 3  # that a library may add to a questionnaire


@dataclass(frozen=True, slots=True)
class Placed:
    """An item, where it and its options are written, and where a questionnaire takes it from shared.toml."""

    item: Item
    place: SourcePlace
    options: SourcePlace
    used: SourcePlace | None = None

    @property
    def here(self) -> SourcePlace:
        """Where it stands in its questionnaire."""
        return self.used or self.place


@dataclass(frozen=True, slots=True)
class QuestionnaireDraft:
    """A questionnaire that was read, with the places of its items."""

    questionnaire: Questionnaire
    place: SourcePlace
    items: tuple[Placed, ...]

    def section(self, section: QuestionSection) -> SourcePlace:
        """Where a section is written."""
        number = next(place for place, one in enumerate(self.questionnaire.sections) if one is section)
        return self.place / "sections" / number


def check_questionnaire(draft: QuestionnaireDraft) -> Iterator[Finding]:
    """The items of a questionnaire together."""
    yield from lengths(draft.questionnaire, draft.place)
    before: dict[str, Item] = {}
    ids = {placed.item.id for placed in draft.items}
    yield from _check_sections(draft)
    yield from unknown_sections(draft)
    for placed in draft.items:
        item = placed.item
        if item.id in before:
            key = "id" if placed.used is None else "use"
            yield (placed.here / key).error(f'"{item.id}" stands twice in this questionnaire; rename or remove one')
        for rule in comparisons_of(item.when):
            yield from _check_rule(rule, before, ids, placed.here / "when")
        section = draft.questionnaire.section_of(item)
        if section is not None and not any(one.section == item.section for one in before.values()):
            for rule in comparisons_of(section.when):
                yield from _check_rule(rule, before, ids, draft.section(section) / "when")
        before.setdefault(item.id, item)
    if not any(item.asks for item in draft.questionnaire.items):
        yield draft.place.error("this questionnaire asks nothing; add an item that is no note")
    own = [placed for placed in draft.items if placed.item.role == "own"]
    for placed in own[OWN_ITEMS:]:
        yield placed.here.error(f"a library may add at most {OWN_ITEMS} own items to a questionnaire; remove this one")


def unknown_sections(draft: QuestionnaireDraft) -> Iterator[Finding]:
    """Sections that are named and are not there: told even where other items are broken."""
    known = list(dict.fromkeys(section.id for section in draft.questionnaire.sections))
    for placed in draft.items:
        if placed.item.section and placed.item.section not in known:
            yield (placed.here / "section").error(
                f'there is no section "{placed.item.section}"; sections here: {", ".join(known) or "none"}'
            )


def _check_sections(draft: QuestionnaireDraft) -> Iterator[Finding]:
    """Each is used once, by items that stand together."""
    sections = draft.questionnaire.sections
    known = {section.id: section for section in reversed(sections)}
    for section in sections:
        where = draft.section(section)
        yield from lengths(section, where)
        if known[section.id] is not section:
            yield (where / "id").error(f'the section "{section.id}" stands twice; rename or remove one')
        elif not any(placed.item.section == section.id for placed in draft.items):
            yield where.error(
                f'no item stands in the section "{section.id}"; write section = "{section.id}" at its items'
            )
    left: set[str] = set()
    for earlier, placed in pairwise((None, *draft.items)):
        here = placed.item.section if placed is not None else ""
        last = earlier.item.section if earlier is not None else ""
        left |= {last} - {here, ""}
        if placed is not None and here in left and here in known:
            yield (placed.here / "section").error(f'items of the section "{here}" stand before; put them together')


def _check_rule(rule: Compare, before: Mapping[str, Item], ids: set[str], place: SourcePlace) -> Iterator[Finding]:
    item = before.get(rule.item)
    if item is None:
        later = "stands later or is this item itself" if rule.item in ids else "is not in this questionnaire"
        yield place.error(f'the rule looks at "{rule.item}", which {later}; a rule may look at earlier items only')
    elif item.kind is Kind.NOTE:
        yield place.error(f'the rule looks at "{rule.item}", which is a note and has no answer; name a question')
    elif rule.is_ != "answered":
        yield from _check_value(rule, item, place)


def _check_value(rule: Compare, item: Item, place: SourcePlace) -> Iterator[Finding]:
    if item.kind is Kind.TEXT:
        yield place.error(f'"{item.id}" is a text; a rule may only ask whether it is "answered"')
        return
    if (rule.is_ == "has") is not (item.kind is Kind.MULTIPLE):
        fitting = '"has"' if item.kind is Kind.MULTIPLE else '"eq", "ne", "lt", "le", "gt", "ge" or "in"'
        yield place.error(f'"{rule.is_}" does not fit "{item.id}" of the kind "{item.kind}"; use {fitting}')
        return
    for value in rule.value if isinstance(rule.value, tuple) else (rule.value,):
        if value is None or _possible(value, item):
            continue
        if item.kind in {Kind.NUMBER, Kind.DATE}:
            options = f"its answers go from {written(item.minimum, item)} to {written(item.maximum, item)}"
        else:
            options = f"its options have the codes {', '.join(str(choice.code) for choice in item.choices)}"
        yield place.error(f'{written(value, item)} can never be the answer to "{item.id}"; {options}')


def _possible(value: float, item: Item) -> bool:
    if item.kind in {Kind.NUMBER, Kind.DATE}:
        return (item.minimum is None or value >= item.minimum) and (item.maximum is None or value <= item.maximum)
    return isinstance(value, int) and item.choice(value) is not None


def check_programme(
    programme: Programme, place: SourcePlace, drafts: Mapping[str, QuestionnaireDraft]
) -> Iterator[Finding]:
    """The waves of a programme together: what is asked in all of them, and in the same way."""
    asked = [
        (wave, drafts[wave.questionnaire], place / "waves" / number / "questionnaire")
        for number, wave in enumerate(programme.waves)
        if wave.audience == "participants"
    ]
    yield from _check_primary(asked, place, claimed=programme.pooled)
    yield from _check_plan(programme, [wave.id for wave, _, _ in asked], place / "analysis_plan")
    if programme.pooled and not programme.answered_for_child:
        for wave, draft, where in asked:
            missing = [id_ for id_ in CORE if draft.questionnaire.item(id_) is None]
            if missing:
                yield where.error(
                    f'the wave "{wave.id}" lacks the core items {", ".join(missing)} that are pooled nationally; '
                    "take them from shared.toml, or set pooled = false"
                )
    yield from _check_names(list(drafts.values()))
    yield from _check_same(list(drafts.values()))
    yield from _check_wording([drafts[id_] for id_ in dict.fromkeys(wave.questionnaire for wave in programme.waves)])
    yield from _check_said(programme, place)
    yield from _check_waiting(programme, place)


def _check_waiting(programme: Programme, place: SourcePlace) -> Iterator[Finding]:
    """Who waits answers twice, at the start and at the end; children are never asked only to compare."""
    for audience in programme.audiences:
        there = [(number, wave) for number, wave in enumerate(programme.waves) if wave.audience == audience]
        found = [(number, wave) for number, wave in there if wave.waiting]
        if not found:
            continue
        where = place / "waves" / found[0][0] / "waiting"
        if programme.answered_for_child:
            yield where.error("children do not wait for a comparison; leave waiting out")
        elif [wave.anchor for _, wave in found] != ["start", "end"]:
            yield where.error("people who wait answer one wave at the start and one at the end; mark these two")


def _check_said(programme: Programme, place: SourcePlace) -> Iterator[Finding]:
    """What reports say of single items: each is asked, and what is turned around is named by what improves."""
    asked = {item.id: item for questionnaire in programme.questionnaires for item in questionnaire.items}
    for key, said in (("improvement", programme.improvement), ("better", programme.better)):
        for name in said:
            item = asked.get(name)
            if item is None:
                yield (place / key / name).error(f'no questionnaire asks "{name}"; name one of {", ".join(asked)}')
            elif key == "better" and not item.reverse:
                yield (place / key / name).error(
                    f'more of "{name}" is better as it stands; remove this line, or write reverse = true at the item'
                )


def _check_primary(
    asked: Sequence[tuple[Wave, QuestionnaireDraft, SourcePlace]], place: SourcePlace, *, claimed: bool
) -> Iterator[Finding]:
    """One question is the main result, in all waves; only who claims the national result needs any."""
    found = {item.id for _, draft, _ in asked for item in draft.questionnaire.items if item.role == "primary"}
    if not found:
        if claimed:
            yield place.error(
                'no wave asks an item with the role "primary", which the national result needs; '
                "name one, the main result, or set pooled = false"
            )
        return
    if len(found) > 1:
        yield place.error(
            f'{", ".join(sorted(found))} all have the role "primary"; only one item may be the main result'
        )
        return
    for wave, draft, where in asked:
        if not any(item.role == "primary" for item in draft.questionnaire.items):
            yield where.error(f'the wave "{wave.id}" does not ask the primary item "{min(found)}"; add it')


def _check_plan(programme: Programme, waves: Sequence[str], place: SourcePlace) -> Iterator[Finding]:
    planned = programme.analysis_plan
    if planned is not None and not planned.changes:
        yield (place / "changes").error('"changes" is empty; name at least one wave, or leave the plan out')
    for wave in planned.changes if planned is not None else ():
        if wave not in waves[1:]:
            advice = (
                f"name one of {', '.join(waves[1:])}" if waves[1:] else "there is no later wave; leave the plan out"
            )
            yield (place / "changes").error(
                f'"{wave}" is no later wave of the participants that could be compared with the first one; {advice}'
            )


def _check_names(drafts: Sequence[QuestionnaireDraft]) -> Iterator[Finding]:
    """What data call an item: the same in every wave, and nothing else is called so, whatever the case."""
    placed = [one for draft in drafts for one in draft.items]
    owners = {one.item.id: one.item.id for one in placed}
    names: dict[str, str] = {}
    for one in placed:
        item, where = one.item, one.here / "name"
        if item.name and owners.setdefault(item.name.lower(), item.id) != item.id:
            yield where.error(f'"{item.name}" means the item "{owners[item.name.lower()]}" already; give another name')
        elif names.setdefault(item.id, item.name) != item.name:
            known = f'is called "{names[item.id]}"' if names[item.id] else "has no name"
            yield where.error(f'"{item.id}" {known} in another wave; give it the same name in all of them')


def _check_same(drafts: Sequence[QuestionnaireDraft]) -> Iterator[Finding]:
    first: dict[str, Placed] = {}
    for draft in drafts:
        for placed in draft.items:
            known = first.setdefault(placed.item.id, placed)
            if _measure(known.item) != _measure(placed.item):
                yield placed.here.error(
                    f'"{placed.item.id}" is answered in another way in {known.place.source.file.name}; '
                    "make kind, options, limits, unit and direction equal, so that waves can be compared, or rename one"
                )


def _check_wording(drafts: Sequence[QuestionnaireDraft]) -> Iterator[Finding]:
    """One id is one question: other words in a later wave are a slip, or are said to ask the same."""
    known: dict[str, dict[str, Placed]] = {}
    for placed in (one for draft in drafts for one in draft.items if one.item.asks):
        item = placed.item
        words = known.setdefault(item.id, {})
        new = bool(words) and item.text not in words
        if new and not item.reworded:
            yield placed.here.error(
                f'"{item.id}" asks in other words than in {next(iter(words.values())).place.source.file.name}; '
                "if it is the same question, add reworded = true here, if it is another one, rename it"
            )
        elif item.reworded and not new:
            yield (placed.here / "reworded").error(
                f'"{item.id}" is asked in no other words before; leave "reworded" out'
            )
        words.setdefault(item.text, placed)


def _measure(item: Item) -> tuple[object, ...]:
    codes = tuple((choice.code, choice.name, choice.label) for choice in item.choices)
    return item.kind, codes, item.minimum, item.maximum, item.unit, item.places, item.accuracy, item.reverse

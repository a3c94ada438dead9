"""/vprasalnik: what a questionnaire asks, card by card. Stores nothing; its answers are inert."""

from __future__ import annotations

from bot import roles, staffroom
from bot.participant import cards
from bot.roles import Action
from bot.screens import Button, Reply, Rows, Screen, column
from bot.texts import enrolling as enrolling_texts
from bot.texts import staff as texts
from bot.texts.slovene import common, participant
from bot.visit import Visit, whole
from surveys.model import Item, Programme, Wave

_INERT = "pvi"
_OF_CARD = ("qb:", "qf:")  # the ways through a real card; a preview has its own


def choose(visit: Visit, _rest: str = "") -> Reply:
    """/vprasalnik asks for the programme, where there are several, and for the wave."""
    programmes = roles.programmes(visit, Action.PREVIEW)
    if not programmes:
        return staffroom.refuse(visit)
    argument = programmes[0].slug if len(programmes) == 1 else ""
    return Reply(draw(visit, argument), f"preview:{argument}", fresh=visit.typed)


def turn(visit: Visit, slug: str, wave: str = "", item: str = "0") -> Reply | None:
    """The waves of a programme, or a card of one."""
    programme = _find(visit, slug)
    if programme is None or (wave and _item(programme, wave, item) is None):
        return None
    argument = f"{slug}:{whole(wave)}:{whole(item)}" if wave else slug
    return Reply(draw(visit, argument), f"preview:{argument}", fresh=visit.typed)


def inert(visit: Visit) -> Reply | None:
    """An answer in a preview."""
    name, _, argument = visit.view.partition(":")
    return Reply(draw(visit, argument), visit.view, toast=texts.PREVIEW_TOAST) if name == "preview" else None


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `preview:`, `preview:SLUG` and `preview:SLUG:WAVE:ITEM`."""
    slug, _, place = argument.partition(":")
    programme = _find(visit, slug)
    if programme is None:
        buttons = [Button(one.name, f"pv:{one.slug}") for one in roles.programmes(visit, Action.PREVIEW)]
        return Screen(texts.CHOOSE_PROGRAMME, column(*buttons, staffroom.to_desk()))
    wave, _, item = place.partition(":")
    found = _item(programme, wave, item) if place else None
    if found is None:
        return _waves(visit, programme)
    return _card(programme, whole(wave), whole(item), *found)


def _find(visit: Visit, slug: str) -> Programme | None:
    return next((one for one in roles.programmes(visit, Action.PREVIEW) if one.slug == slug), None)


def _item(programme: Programme, wave: str, item: str) -> tuple[Wave, Item] | None:
    if whole(wave) >= len(programme.waves):
        return None
    chosen = programme.waves[whole(wave)]
    items = programme.questionnaire(chosen).items
    return (chosen, items[whole(item)]) if whole(item) < len(items) else None


def _waves(visit: Visit, programme: Programme) -> Screen:
    buttons = [Button(name(wave), f"pv:{programme.slug}:{place}") for place, wave in enumerate(programme.waves)]
    several = len(roles.programmes(visit, Action.PREVIEW)) > 1
    back = Button(common.BACK, "vpra") if several else staffroom.to_desk()
    return Screen(texts.choose_wave(programme.name), column(*buttons, back))


def name(wave: Wave) -> str:
    """The name of a wave, with its audience where there are several."""
    audience = enrolling_texts.AUDIENCES.get(wave.audience, wave.audience)
    return f"{wave.name} · {audience}" if audience else wave.name


def _card(programme: Programme, place: int, number: int, wave: Wave, item: Item) -> Screen:
    questionnaire = programme.questionnaire(wave)
    note = texts.preview(name(wave), number + 1, len(questionnaire.items))
    if item.when is not None:
        note = f"{note}\n{texts.PREVIEW_CONDITIONAL}"
    card = cards.question(participant, questionnaire, {}, item, 0, 0, note)
    ways = []
    if number:
        ways.append(Button(common.BACK, f"pv:{programme.slug}:{place}:{number - 1}"))
    if number + 1 < len(questionnaire.items):
        ways.append(Button(common.FORWARD, f"pv:{programme.slug}:{place}:{number + 1}"))
    other = Button(texts.OTHER_QUESTIONNAIRE, f"pv:{programme.slug}")
    return Screen(
        card.text, (*_inert(card.rows), *((tuple(ways),) if ways else ()), *column(other, staffroom.to_desk()))
    )


def _inert(rows: Rows) -> Rows:
    """The answers of a card, without effect; »Naprej« of a real card would be a second one here."""
    kept = []
    for row in rows:
        answers = [
            Button(button.label, _INERT)
            for button in row
            if not button.action.startswith(_OF_CARD) and button.label != common.FORWARD
        ]
        if answers:
            kept.append(tuple(answers))
    return tuple(kept)

"""/vprasalnik: what a questionnaire asks, card by card. Stores nothing; its answers are inert."""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.conversation import permissions
from bot.conversation.declared import ActionData
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen, column
from bot.participant import question_cards
from bot.staff import staff_home
from bot.texts import enrolling as enrolling_texts
from bot.texts import staff as texts
from bot.texts.slovene import common, participant
from bot.views import assistance as views
from surveys.model import Item, Programme, Wave


def _inert(*_: object) -> ActionData:
    return actions.try_preview()


_ASKS = question_cards.Asks(_inert, _inert, _inert, _inert, _inert)


def choose(request: Request, _rest: str = "") -> Reply:
    """/vprasalnik asks for the programme, where there are several, and for the wave."""
    programmes = permissions.programmes(request, Permission.PREVIEW)
    if not programmes:
        return staff_home.refuse(request)
    slug = programmes[0].slug if len(programmes) == 1 else ""
    return Reply(draw(request, slug), views.preview(slug))


def turn_page(request: Request, slug: str, wave: int | None = None, item: int = 0) -> Reply | None:
    """The waves of a programme, or a card of one."""
    programme = _find(request, slug)
    if programme is None or (wave is not None and _item(programme, wave, item) is None):
        return None
    return Reply(draw(request, slug, wave, item), views.preview(slug, wave, item))


def inert(request: Request) -> Reply | None:
    """An answer in a preview."""
    return Reply.again(request.view).toasted(texts.PREVIEW_TOAST) if views.preview.is_name_of(request.view) else None


def draw(request: Request, slug: str = "", wave: int | None = None, item: int = 0) -> Screen:
    """The programmes, the waves of one, or a card of a wave."""
    programme = _find(request, slug)
    if programme is None:
        programmes = permissions.programmes(request, Permission.PREVIEW)
        buttons = [Button(one.name, actions.preview_questionnaire(one.slug)) for one in programmes]
        return Screen(texts.CHOOSE_PROGRAMME, column(*buttons, staff_home.to_desk()))
    found = None if wave is None else _item(programme, wave, item)
    return _waves(request, programme) if wave is None or found is None else _card(programme, wave, item, *found)


def _find(request: Request, slug: str) -> Programme | None:
    return next((one for one in permissions.programmes(request, Permission.PREVIEW) if one.slug == slug), None)


def _item(programme: Programme, wave: int, item: int) -> tuple[Wave, Item] | None:
    if wave >= len(programme.waves):
        return None
    chosen = programme.waves[wave]
    items = programme.questionnaire(chosen).items
    return (chosen, items[item]) if item < len(items) else None


def _waves(request: Request, programme: Programme) -> Screen:
    buttons = [
        Button(name(wave), actions.preview_questionnaire(programme.slug, place))
        for place, wave in enumerate(programme.waves)
    ]
    several = len(permissions.programmes(request, Permission.PREVIEW)) > 1
    back = Button(common.BACK, actions.choose_preview()) if several else staff_home.to_desk()
    return Screen(texts.choose_wave(programme.name), column(*buttons, back))


def name(wave: Wave) -> str:
    """The name of a wave, with its audience where there are several."""
    audience = enrolling_texts.AUDIENCES.get(wave.audience, wave.audience)
    return f"{wave.name} · {audience}" if audience else wave.name


def _card(programme: Programme, place: int, number: int, wave: Wave, item: Item) -> Screen:
    questionnaire = programme.questionnaire(wave)
    note = texts.preview(name(wave), number + 1, len(questionnaire.items))
    if questionnaire.rule(item) is not None:
        note = f"{note}\n{texts.PREVIEW_CONDITIONAL}"
    card = question_cards.question(participant, questionnaire, {}, item, 0, 0, note, _ASKS)
    ways = []
    if number:
        ways.append(Button(common.BACK, actions.preview_questionnaire(programme.slug, place, number - 1)))
    if number + 1 < len(questionnaire.items):
        ways.append(Button(common.FORWARD, actions.preview_questionnaire(programme.slug, place, number + 1)))
    other = Button(texts.OTHER_QUESTIONNAIRE, actions.preview_questionnaire(programme.slug))
    return Screen(
        card.text, (*_answers(card.rows), *((tuple(ways),) if ways else ()), *column(other, staff_home.to_desk()))
    )


def _answers(rows: Rows) -> Rows:
    """The answers of a card; its ways on would be second ones here."""
    ways = (participant.BACK, participant.FORWARD)
    kept = (tuple(button for button in row if button.label not in ways) for row in rows)
    return tuple(row for row in kept if row)

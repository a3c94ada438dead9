"""The card of an invitation or a reminder: a function of the occasion and of what was answered so far."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import answering, library_contact, response_cards, shared_phone
from storage import occasions
from storage.answers import responses
from storage.occasions import Occasion
from storage.schema import OccasionState
from surveys import engine
from surveys.effort import minutes
from surveys.languages import localised
from surveys.waiting import asked


def card(request: Request, occasion: Occasion, *, reminding: bool) -> Screen:
    """Who asks whom for how much: for who has not begun, who is in the middle, and who has only to hand in."""
    text, label = _asked(request, occasion, reminding=reminding)
    help_ = library_contact.of_programme(request, request.services.programmes[occasion.programme])
    screen = _screen(request, occasion, "\n\n".join(part for part in (text, help_) if part), label)
    return shared_phone.with_switch(
        request, occasion, shared_phone.headed(request.services, request.words, occasion, screen)
    )


def draw(request: Request, occasion_id: int) -> Screen:
    """The invitation again."""
    occasion = occasions.load(request.connection, occasion_id)
    if occasion is None or occasion.state is not OccasionState.OPEN:
        return response_cards.closed_screen(request.words, OccasionState.MISSED if occasion is None else occasion.state)
    return card(request, occasion, reminding=False)


def typed(request: Request, _text: str, occasion_id: int) -> Reply | None:
    """Words below an invitation: the question itself, to be answered."""
    return answering.begin(request, occasion_id)


def _asked(request: Request, occasion: Occasion, *, reminding: bool) -> tuple[str, str]:
    """The text, and the words on the button that begins or goes on."""
    words, programme = request.words, request.services.programmes[occasion.programme]
    response = responses.of_occasion(request.connection, occasion.id)
    if response is not None:
        left = engine.progress(
            response.questionnaire, responses.answers(request.connection, request.services.keys, response.id)
        ).left
        text = words.reminder_half(programme.library, left) if left else words.reminder_unsent(programme.library)
        return text, words.CONTINUE
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    original = asked(programme, wave, occasion.role)
    questionnaire = localised(original, request.language).questionnaire
    count, lasting = engine.progress(questionnaire, {}).total, minutes(original)
    if reminding:
        text = words.reminder(programme.library, count, lasting)
    else:
        text = words.invitation(programme.library, questionnaire.title, count, lasting)
    return f"{text}\n\n{words.waiting.WHY}" if occasion.waits else text, words.START


def _screen(request: Request, occasion: Occasion, text: str, label: str) -> Screen:
    later = Button(request.words.wishes.NOT_NOW, actions.postpone(occasion.id))
    return Screen(text, column(Button(label, actions.begin_answering(occasion.id)), later))

"""»Da« and »ne« typed at a question for consent: what was understood is shown, and holds with one more tap."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.declared import SEPARATOR, Rest
from bot.conversation.request import Request
from bot.conversation.routes import by_name, card
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import home, intents, joining, library_contact, pending_questions, phone_change
from bot.views import participant as views
from bot.views.participant import Said

QUESTIONS = (
    card(views.welcome, joining.draw_welcome),
    card(views.which, joining.draw_which),
    card(views.guardian, joining.draw_guardian),
    card(views.moving, phone_change.draw),
    card(views.declined, joining.draw_declined),
    card(views.no_guardian, joining.draw_no_guardian),
)
"""The cards that ask for consent."""

ASKING = frozenset({*(one.name for one in QUESTIONS), views.understood.name})
"""The names of the cards at which it can be given or refused in words."""

_DRAW = by_name(QUESTIONS)
_YES = (actions.agree_to_join, actions.move_here, actions.ask_consent_again)
_NO = (actions.refuse_to_join, actions.refuse_as_guardian, actions.put_link_aside)


def closed(request: Request) -> bool:
    """Whether the link of the question opens nothing any more."""
    return not _draw(request, _asked(request.view)).rows


def read(request: Request, text: str) -> Reply | None:
    """»Razumeli smo: da«, or »ne«, where the card has one button that says so; None for other words."""
    view = _asked(request.view)
    yes, no = _buttons(_draw(request, view))
    said = intents.agrees(text)
    if said is None:
        said = next((one in yes for one in (*yes, *no) if intents.same(text, one.label)), None)
    if said is None or len(yes if said else no) != 1:
        return None
    again = actions.ask_consent_again.arguments_of(yes[0].action) if said else None
    if again is not None:
        return joining.open_link(request, *again)
    understood = Said.YES if said else Said.NO
    return Reply(draw(request, understood, Rest(view)), views.understood(understood, Rest(view)))


def unclear(request: Request) -> Reply:
    """Other words: the question again."""
    view = _asked(request.view)
    yes, no = _buttons(_draw(request, view))
    either = len(yes) == len(no) == 1
    words = request.words.talk.YES_OR_NO if either else request.words.NOT_UNDERSTOOD
    return Reply.again(view, note=library_contact.lost_at_link(request, words, enrolment(view)))


def enrolment(view: str) -> int:
    """Whose link a question for consent is about."""
    return pending_questions.enrolment_of(_asked(view))


def back(request: Request) -> Reply:
    """»‹ Nazaj«: the question itself."""
    return Reply.again(_asked(request.view)) if views.understood.is_name_of(request.view) else home.home(request)


def draw(request: Request, said: Said, asked: Rest) -> Screen:
    """What was understood of words at a question, to be confirmed."""
    question = _draw(request, asked)
    yes, no = _buttons(question)
    agreed = said is Said.YES
    buttons, text = (yes, request.words.talk.AGREED) if agreed else (no, request.words.talk.REFUSED)
    if len(buttons) != 1:
        return question
    return Screen(text, column(*buttons, Button(request.words.BACK, actions.back_to_consent())))


def _asked(view: str) -> str:
    """The view of the question that was answered in words."""
    understood = views.understood.arguments_of(view)
    return view if understood is None else str(understood[1])


def _draw(request: Request, view: str) -> Screen:
    name, _, written = view.partition(SEPARATOR)
    return _DRAW[name].use_case(request, *_DRAW[name].arguments(written))


def _buttons(screen: Screen) -> tuple[list[Button], list[Button]]:
    """Those that say yes, and those that say no."""
    every = [button for row in screen.rows for button in row]
    yes, no = ([one for one in every if any(each.is_name_of(one.action) for each in those)] for those in (_YES, _NO))
    return yes, no

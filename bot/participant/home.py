"""Where one is: the open questionnaire, or that nothing is due. Also what a stranger sees."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.request import Request
from bot.conversation.screens import Reply, Screen
from bot.participant import answering, corrections, mail_reminders, own_change, pending_questions, shared_phone
from bot.staff import staff_home
from bot.views import participant as views
from storage import occasions, participants
from storage.schema import EnrolmentState


def home(request: Request, note: str = "") -> Reply:
    """The one place to which everything leads back: what stands until it is answered, or what is open.

    `note` stands above it.
    """
    view, left = pending_questions.first(request)
    reply = Reply.again(view, note=note) if view else anyway(request, note)
    return reply if left is None else replace(reply, asked=left)


def anyway(request: Request, note: str = "") -> Reply:
    """What is open, also while something else stands: »Druga oseba«."""
    due = shared_phone.due(request)
    if len(those := shared_phone.waiting(request, due)) > 1:
        return Reply(shared_phone.chooser(request, those), views.whom()).noted(note)
    if due:
        return answering.open_question(request, due[0]).noted(note)
    if staff_home.is_member(request):
        return staff_home.desk(request).noted(note)
    refused = pending_questions.refused(request)
    if refused and not _takes_part(request):
        return Reply.again(refused[0], note=note)
    return Reply(draw(request), views.home()).noted(note)


def draw_chooser(request: Request) -> Screen:
    """»Za koga odgovarjate?« again."""
    those = shared_phone.waiting(request, shared_phone.due(request))
    return shared_phone.chooser(request, those) if those else draw(request)


def typed_at_chooser(request: Request, text: str) -> Reply | None:
    """A name typed counts as its button."""
    those = shared_phone.waiting(request, shared_phone.due(request))
    wanted = text.strip().casefold()
    chosen = next((one for one in those if one.name.casefold() == wanted), None)
    return None if chosen is None else answering.open_question(request, chosen.occasions[0])


def after_joining(request: Request) -> Reply:
    """Consent was given, and nothing is open yet."""
    return Reply(draw_joined(request), views.joined())


def draw(request: Request) -> Screen:
    """That nothing is due, again; what a stranger sees."""
    if not _takes_part(request):
        return Screen(request.words.LEFT if _has_left(request) else request.words.STRANGER)
    rows = (*own_change.buttons(request), *corrections.buttons(request))
    return Screen(request.words.nothing_due(_following(request)), rows)


def draw_joined(request: Request) -> Screen:
    """That nothing is open yet, again."""
    return Screen(request.words.joined_later(_following(request)))


def _takes_part(request: Request) -> bool:
    """Whether anybody of this chat does."""
    return _has_one(request, EnrolmentState.ACTIVE)


def _has_left(request: Request) -> bool:
    """Whether somebody of this chat has stopped: the link that they have begins nothing any more."""
    return _has_one(request, EnrolmentState.LEFT)


def _has_one(request: Request, state: EnrolmentState) -> bool:
    return any(one.state is state for one in participants.of_chat(request.connection, request.chat))


def _following(request: Request) -> str:
    planned = occasions.next_of_chat(request.connection, request.chat)
    return "" if planned is None else mail_reminders.next_questionnaire(request, planned.opens_at)

"""A lost telephone: a new link of somebody who takes part moves them into this chat; what they answered stays."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import display_names, home, pending_questions, shared_phone
from bot.staff import staff_home
from bot.views import participant as views
from bot.views.participant import Stayed
from storage import access_links, chats, participants, shared_phones
from storage.access_links import Invitation, Used
from storage.participants import Enrolment
from storage.schema import EnrolmentState
from surveys.languages import group_name


def offer(request: Request, enrolment: Enrolment, token: str) -> Reply | None:
    """The new link was opened: is it to go on here? None where nobody moves, since nobody is anywhere yet."""
    if enrolment.state is not EnrolmentState.ACTIVE or enrolment.chat is None:
        return None
    if enrolment.chat == request.chat:
        return home.home(request, request.words.ALREADY_IN_GROUP)
    view = views.moving(enrolment.id)
    asked = None if staff_home.is_member(request) else pending_questions.ask(request, view)
    return Reply(_screen(request, enrolment, token), view, asked=asked)


def move(request: Request, token: str, same_as: int = 0) -> Reply | None:
    """»Da, nadaljuj tukaj«: from now on the person is here, and the telephone before shows nothing of theirs.

    `same_as`: the number of somebody of this chat, where it is the same person.
    """
    match access_links.look(request.connection, token, request.now):
        case Invitation(enrolment=int(enrolment_id)):
            enrolment = participants.of_enrolment(request.connection, enrolment_id)
        case Used():  # a second tap
            return home.home(request)
        case _:
            return home.home(request, request.words.LINK_EXPIRED)
    if enrolment is None or enrolment.state is not EnrolmentState.ACTIVE or enrolment.chat in (None, request.chat):
        return None
    if not isinstance(access_links.redeem(request.connection, token, request.now), Invitation):
        return home.home(request)  # somebody was faster
    participants.move(request.connection, enrolment, request.chat, request.now)
    shared_phones.arrive(request.connection, request.services.keys, request.chat, enrolment, same_as)
    release(request, enrolment)

    def go_on(here: Request) -> Reply:
        reading = replace(here, language=enrolment.language)
        moved = replace(home.home(reading, reading.words.MOVED_HERE), language=enrolment.language)
        return display_names.ask_all(here, enrolment) or moved

    return pending_questions.settled(request, views.moving(enrolment.id), go_on)


def release(request: Request, before: Enrolment) -> None:
    """The chat in which the person was before says where they went, in place of what it shows."""
    if before.chat in (None, request.chat) or chats.lock(request.connection, before.chat) is None:
        return
    stay = shared_phones.others(request.connection, request.services.keys, before.chat, before.participant)
    chats.show_next(request.connection, before.chat, views.moved(Stayed.SOME if stay else Stayed.NOBODY), request.now)


def draw_away(request: Request, stayed: Stayed = Stayed.NOBODY) -> Screen:
    """The telephone before."""
    if stayed is Stayed.NOBODY:
        return Screen(request.words.MOVED_AWAY)
    return Screen(request.words.sharing.ONE_MOVED_AWAY, column(Button(request.words.HOME, actions.go_home())))


def draw(request: Request, enrolment_id: int) -> Screen:
    """The question again, while its link still opens something."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    token = access_links.open_token(request.connection, request.services.keys, enrolment_id, request.now)
    if enrolment is None or token is None:
        return Screen(request.words.LINK_EXPIRED)
    return _screen(request, enrolment, token)


def _screen(request: Request, enrolment: Enrolment, token: str) -> Screen:
    programme = request.services.programmes[enrolment.programme]
    text = request.words.move_here(programme.library, group_name(programme, request.language))
    here, cancel = shared_phone.everybody(request), Button(request.words.CANCEL, actions.put_link_aside(token))
    if here:
        whose = shared_phone.whose_link(request, here, partial(actions.move_here, token))
        return Screen(f"{text}\n\n{request.words.sharing.WHO_IS_IT}", column(*whose, cancel))
    return Screen(text, column(Button(request.words.MOVE_YES, actions.move_here(token)), cancel))

"""From a link to the first question: who asks, consent, and for whom an adult answers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.actions import participant as actions
from bot.actions.participant import Child, Consenting
from bot.consent import text_archive
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen, column
from bot.participant import (
    answering,
    display_names,
    home,
    library_contact,
    pending_questions,
    phone_change,
    shared_phone,
)
from bot.staff import staff_home
from bot.texts import languages
from bot.views import participant as views
from storage import access_links, attempts, call_requests, occasions, participants, shared_phones
from storage.access_links import Expired, Invitation, Unknown, Used
from storage.attempts import Guess
from storage.participants import Enrolment
from storage.schema import ConsentKind, EnrolmentState, Giver
from surveys.effort import minutes_of_each
from surveys.languages import NAMES, SLOVENIAN, group_name
from surveys.model import Mode, Programme


def open_link(request: Request, token: str) -> Reply:
    """A link of a participant or of staff was opened; what it leads to, if anything."""
    match access_links.look(request.connection, token, request.now):
        case Invitation(enrolment=int(enrolment_id)):
            return _welcome(request, enrolment_id, token)
        case Invitation():
            return staff_home.join(request, token)
        case Used(Invitation(enrolment=int(enrolment_id))) if _is_mine(request, enrolment_id):
            return home.home(request)
        case Used(Invitation(enrolment=None)) if staff_home.is_member(request):
            return home.home(request)
        case Used(invitation):
            return _lost(request, request.words.LINK_USED, invitation.enrolment)
        case Expired(invitation):
            return _lost(request, request.words.LINK_EXPIRED, invitation.enrolment)
        case Unknown():
            attempts.note(request.connection, Guess.LINK, "link", request.now, "stranger")
            return _lost(request, request.words.LINK_UNKNOWN)


def speak(request: Request, token: str, language: str) -> Reply | None:
    """Another language on the first screen: for the chat and for the person of the link."""
    enrolment = _invited(request, token)
    if enrolment is None or language not in request.services.programmes[enrolment.programme].languages:
        return open_link(request, token)
    participants.set_language(request.connection, enrolment, language, request.now, f"participant:{enrolment.code}")
    shown = views.welcome.arguments_of(request.view) or (0,)
    view = request.view if shown[0] == enrolment.id else views.welcome(enrolment.id)
    return replace(Reply.again(view, language=language), asked=_asks(request, view))


def ask_consent(request: Request, token: str, same_as: int) -> Reply | None:
    """The link is for somebody who is here (by number), or for one more (0), who decides alone."""
    enrolment = _invited(request, token)
    if enrolment is None:
        return open_link(request, token)
    if _is_in(request, enrolment.cohort, same_as):
        note = request.words.ALREADY_IN_GROUP
        return pending_questions.settled(request, views.which(enrolment.id), lambda here: home.home(here, note))
    return _asked(request, enrolment, token, same_as)


def accept(request: Request, token: str, by: Consenting, same_as: int = 0) -> Reply | None:
    """A button that begins with »Da«: by the person, who may be waiting, by a guardian, or on paper.

    Where the text that was read is not the one that holds now, that one is asked.

    `same_as`: the number of somebody of this chat, where it is the same person.
    """
    asked = _invited(request, token)
    if asked is not None and asked.waits is not (by is Consenting.WAITING):
        return _asked_anew(request, asked, token, same_as)
    found = access_links.redeem(request.connection, token, request.now)
    if not isinstance(found, Invitation) or found.enrolment is None:
        return open_link(request, token)
    enrolment = participants.of_enrolment(request.connection, found.enrolment)
    if enrolment is None:
        return None
    who, mode, kind = _GIVERS[by]
    actor = f"participant:{enrolment.code}"
    read = text_archive.shown(enrolment, kind, languages.spoken(request.language), request.lives_in)
    participants.join(request.connection, enrolment, request.chat, who, mode, read, request.now, actor)
    shared_phones.arrive(request.connection, request.services.keys, request.chat, enrolment, same_as)
    phone_change.release(request, enrolment)
    return pending_questions.settled(request, views.welcome(enrolment.id), lambda here: _begins(here, enrolment, actor))


def _begins(request: Request, enrolment: Enrolment, actor: str) -> Reply:
    """Who has just agreed: the language, the plan, the names of those who share the phone, the first question."""
    programme = request.services.programmes[enrolment.programme]
    participants.set_language(request.connection, enrolment, request.language, request.now, actor)
    occasions.replan_one(request.connection, programme, enrolment.id, request.services.policy, request.now)
    reply = first_questions(request, enrolment.id)
    return display_names.ask_all(request, enrolment) or reply


def first_questions(request: Request, enrolment_id: int) -> Reply:
    """What is open already is asked at once; else the day of the first questionnaire."""
    for occasion in occasions.waiting(request.connection, enrolment_id):
        if occasion.opens_at <= request.now < occasion.closes_at:
            occasions.open_now(request.connection, occasion.id, request.now, invited=True)
            opened = occasions.load(request.connection, occasion.id)
            if opened is not None:
                return answering.open_question(request, opened)
    return home.after_joining(request)


def refuse(request: Request, token: str) -> Reply | None:
    """A button that begins with »Ne«. The link still holds."""
    enrolment = _invited(request, token)
    if enrolment is None:
        return open_link(request, token)
    participants.decline(request.connection, enrolment, request.now)
    call_requests.withdraw(request.connection, enrolment, request.now)  # who has decided need not be called
    view = views.declined(enrolment.id)
    return Reply(_declined_screen(request, enrolment), view, asked=_asks(request, view))


def put_aside(request: Request, token: str) -> Reply:
    """»Prekliči«: the link was not for here; it still holds."""
    enrolment = _invited(request, token)
    if enrolment is None:
        return home.home(request)
    return pending_questions.settled(request, views.which(enrolment.id), home.home)


def no_guardian(request: Request, token: str) -> Reply | None:
    """There is no guardian's consent: nothing is asked, and the link still holds."""
    enrolment = _invited(request, token)
    if enrolment is None:
        return open_link(request, token)
    participants.decline(request.connection, enrolment, request.now)
    view = views.no_guardian(enrolment.id)
    return Reply(draw_no_guardian(request, enrolment.id), view, asked=_asks(request, view))


def ask_guardian(request: Request, token: str, whose: Child) -> Reply | None:
    """»Za svojega otroka« or a child in care: the consent that it takes."""
    enrolment = _invited(request, token)
    if enrolment is None:
        return open_link(request, token)
    view = views.guardian(enrolment.id, whose)
    return Reply(_guardian_screen(request, token, whose), view, asked=_asks(request, view))


def draw_welcome(request: Request, enrolment_id: int, same_as: int | None = None) -> Screen:
    """The question for consent again, while its link still opens something."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    token = _token(request, enrolment_id)
    if enrolment is None or token is None:
        return Screen(request.words.LINK_EXPIRED)
    return _welcome_screen(request, enrolment, token, same_as)


def draw_which(request: Request, enrolment_id: int) -> Screen:
    """»Za koga je ta povezava?« again, while the link still opens something."""
    token = _token(request, enrolment_id)
    return Screen(request.words.LINK_EXPIRED) if token is None else _which_screen(request, token)


def draw_guardian(request: Request, enrolment_id: int, whose: Child) -> Screen:
    """The question for a guardian's consent again, while its link still opens something."""
    token = _token(request, enrolment_id)
    return Screen(request.words.LINK_EXPIRED) if token is None else _guardian_screen(request, token, whose)


def draw_declined(request: Request, enrolment_id: int) -> Screen:
    """That there is no consent, again."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    return Screen(request.words.STRANGER) if enrolment is None else _declined_screen(request, enrolment)


def draw_no_guardian(request: Request, enrolment_id: int) -> Screen:
    """That there is no guardian's consent, again."""
    return Screen(request.words.NO_GUARDIAN, _ask_again(request, enrolment_id))


def _lost(request: Request, words: str, enrolment_id: int | None = None) -> Reply:
    """A link that opens nothing, with how to get help from the library that gave it."""
    note = (
        library_contact.lost(request, words)
        if enrolment_id is None
        else library_contact.lost_at_link(request, words, enrolment_id)
    )
    return home.home(request, note)


_GIVERS = {
    Consenting.SELF: (Giver.SELF, Mode.SELF, ConsentKind.SELF),
    Consenting.WAITING: (Giver.SELF, Mode.SELF, ConsentKind.SELF),
    Consenting.GUARDIAN: (Giver.GUARDIAN, Mode.SELF, ConsentKind.GUARDIAN),
    Consenting.ON_PAPER: (Giver.GUARDIAN, Mode.PAPER, ConsentKind.MENTOR),
}


def _welcome(request: Request, enrolment_id: int, token: str) -> Reply:
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    if enrolment is None:
        return home.home(request, request.words.LINK_UNKNOWN)
    moved = phone_change.offer(request, enrolment, token)
    if moved is not None:
        return moved
    programme = request.services.programmes[enrolment.programme]
    if not programme.answered_for_child and enrolment.chat != request.chat and shared_phone.everybody(request):
        view = views.which(enrolment_id)
        return Reply(_which_screen(request, token), view, asked=_asks(request, view))
    return _asked(request, enrolment, token)


def _asked(request: Request, enrolment: Enrolment, token: str, same_as: int | None = None) -> Reply:
    programme = request.services.programmes[enrolment.programme]
    language = _first_language(request, enrolment, programme)
    card = _welcome_screen(replace(request, language=language), enrolment, token, same_as)
    view = views.welcome(enrolment.id, same_as)
    return Reply(card, view, language=language, asked=_asks(request, view))


def _asked_anew(request: Request, enrolment: Enrolment, token: str, same_as: int) -> Reply:
    """The text is another one since it was read: the person was put on the waiting list, or begins."""
    return _asked(request, enrolment, token, same_as or None).noted(request.words.waiting.TEXT_HAS_CHANGED)


def _asks(request: Request, view: str) -> str | None:
    """The question stands until it is answered; with staff, who look at links of others, only while it is there."""
    return None if staff_home.is_member(request) else pending_questions.ask(request, view)


def _first_language(request: Request, enrolment: Enrolment, programme: Programme) -> str:
    """What the librarian has noted, else what the chat reads, else what the phone speaks, where it is offered."""
    for language in (enrolment.language, request.language, request.phone_language):
        if language != SLOVENIAN and language in programme.languages:
            return language
    return SLOVENIAN


def _token(request: Request, enrolment_id: int) -> str | None:
    return access_links.open_token(request.connection, request.services.keys, enrolment_id, request.now)


def _which_screen(request: Request, token: str) -> Screen:
    whose = shared_phone.whose_link(request, shared_phone.everybody(request), partial(actions.take_link_for, token))
    return Screen(
        request.words.sharing.WHO_IS_IT, column(*whose, Button(request.words.CANCEL, actions.put_link_aside(token)))
    )


def _welcome_screen(request: Request, enrolment: Enrolment, token: str, same_as: int | None = None) -> Screen:
    programme = request.services.programmes[enrolment.programme]
    words, group = request.words, group_name(programme, request.language)
    others = [
        Button(NAMES[one], actions.join_in_language(token, one))
        for one in programme.languages
        if one != request.language
    ]
    if programme.answered_for_child:
        rows = column(
            Button(words.FOR_MY_CHILD, actions.join_for_child(token, Child.OWN)),
            Button(words.FOR_A_CHILD_IN_CARE, actions.join_for_child(token, Child.IN_CARE)),
            *others,
            Button(words.calling.CALL_ME, actions.ask_for_call_at_link(token)),
        )
        return Screen(
            words.read_in(request.lives_in, words.for_whom(programme.library, group)), (*rows, *_to_others(request))
        )
    action = actions.agree_to_join(token, Consenting.WAITING if enrolment.waits else Consenting.SELF, same_as or 0)
    call = Button(words.calling.CALL_ME, actions.ask_for_call_at_link(token))
    rows = column(Button(words.YES, action), Button(words.NO, actions.refuse_to_join(token)), *others, call)
    rows = (*rows, *_to_others(request))
    whose = "" if same_as is None else _whose_consent(request, same_as)
    lasting = words.lasting(*minutes_of_each(programme, enrolment.audience))
    welcome = words.waiting.welcome if enrolment.waits else words.welcome
    text = words.read_in(request.lives_in, welcome(programme.library, group, lasting))
    return Screen(text, rows).noted(whose)


def _whose_consent(request: Request, same_as: int) -> str:
    """For whom the consent is that is asked for on a phone on which somebody answers already."""
    person = next((one for one in shared_phone.everybody(request) if one.number == same_as), None)
    if person is None:
        return request.words.sharing.DECIDES_ALONE
    return request.words.sharing.for_whom(person.label) if person.label else ""


def _to_others(request: Request) -> Rows:
    """To those of the same phone who may answer something now: the question waits."""
    return (
        column(Button(request.words.sharing.ANOTHER_PERSON, actions.answer_for_others()))
        if shared_phone.due(request)
        else ()
    )


def _guardian_screen(request: Request, token: str, whose: Child) -> Screen:
    words, own_child = request.words, whose is Child.OWN
    yes, no = (words.GUARDIAN_YES, words.GUARDIAN_NO) if own_child else (words.PAPER_YES, words.PAPER_NO)
    agree = actions.agree_to_join(token, Consenting.GUARDIAN if own_child else Consenting.ON_PAPER)
    call = Button(words.calling.CALL_ME, actions.ask_for_call_at_link(token))
    rows = column(Button(yes, agree), Button(no, actions.refuse_as_guardian(token)), call)
    text = words.read_in(request.lives_in, words.guardian_consent(own_child=own_child), of_child=True)
    return Screen(text, (*rows, *_to_others(request)))


def _declined_screen(request: Request, enrolment: Enrolment) -> Screen:
    library = request.services.programmes[enrolment.programme].library
    text = request.words.read_in(request.lives_in, request.words.declined(library))
    return Screen(text, _ask_again(request, enrolment.id))


def _ask_again(request: Request, enrolment_id: int) -> Rows:
    """After a no: the question once more, while the link holds."""
    token = _token(request, enrolment_id)
    return () if token is None else column(Button(request.words.talk.ASK_AGAIN, actions.ask_consent_again(token)))


def _invited(request: Request, token: str) -> Enrolment | None:
    """The place that an unused link of a participant leads to."""
    found = access_links.look(request.connection, token, request.now)
    if not isinstance(found, Invitation) or found.enrolment is None:
        return None
    return participants.of_enrolment(request.connection, found.enrolment)


def _is_mine(request: Request, enrolment_id: int) -> bool:
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    return enrolment is not None and enrolment.chat == request.chat


def _is_in(request: Request, cohort: int, number: int) -> bool:
    """Whether this person of the chat takes part in a group already."""
    person = next((one for one in shared_phone.everybody(request) if one.number == number), None)
    return person is not None and any(
        enrolment.cohort == cohort
        and enrolment.state is EnrolmentState.ACTIVE
        and enrolment.participant in person.participants
        for enrolment in participants.of_chat(request.connection, request.chat)
    )

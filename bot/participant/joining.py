"""From a link to the first question: who asks, consent, and for whom an adult answers."""

from __future__ import annotations

from bot import staffroom
from bot.participant import home, moving, questions
from bot.screens import Button, Reply, Screen, column
from bot.texts import languages
from bot.texts.participant import CONSENT_VERSION, Participant
from bot.visit import Visit, whole
from storage import invites, occasions, participants
from storage.invites import Expired, Invitation, Unknown, Used
from storage.participants import Place
from storage.schema import EnrolmentState, Giver
from surveys.languages import NAMES, SLOVENIAN, group_name
from surveys.model import Mode, Programme


def start(visit: Visit, token: str) -> Reply:
    """/start with what stood in the link."""
    if not token:
        return home.home(visit)
    match invites.look(visit.connection, token, visit.now):
        case Invitation(enrolment=int(enrolment)):
            return _welcome(visit, enrolment, token)
        case Invitation():
            return staffroom.join(visit, token)
        case Used(Invitation(enrolment=int(enrolment))) if _is_mine(visit, enrolment):
            return home.home(visit)
        case Used(Invitation(enrolment=None)) if staffroom.is_member(visit):
            return home.home(visit)
        case Used():
            return home.home(visit, visit.words.LINK_USED)
        case Expired():
            return home.home(visit, visit.words.LINK_EXPIRED)
        case Unknown():
            return home.home(visit, visit.words.LINK_UNKNOWN)


def speak(visit: Visit, token: str, language: str) -> Reply | None:
    """Another language on the first screen: for the chat and for the person of the link."""
    place = _invited(visit, token)
    if place is None or language not in visit.house.programmes[place.programme].languages:
        return start(visit, token)
    participants.set_language(visit.connection, place, language, visit.now, f"participant:{place.code}")
    return Reply.again(f"welcome:{place.enrolment}", language=language)


def accept(visit: Visit, token: str, giver: str) -> Reply | None:
    """A button that begins with »Da«: consent by the person (s), a guardian (g) or on paper (p)."""
    found = invites.redeem(visit.connection, token, visit.now)
    if not isinstance(found, Invitation) or found.enrolment is None:
        return start(visit, token)
    place = participants.of_enrolment(visit.connection, found.enrolment)
    if place is None or giver not in _GIVERS:
        return None
    who, mode = _GIVERS[giver]
    actor = f"participant:{place.code}"
    read_in = languages.spoken(visit.language)
    participants.join(
        visit.connection, place, visit.chat, who, mode, CONSENT_VERSION, visit.now, actor, language=read_in
    )
    moving.release(visit, place)
    programme = visit.house.programmes[place.programme]
    participants.set_language(visit.connection, place, visit.language, visit.now, actor)
    occasions.replan_one(visit.connection, programme, place.enrolment, visit.house.rhythm, visit.now)
    return first_questions(visit, place.enrolment)


def first_questions(visit: Visit, enrolment: int) -> Reply:
    """What is open already is asked at once; else the day of the first questionnaire."""
    for occasion in occasions.waiting(visit.connection, enrolment):
        if occasion.opens_at <= visit.now < occasion.closes_at:
            occasions.open_now(visit.connection, occasion.id, visit.now, invited=True)
            opened = occasions.load(visit.connection, occasion.id)
            if opened is not None:
                return questions.open_question(visit, opened)
    return home.after_joining(visit)


def refuse(visit: Visit, token: str) -> Reply | None:
    """A button that begins with »Ne«. The link still holds."""
    place = _invited(visit, token)
    if place is None:
        return start(visit, token)
    participants.decline(visit.connection, place, visit.now)
    return Reply(_declined_screen(visit, place), f"declined:{place.enrolment}")


def no_guardian(visit: Visit, token: str) -> Reply | None:
    """There is no guardian's consent: nothing is asked, and the link still holds."""
    place = _invited(visit, token)
    if place is None:
        return start(visit, token)
    participants.decline(visit.connection, place, visit.now)
    return Reply(Screen(visit.words.NO_GUARDIAN), "no_guardian:")


def ask_guardian(visit: Visit, token: str, whose: str) -> Reply | None:
    """»Za svojega otroka« (o) or a child in care (c): the consent that it takes."""
    place = _invited(visit, token)
    if place is None:
        return start(visit, token)
    own = whose == "o"
    return Reply(
        _guardian_screen(visit.words, token, own_child=own), f"guardian:{place.enrolment}:{'o' if own else 'c'}"
    )


def draw_welcome(visit: Visit, enrolment: str) -> Screen:
    """The card of `welcome:ENROLMENT` again, while its link still opens something."""
    place = participants.of_enrolment(visit.connection, whole(enrolment))
    token = _token(visit, enrolment)
    if place is None or token is None:
        return Screen(visit.words.LINK_EXPIRED)
    return _welcome_screen(visit.words, visit.house.programmes[place.programme], token, visit.language)


def draw_guardian(visit: Visit, argument: str) -> Screen:
    """The card of `guardian:ENROLMENT:WHOSE` again, while its link still opens something."""
    enrolment, _, whose = argument.partition(":")
    token = _token(visit, enrolment)
    return (
        Screen(visit.words.LINK_EXPIRED)
        if token is None
        else _guardian_screen(visit.words, token, own_child=whose == "o")
    )


def draw_declined(visit: Visit, enrolment: str) -> Screen:
    """The card of `declined:ENROLMENT` again."""
    place = participants.of_enrolment(visit.connection, whole(enrolment))
    return Screen(visit.words.STRANGER) if place is None else _declined_screen(visit, place)


def draw_no_guardian(visit: Visit, _argument: str) -> Screen:
    """The card of `no_guardian:` again."""
    return Screen(visit.words.NO_GUARDIAN)


_GIVERS = {"s": (Giver.SELF, Mode.SELF), "g": (Giver.GUARDIAN, Mode.SELF), "p": (Giver.GUARDIAN, Mode.PAPER)}


def _welcome(visit: Visit, enrolment: int, token: str) -> Reply:
    place = participants.of_enrolment(visit.connection, enrolment)
    if place is None:
        return home.home(visit, visit.words.LINK_UNKNOWN)
    programme = visit.house.programmes[place.programme]
    if not programme.answered_for_child and _is_in(visit, place.cohort):
        return home.home(visit, visit.words.ALREADY_IN_GROUP)
    moved = moving.offer(visit, place, token)
    if moved is not None:
        return moved
    language = _first_language(visit, place, programme)
    words = languages.words(language)
    card = _welcome_screen(words, programme, token, language)
    return Reply(card, f"welcome:{enrolment}", fresh=visit.typed, language=language)


def _first_language(visit: Visit, place: Place, programme: Programme) -> str:
    """What the librarian has noted, else what the chat reads, else what the phone speaks, where it is offered."""
    for language in (place.language, visit.language, visit.phone_language):
        if language != SLOVENIAN and language in programme.languages:
            return language
    return SLOVENIAN


def _token(visit: Visit, enrolment: str) -> str | None:
    return invites.open_token(visit.connection, visit.house.keys, whole(enrolment), visit.now)


def _welcome_screen(words: Participant, programme: Programme, token: str, language: str) -> Screen:
    group = group_name(programme, language)
    others = [Button(NAMES[one], f"lw:{token}:{one}") for one in programme.languages if one != language]
    if programme.answered_for_child:
        rows = column(
            Button(words.FOR_MY_CHILD, f"ch:{token}:o"),
            Button(words.FOR_A_CHILD_IN_CARE, f"ch:{token}:c"),
            *others,
        )
        return Screen(words.for_whom(programme.library, group), rows)
    rows = column(Button(words.YES, f"yes:{token}:s"), Button(words.NO, f"no:{token}"), *others)
    return Screen(words.welcome(programme.library, group), rows)


def _guardian_screen(words: Participant, token: str, *, own_child: bool) -> Screen:
    yes, no, key = (words.GUARDIAN_YES, words.GUARDIAN_NO, "g") if own_child else (words.PAPER_YES, words.PAPER_NO, "p")
    rows = column(Button(yes, f"yes:{token}:{key}"), Button(no, f"ng:{token}"))
    return Screen(words.guardian_consent(own_child=own_child), rows)


def _declined_screen(visit: Visit, place: Place) -> Screen:
    return Screen(visit.words.declined(visit.house.programmes[place.programme].library))


def _invited(visit: Visit, token: str) -> Place | None:
    """The place that an unused link of a participant leads to."""
    found = invites.look(visit.connection, token, visit.now)
    if not isinstance(found, Invitation) or found.enrolment is None:
        return None
    return participants.of_enrolment(visit.connection, found.enrolment)


def _is_mine(visit: Visit, enrolment: int) -> bool:
    place = participants.of_enrolment(visit.connection, enrolment)
    return place is not None and place.chat == visit.chat


def _is_in(visit: Visit, cohort: int) -> bool:
    return any(
        place.cohort == cohort and place.state is EnrolmentState.ACTIVE
        for place in participants.of_chat(visit.connection, visit.chat)
    )

"""From a link to the first question: who asks, consent, and for whom an adult answers."""

from __future__ import annotations

from dataclasses import replace

from bot import staffroom
from bot.librarian import keying, papers
from bot.participant import home, moving, naming, questions, sharing
from bot.screens import Button, Reply, Screen, column
from bot.texts import languages
from bot.texts import paper as paper_texts
from bot.texts.participant import CONSENT_VERSION, Participant
from bot.visit import Visit, whole
from storage import invites, occasions, participants
from storage import sharing as people
from storage.invites import Expired, Invitation, Unknown, Used
from storage.participants import Place
from storage.schema import EnrolmentState, Giver
from surveys.languages import NAMES, SLOVENIAN, group_name
from surveys.model import Mode, Programme


def start(visit: Visit, token: str) -> Reply:
    """/start with what stood in the link."""
    if not token:
        return home.home(visit)
    sheet = papers.read_token(token)
    if sheet is not None:
        return keying.scanned(visit, sheet) or home.home(visit, paper_texts.LIBRARY_SHEET)
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
    here = f"welcome:{place.enrolment}"
    return Reply.again(visit.view if visit.view.startswith(f"{here}:") else here, language=language)


def ask_consent(visit: Visit, token: str, same_as: str) -> Reply | None:
    """The link is for somebody who is here (by number), or for one more (0), who decides alone."""
    place = _invited(visit, token)
    if place is None:
        return start(visit, token)
    if _is_in(visit, place.cohort, whole(same_as)):
        return home.home(visit, visit.words.ALREADY_IN_GROUP)
    return _asked(visit, place, token, same_as)


def accept(visit: Visit, token: str, giver: str, same_as: str = "0") -> Reply | None:
    """A button that begins with »Da«: consent by the person (s), a guardian (g) or on paper (p).

    `same_as`: the number of somebody of this chat, where it is the same person.
    """
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
    people.arrive(visit.connection, visit.house.keys, visit.chat, place, whole(same_as))
    moving.release(visit, place)
    programme = visit.house.programmes[place.programme]
    participants.set_language(visit.connection, place, visit.language, visit.now, actor)
    occasions.replan_one(visit.connection, programme, place.enrolment, visit.house.rhythm, visit.now)
    reply = first_questions(visit, place.enrolment)
    return naming.ask_all(visit, place) or reply


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


def draw_welcome(visit: Visit, argument: str) -> Screen:
    """The card of `welcome:ENROLMENT:PERSON` again, while its link still opens something."""
    enrolment, _, same_as = argument.partition(":")
    place = participants.of_enrolment(visit.connection, whole(enrolment))
    token = _token(visit, enrolment)
    if place is None or token is None:
        return Screen(visit.words.LINK_EXPIRED)
    return _welcome_screen(visit, visit.house.programmes[place.programme], token, same_as)


def draw_which(visit: Visit, enrolment: str) -> Screen:
    """The card of `which:ENROLMENT` again, while its link still opens something."""
    token = _token(visit, enrolment)
    return Screen(visit.words.LINK_EXPIRED) if token is None else _which_screen(visit, token)


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
    moved = moving.offer(visit, place, token)
    if moved is not None:
        return moved
    programme = visit.house.programmes[place.programme]
    if not programme.answered_for_child and place.chat != visit.chat and sharing.everybody(visit):
        return Reply(_which_screen(visit, token), f"which:{enrolment}", fresh=visit.typed)
    return _asked(visit, place, token)


def _asked(visit: Visit, place: Place, token: str, same_as: str = "") -> Reply:
    programme = visit.house.programmes[place.programme]
    language = _first_language(visit, place, programme)
    card = _welcome_screen(replace(visit, language=language), programme, token, same_as)
    view = f"welcome:{place.enrolment}:{same_as}" if same_as else f"welcome:{place.enrolment}"
    return Reply(card, view, fresh=visit.typed, language=language)


def _first_language(visit: Visit, place: Place, programme: Programme) -> str:
    """What the librarian has noted, else what the chat reads, else what the phone speaks, where it is offered."""
    for language in (place.language, visit.language, visit.phone_language):
        if language != SLOVENIAN and language in programme.languages:
            return language
    return SLOVENIAN


def _token(visit: Visit, enrolment: str) -> str | None:
    return invites.open_token(visit.connection, visit.house.keys, whole(enrolment), visit.now)


def _which_screen(visit: Visit, token: str) -> Screen:
    whose = sharing.whose_link(visit, sharing.everybody(visit), f"iam:{token}")
    return Screen(visit.words.sharing.WHO_IS_IT, column(*whose, Button(visit.words.CANCEL, "home")))


def _welcome_screen(visit: Visit, programme: Programme, token: str, same_as: str = "") -> Screen:
    words, group = visit.words, group_name(programme, visit.language)
    others = [Button(NAMES[one], f"lw:{token}:{one}") for one in programme.languages if one != visit.language]
    if programme.answered_for_child:
        rows = column(
            Button(words.FOR_MY_CHILD, f"ch:{token}:o"),
            Button(words.FOR_A_CHILD_IN_CARE, f"ch:{token}:c"),
            *others,
        )
        return Screen(words.for_whom(programme.library, group), rows)
    action = f"yes:{token}:s:{same_as}" if same_as else f"yes:{token}:s"
    rows = column(Button(words.YES, action), Button(words.NO, f"no:{token}"), *others)
    whose = _whose_consent(visit, same_as) if same_as else ""
    return Screen(f"<i>{whose}</i>\n\n" * bool(whose) + words.welcome(programme.library, group), rows)


def _whose_consent(visit: Visit, same_as: str) -> str:
    """For whom the consent is that is asked for on a phone on which somebody answers already."""
    person = next((one for one in sharing.everybody(visit) if one.number == whole(same_as)), None)
    if person is None:
        return visit.words.sharing.DECIDES_ALONE
    return visit.words.sharing.for_whom(person.label) if person.label else ""


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


def _is_in(visit: Visit, cohort: int, number: int) -> bool:
    """Whether this person of the chat takes part in a group already."""
    person = next((one for one in sharing.everybody(visit) if one.number == number), None)
    return person is not None and any(
        place.cohort == cohort and place.state is EnrolmentState.ACTIVE and place.participant in person.participants
        for place in participants.of_chat(visit.connection, visit.chat)
    )

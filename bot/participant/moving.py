"""A lost telephone: a new link of somebody who takes part moves them into this chat; what they answered stays."""

from __future__ import annotations

from dataclasses import replace

from bot.participant import home, naming, sharing
from bot.screens import Button, Reply, Screen, column
from bot.visit import Visit, whole
from storage import chats, invites, participants
from storage import sharing as people
from storage.invites import Invitation, Used
from storage.participants import Place
from storage.schema import EnrolmentState
from surveys.languages import group_name


def offer(visit: Visit, place: Place, token: str) -> Reply | None:
    """The new link was opened: is it to go on here? None where nobody moves, since nobody is anywhere yet."""
    if place.state is not EnrolmentState.ACTIVE or place.chat is None:
        return None
    if place.chat == visit.chat:
        return home.home(visit, visit.words.ALREADY_IN_GROUP)
    return Reply(_screen(visit, place, token), f"moving:{place.enrolment}", fresh=visit.typed)


def move(visit: Visit, token: str, same_as: str = "0") -> Reply | None:
    """»Da, nadaljuj tukaj«: from now on the person is here, and the telephone before shows nothing of theirs.

    `same_as`: the number of somebody of this chat, where it is the same person.
    """
    match invites.look(visit.connection, token, visit.now):
        case Invitation(enrolment=int(enrolment)):
            place = participants.of_enrolment(visit.connection, enrolment)
        case Used():  # a second tap
            return home.home(visit)
        case _:
            return home.home(visit, visit.words.LINK_EXPIRED)
    if place is None or place.state is not EnrolmentState.ACTIVE or place.chat in (None, visit.chat):
        return None
    if not isinstance(invites.redeem(visit.connection, token, visit.now), Invitation):
        return home.home(visit)  # somebody was faster
    participants.move(visit.connection, place, visit.chat, visit.now)
    people.arrive(visit.connection, visit.house.keys, visit.chat, place, whole(same_as))
    release(visit, place)
    here = replace(visit, language=place.language)
    moved = replace(home.home(here, here.words.MOVED_HERE), language=place.language)
    return naming.ask_all(visit, place) or moved


def release(visit: Visit, before: Place) -> None:
    """The chat in which the person was before says where they went, in place of what it shows."""
    if before.chat in (None, visit.chat) or chats.lock(visit.connection, before.chat) is None:
        return
    stay = people.others(visit.connection, visit.house.keys, before.chat, before.participant)
    chats.turn(visit.connection, before.chat, "moved:some" if stay else "moved:", visit.now)


def draw_away(visit: Visit, who_stays: str) -> Screen:
    """The card of `moved:` or `moved:some`: the telephone before."""
    if not who_stays:
        return Screen(visit.words.MOVED_AWAY)
    return Screen(visit.words.sharing.ONE_MOVED_AWAY, column(Button(visit.words.HOME, "home")))


def draw(visit: Visit, enrolment: str) -> Screen:
    """The card of `moving:ENROLMENT` again, while its link still opens something."""
    place = participants.of_enrolment(visit.connection, whole(enrolment))
    token = invites.open_token(visit.connection, visit.house.keys, whole(enrolment), visit.now)
    if place is None or token is None:
        return Screen(visit.words.LINK_EXPIRED)
    return _screen(visit, place, token)


def _screen(visit: Visit, place: Place, token: str) -> Screen:
    programme = visit.house.programmes[place.programme]
    text = visit.words.move_here(programme.library, group_name(programme, visit.language))
    here, cancel = sharing.everybody(visit), Button(visit.words.CANCEL, "home")
    if here:
        whose = sharing.whose_link(visit, here, f"mv:{token}")
        return Screen(f"{text}\n\n{visit.words.sharing.WHO_IS_IT}", column(*whose, cancel))
    return Screen(text, column(Button(visit.words.MOVE_YES, f"mv:{token}"), cancel))

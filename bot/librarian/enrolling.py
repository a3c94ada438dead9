"""/vpis: new people in a group, with a link, a QR code and a printed code each.

A button that enrols names the number of the card on which it stands, so that a second tap on it finds the card turned.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot import roles, staffroom
from bot.librarian import handouts, paging
from bot.links import link
from bot.printing.cards import Card
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import enrolling as enrolling_texts
from bot.texts import lists as list_texts
from bot.texts import staff as texts
from bot.texts.slovene import common, participant
from bot.visit import ForgedError, Visit, whole
from storage import cohorts, enrolments, invites, participants
from storage.cohorts import Cohort
from storage.participants import Place

AT_ONCE = (5, 10, 20)
EVERYBODY = 999_999_999
_GROUPS_A_PAGE = 12


def choose(visit: Visit, page: str = "") -> Reply:
    """/vpis asks for the group."""
    if not roles.programmes(visit, Action.ENROL):
        return staffroom.refuse(visit)
    argument = f"{visit.update}:{paging.asked(page)}"
    return Reply(draw_choice(visit, argument), f"enrol:{argument}", fresh=visit.typed)


def enrol(visit: Visit, stamp: str, cohort_id: str) -> Reply | None:
    """One new person in a group: the picture to be handed out, and the card to go on from."""
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return None
    if not _is_on_screen(visit, stamp):
        return _turned(visit, cohort)
    person = _enrol(visit, cohort)
    card = Card(person.code, link(visit.house.username, person.token))
    extra = Screen(enrolling_texts.handed_out(card.code, card.address), media=handouts.picture(card))
    return after(visit, cohort.id, person.enrolment, extra)


def ask_how_many(visit: Visit, cohort_id: str) -> Reply | None:
    """»Več oseb naenkrat«."""
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return None
    argument = f"{visit.update}:{cohort.id}"
    return Reply(draw_how_many(visit, argument), f"several:{argument}", fresh=visit.typed)


def enrol_several(visit: Visit, stamp: str, cohort_id: str, count: str) -> Reply | None:
    """Several new people in a group, whose cards can be printed."""
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return None
    if whole(count) not in AT_ONCE:
        raise ForgedError(count)
    if not _is_on_screen(visit, stamp):
        return _turned(visit, cohort)
    people = [_enrol(visit, cohort) for _ in range(whole(count))]
    numbers = [person.enrolment for person in people]
    return show_codes(visit, cohort_id, str(min(numbers)), str(max(numbers)))


def show_codes(visit: Visit, cohort_id: str, first: str = "0", last: str = str(EVERYBODY)) -> Reply | None:
    """The codes from one enrolment to another whose link is not opened yet, with the way to their cards."""
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return None
    argument = f"{visit.update}:{cohort.id}:{whole(first)}:{whole(last)}"
    return Reply(draw_codes(visit, argument), f"cards:{argument}", fresh=visit.typed)


def after(visit: Visit, cohort_id: int, enrolment: int, *extras: Screen) -> Reply:
    """The card to go on from; `enrolment` 0 is nobody."""
    argument = f"{visit.update}:{cohort_id}:{enrolment}"
    card = draw_enrolled(visit, argument)
    return Reply(card, f"enrolled:{argument}", fresh=visit.typed or bool(extras), extras=extras)


def find_cohort(visit: Visit, cohort_id: str) -> Cohort | None:
    """The group, where it is not closed and whoever is here may enrol in it."""
    cohort = cohorts.find(visit.connection, whole(cohort_id))
    if cohort is None or cohort.closed_at is not None or not roles.may(visit, Action.ENROL, cohort.programme):
        return None
    return cohort


def open_groups(visit: Visit) -> list[Cohort]:
    """The groups that are not over in which whoever is here may enrol."""
    today = visit.now.astimezone(visit.house.rhythm.zone).date()
    return [
        one
        for programme in roles.programmes(visit, Action.ENROL)
        for one in cohorts.listing(visit.connection, programme.slug)
        if one.closed_at is None and one.end >= today
    ]


def named(visit: Visit, groups: Sequence[Cohort]) -> list[tuple[Cohort, str]]:
    """Groups with what stands on their buttons: also the programme, where the library has several."""
    programmes = {one.slug: one.name for one in roles.programmes(visit, Action.ENROL)}
    several = len(programmes) > 1
    return [(one, enrolling_texts.group_name(one.name, programmes[one.programme], several=several)) for one in groups]


def draw_choice(visit: Visit, argument: str) -> Screen:
    """The card of `enrol:STAMP:PAGE`: the groups that are not over."""
    stamp, _, number = argument.partition(":")
    if not roles.programmes(visit, Action.ENROL):
        return Screen(texts.NOT_STAFF)
    found = open_groups(visit)
    page = paging.turned(found, number, _GROUPS_A_PAGE)
    buttons = [Button(name, f"en:{stamp}:{one.id}") for one, name in named(visit, page.shown)]
    may_add = bool(roles.programmes(visit, Action.ADD_GROUP))
    new = [Button(enrolling_texts.NEW_GROUP, "nsk")] if may_add else []
    words = (
        enrolling_texts.CHOOSE_GROUP
        if found
        else enrolling_texts.NO_GROUPS_YET
        if may_add
        else enrolling_texts.NO_GROUPS
    )
    return Screen(words, (*column(*buttons), *page.arrows("vpis"), *column(*new, staffroom.to_desk())))


def draw_enrolled(visit: Visit, argument: str) -> Screen:
    """The card of `enrolled:STAMP:COHORT:ENROLMENT`; it holds the code and link even if the picture was lost."""
    stamp, cohort_id, enrolment = argument.split(":")
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return Screen(texts.NOT_STAFF)
    place = participants.of_enrolment(visit.connection, whole(enrolment))
    code, address = ("", None) if place is None else (place.code, address_of(visit, place))
    size = cohorts.sizes(visit.connection).get(cohort.id, 0)
    rows = column(
        Button(enrolling_texts.ONE_MORE, f"en:{stamp}:{cohort.id}"),
        Button(enrolling_texts.SEVERAL, f"enb:{cohort.id}"),
        Button(common.BACK, "vpis"),
    )
    return Screen(enrolling_texts.enrolled(cohort.name, size, code, address), rows)


def draw_how_many(visit: Visit, argument: str) -> Screen:
    """The card of `several:STAMP:COHORT`."""
    stamp, _, cohort_id = argument.partition(":")
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return Screen(texts.NOT_STAFF)
    counts = [Button(enrolling_texts.so_many(count), f"enm:{stamp}:{cohort.id}:{count}") for count in AT_ONCE]
    return Screen(
        enrolling_texts.how_many(cohort.name),
        column(*counts, Button(list_texts.FROM_LIST, f"lis:{cohort.id}"), Button(common.BACK, "vpis")),
    )


def draw_codes(visit: Visit, argument: str) -> Screen:
    """The card of `cards:STAMP:COHORT:FIRST:LAST`."""
    stamp, cohort_id, first, last = argument.split(":")
    cohort = find_cohort(visit, cohort_id)
    if cohort is None:
        return Screen(texts.NOT_STAFF)
    sheet = handouts.sheet(visit.connection, visit.house, cohort, whole(first), whole(last), visit.now)
    codes = [card.code for card in sheet.cards]
    rows = column(
        *([Button(enrolling_texts.CARDS, f"enk:{cohort.id}:{first}:{last}")] if codes else []),
        Button(enrolling_texts.ONE_MORE, f"en:{stamp}:{cohort.id}"),
        Button(texts.TO_GROUP, f"sku:{cohort.id}"),
        Button(common.BACK, "vpis"),
    )
    named_here = any(card.name for card in sheet.cards)
    words = enrolling_texts.enrolled_several(cohort.name, codes)
    return Screen(f"{words}\n\n{list_texts.NAMES_ARE_KEPT}" if named_here else words, rows)


def address_of(visit: Visit, place: Place) -> str | None:
    """The link of a person that still opens something."""
    token = invites.open_token(visit.connection, visit.house.keys, place.enrolment, visit.now)
    return None if token is None else link(visit.house.username, token)


def _enrol(visit: Visit, cohort: Cohort) -> enrolments.Enrolled:
    programme = visit.house.programmes[cohort.programme]
    return enrolments.enrol(visit.connection, visit.house.keys, programme, cohort, visit.now, roles.actor(visit))


def _is_on_screen(visit: Visit, stamp: str) -> bool:
    """Whether the card with this number is the one on the screen."""
    name, _, argument = visit.view.partition(":")
    return name in {"enrol", "enrolled", "several", "cards"} and argument.partition(":")[0] == stamp


def _turned(visit: Visit, cohort: Cohort) -> Reply:
    """A second tap, or one on an old card: nothing changes, and the card that counts is shown."""
    name, _, argument = visit.view.partition(":")
    draw = {"enrolled": draw_enrolled, "cards": draw_codes}.get(name)
    if draw is not None and argument.split(":")[1] == str(cohort.id):
        return Reply(draw(visit, argument), visit.view).toasted(participant.WHERE_YOU_ARE)
    return after(visit, cohort.id, 0).toasted(common.OLD_BUTTON)

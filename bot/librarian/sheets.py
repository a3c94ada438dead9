"""»Natisni vprašalnik«: the sheets of a group, or of one person, ordered as a PDF that comes into the chat."""

from __future__ import annotations

from bot import roles, staffroom
from bot.coordinator import orders
from bot.librarian import papers, people
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import paper as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.visit import Visit, whole
from storage import cohorts, participants
from storage.cohorts import Cohort
from storage.participants import Place
from storage.schema import EnrolmentState


def choose(visit: Visit, cohort_id: str, enrolment: str) -> Reply | None:
    """Which wave? `enrolment` is that of one person, or 0: everybody who has not answered."""
    cohort = _find(visit, cohort_id)
    if cohort is None:
        return None
    argument = f"{cohort.id}:{whole(enrolment)}"
    return Reply(draw(visit, argument), f"papers:{argument}", fresh=visit.typed)


def order(visit: Visit, cohort_id: str, enrolment: str, wave_id: str) -> Reply | None:
    """Order the sheets of a wave. A second tap, or one on an old card, orders nothing."""
    cohort = _find(visit, cohort_id)
    if cohort is None:
        return None
    if visit.view != f"papers:{cohort.id}:{whole(enrolment)}":
        return orders.on_screen(visit) or choose(visit, cohort_id, enrolment)
    if wave_id not in _waves(visit, cohort, whole(enrolment)):
        return choose(visit, cohort_id, enrolment)
    place = _place(visit, cohort, whole(enrolment))
    code = "" if place is None else place.code
    stored = {"paper": cohort.id, "wave": wave_id, "code": code, "enrolment": whole(enrolment)}
    return orders.place(visit, "papers.order", code or f"cohort:{cohort.id}", stored, ("paper",))


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `papers:COHORT:ENROLMENT`."""
    cohort_id, _, enrolment = argument.partition(":")
    cohort = _find(visit, cohort_id)
    if cohort is None:
        return Screen(staff_texts.NOT_STAFF, column(staffroom.to_desk()))
    place = _place(visit, cohort, whole(enrolment))
    waves = _waves(visit, cohort, whole(enrolment))
    buttons = [Button(name, f"pao:{argument}:{wave}") for wave, name in waves.items()]
    back = f"sku:{cohort.id}" if place is None else f"per:{place.enrolment}"
    subject = cohort.name if place is None else place.code
    return Screen(texts.choose_wave(subject, some=bool(waves)), column(*buttons, Button(common.BACK, back)))


def _find(visit: Visit, cohort_id: str) -> Cohort | None:
    """The group, where whoever is here may help its people to answer."""
    found = cohorts.find(visit.connection, whole(cohort_id))
    return found if found is not None and roles.may(visit, Action.ASSIST, found.programme) else None


def _place(visit: Visit, cohort: Cohort, enrolment: int) -> Place | None:
    place = people.here(visit, str(enrolment)) if enrolment else None
    return place if place is not None and place.cohort == cohort.id else None


def _waves(visit: Visit, cohort: Cohort, enrolment: int) -> dict[str, str]:
    """The waves that somebody has not answered, with their names."""
    one = _place(visit, cohort, enrolment)
    places = [] if enrolment and one is None else [one] if one else participants.of_cohort(visit.connection, cohort.id)
    active = [place for place in places if place.state is EnrolmentState.ACTIVE]
    missing = {one.wave for place in active for one in papers.waiting(visit.connection, place)}
    return {wave.id: wave.name for wave in visit.house.programmes[cohort.programme].waves if wave.id in missing}

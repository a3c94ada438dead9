"""»Natisni vprašalnik«: the sheets of a group, or of one person, ordered as a PDF that comes into the chat."""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person
from bot.orders import placed
from bot.orders.paper import PaperOrder
from bot.staff import paper_forms, staff_home
from bot.texts import paper as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import assistance as views
from storage import participants
from storage.cohorts import Cohort
from storage.participants import Enrolment
from storage.schema import EnrolmentState


def choose(request: Request, cohort_id: int, enrolment_id: int) -> Reply | None:
    """Which wave? `enrolment_id` is that of one person, or 0: everybody who has not answered."""
    if _find(request, cohort_id) is None:
        return None
    return Reply(draw(request, cohort_id, enrolment_id), views.papers(cohort_id, enrolment_id))


def order(request: Request, cohort_id: int, enrolment_id: int, wave_id: str) -> Reply | None:
    """Order the sheets of a wave. A second tap, or one on an old card, orders nothing."""
    cohort = _find(request, cohort_id)
    if cohort is None:
        return None
    if request.view != views.papers(cohort.id, enrolment_id):
        return placed.on_screen(request) or choose(request, cohort_id, enrolment_id)
    if wave_id not in _waves(request, cohort, enrolment_id):
        return choose(request, cohort_id, enrolment_id)
    enrolment = _enrolment(request, cohort, enrolment_id)
    code = "" if enrolment is None else enrolment.code
    return placed.place(request, PaperOrder(cohort.id, wave_id, code, enrolment_id))


def draw(request: Request, cohort_id: int, enrolment_id: int) -> Screen:
    """The waves that can be printed."""
    cohort = _find(request, cohort_id)
    if cohort is None:
        return Screen(staff_texts.NOT_STAFF, column(staff_home.to_desk()))
    enrolment = _enrolment(request, cohort, enrolment_id)
    waves = _waves(request, cohort, enrolment_id)
    buttons = [Button(name, actions.order_paper(cohort.id, enrolment_id, wave)) for wave, name in waves.items()]
    back = librarian.show_cohort(cohort.id) if enrolment is None else librarian.show_person(enrolment.id)
    subject = cohort.name if enrolment is None else enrolment.code
    return Screen(texts.choose_wave(subject, some=bool(waves)), column(*buttons, Button(common.BACK, back)))


def _find(request: Request, cohort_id: int) -> Cohort | None:
    """The group, where whoever is here may help its people to answer."""
    return permissions.cohort(request, Permission.ASSIST, cohort_id)


def _enrolment(request: Request, cohort: Cohort, enrolment_id: int) -> Enrolment | None:
    enrolment = person.here(request, enrolment_id) if enrolment_id else None
    return enrolment if enrolment is not None and enrolment.cohort == cohort.id else None


def _waves(request: Request, cohort: Cohort, enrolment_id: int) -> dict[str, str]:
    """The waves that somebody has not answered, with their names."""
    one = _enrolment(request, cohort, enrolment_id)
    enrolments = (
        [] if enrolment_id and one is None else [one] if one else participants.of_cohort(request.connection, cohort.id)
    )
    active = [enrolment for enrolment in enrolments if enrolment.state is EnrolmentState.ACTIVE]
    missing = {one.wave for enrolment in active for one in paper_forms.waiting(request.connection, enrolment)}
    return {wave.id: wave.name for wave in request.services.programmes[cohort.programme].waves if wave.id in missing}
